//! What two programs print, held against each other.
//!
//! What they count must be equal. What they measure cannot be: a time, a rate, a size of memory or a factor is
//! replaced by a mark before lines are compared, and columns may be as wide as their contents.

use std::sync::LazyLock;

use regex::Regex;
use similar::TextDiff;

/// Lines around a difference that are shown with it.
const CONTEXT: usize = 2;

/// A number with a unit that only a clock, a scale or a division of two such figures gives.
static MEASURED: LazyLock<Regex> = LazyLock::new(|| {
    let number = r"[−-]?\d[\d,_]*(?:\.\d+)?(?:\s(?:thousand|million|billion))?";
    let unit = r"(?:[a-z]+/s\b|(?:ns|µs|us|ms|s|min)\b|(?:Ki|Mi|Gi|k|M|G)B(?:/s)?\b|×)";
    Regex::new(&format!(r"{number}[\s\u{{a0}}]?{unit}")).expect("a valid pattern")
});

/// The difference of two outputs as far as they must not differ; none if there is none.
pub fn difference(rust: &str, go: &str) -> Option<String> {
    let (rust, go) = (comparable(rust), comparable(go));
    if rust == go {
        return None;
    }
    let diff = TextDiff::from_lines(&rust, &go);
    Some(diff.unified_diff().context_radius(CONTEXT).to_string())
}

/// The text with its measured figures replaced by a mark, and single blanks.
fn comparable(text: &str) -> String {
    let marked = MEASURED.replace_all(text, "⟨measured⟩");
    let lines = marked.lines().map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.join(" ") + "\n"
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_must_be_equal() {
        assert_eq!(difference("sent 100\n", "sent 100\n"), None);
        let told = difference("a\nsent 100\n", "a\nsent 99\n").expect("a difference");
        assert!(
            told.contains("-sent 100") && told.contains("+sent 99"),
            "{told}"
        );
        assert!(
            difference("71.3 %\n", "71.4 %\n").is_some(),
            "a share is counted"
        );
        assert!(difference("a\n", "a\nb\n").is_some());
    }

    #[test]
    fn what_is_measured_need_not_be() {
        for (one, other) in [
            ("done in 12.5 ms", "done in 9 µs"),
            ("1,430 lines/s", "2.1 million lines/s"),
            ("it took 3s", "it took 210ms"),
            ("2.5 KiB a task", "512 KiB a task"),
            ("5.2 × as fast", "3 × as fast"),
            ("a      1 ns", "a  900 ns"),
        ] {
            assert_eq!(difference(one, other), None, "{one} | {other}");
        }
        assert!(difference("3 ms for 5", "3 ms for 6").is_some());
        assert!(difference("3 senders", "4 senders").is_some(), "no unit");
    }
}
