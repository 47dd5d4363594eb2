//! The evidence of a page's claims stands at its end. On the screen it is opened from its mark, wherever it stands; on paper it
//! is notes behind the text, and pushes nothing aside.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// The evidence of one claim: no other `span` is in it.
static EVIDENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?s)<span class="claim-evidence[ "].*?</span>"#).expect("a valid pattern")
});

/// A mark whose evidence is elsewhere, and the end of the sentence behind it.
static BEFORE_AN_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(<span class="claim [^>]*><button[^>]*>[^<]*</button>)</span>([.,;:!?)”’…]+)"#)
        .expect("a valid pattern")
});

/// The page with all evidence at the end of its text. A mark and the full stop behind it stay on one line, since no line is broken
/// within the mark's element.
pub fn at_the_end(page: &str) -> String {
    let mut notes = String::new();
    let text = EVIDENCE.replace_all(page, |found: &Captures<'_>| {
        notes.push_str(&found[0]);
        String::new()
    });
    if notes.is_empty() || !text.contains("</main>") {
        return page.to_owned();
    }
    let text = BEFORE_AN_END.replace_all(&text, "$1$2</span>");
    let end = format!("<div class=\"evidence\">{notes}</div></main>");
    text.replacen("</main>", &end, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_goes_behind_the_text_and_the_mark_stays() {
        let page = "<main><p>So<span class=\"claim claim-holds\"><button popovertarget=\"c\">✓</button><span class=\"claim-evidence is-holds\" popover=\"\" \
                    id=\"c\"><strong>✓ a\n</strong><br>b</span></span>.</p></main><nav></nav>";
        assert_eq!(
            at_the_end(page),
            "<main><p>So<span class=\"claim claim-holds\"><button popovertarget=\"c\">✓</button>.</span></p><div class=\"evidence\">\
             <span class=\"claim-evidence is-holds\" popover=\"\" id=\"c\"><strong>✓ a\n</strong><br>b</span></div></main><nav></nav>"
        );
        assert_eq!(at_the_end("<main>a</main>"), "<main>a</main>");
    }
}
