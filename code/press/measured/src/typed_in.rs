//! No measurement is typed in: in prose, a number with a unit comes by a directive.
//!
//! A measurement is a number with a unit, a factor (`×`, "times as fast", "twice as fast",
//! "tenfold") or a percentage. A number alone is none: a year, a section, `HTTP/1.1`, a count of
//! things that were chosen ("three tries"). Numbers spelled as words count where a unit makes the
//! sentence a measurement all the same ("two seconds", "five times as fast").

use std::path::Path;
use std::sync::LazyLock;

use project::{Problem, line_of};
use regex::Regex;

use crate::prose;

/// Before a number: not a letter, a digit or what joins it to a name (`s00`, `UTF-8`, `v1.2`, `/1.1`).
const START: &str = r"(?:^|[^\w.,/+−-])";
/// A number in digits, perhaps in thousands or millions.
const DIGITS: &str = r"[+−-]?\d+(?:[,._]\d+)*(?:\s?(?:[kMGK]|thousand|million|billion)\b)?";
/// A number in words, from two up: "one second" may be the one before the third.
const WORDS: &str = "(?:(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|\
    thirty|forty|fifty|sixty|seventy|eighty|ninety|half a|a dozen|dozen|(?:a |one )?(?:hundred|thousand|\
    million|billion))(?:[- ](?:one|two|three|four|five|six|seven|eight|nine|hundred|thousand|million|\
    billion))*)";
/// Between a number and its unit: a hyphen, or blanks and perhaps the end of a line, but not of a
/// paragraph.
const GAP: &str = r"(?:-|[ \t\u{a0}\u{2009}\u{202f}]*\n?[ \t\u{a0}\u{2009}\u{202f}]*)";
/// Units that are written behind digits only.
const SYMBOLS: &str = "(?:[A-Za-z]+/(?:s|ms|µs|μs|min|h|core)|ns|µs|μs|us|ms|s|secs?|min|h|\
    [kKMGT]?i?B|[kKMGT]i?bit|[kMG]?Hz)";
/// Units that make a measurement of a number in words, too.
const NAMES: &str = "(?:(?:nano|micro|milli)?seconds?|minutes?|hours?|\
    (?:kilo|mega|giga|tera|kibi|mebi|gibi)?bytes?|percent|per cent|(?:kilo|mega|giga)?hertz|\
    [a-z]+ (?:an?|per|each|every) (?:(?:nano|micro|milli)?second|minute|hour|core))";

/// What follows "ten times" when it compares; "it was asked ten times" does not.
const COMPARED: &str = r"(?:(?:as|more|less|fewer)\s+\w+|the\b|that\b|those\b|what\b|its\b|their\b|\
    better|worse|(?:fast|slow|quick|larg|bigg|great|small|high|low|long|short|cheap|heavi|light)er)";
/// What stands before "ten times" when it is a size.
const MEASURED_BY: &str = "by|of|is|was|about|almost|nearly|roughly|over|than";

/// The forms of a measurement; what is quoted in the message is their first group.
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        format!(r"{START}({DIGITS}{GAP}(?:{SYMBOLS}|{NAMES})\b)"),
        format!(r"(?i){START}({WORDS}{GAP}{NAMES}\b)"),
        format!(r"{START}({DIGITS}{GAP}[%×])"),
        format!(r"{START}({DIGITS}{GAP}[xX]\b)"),
        r"(?:^|[^\w\s])\s*(×\s?\d+(?:[,._]\d+)*)".to_owned(),
        format!(r"(?i){START}((?:{DIGITS}|{WORDS}){GAP}times\s+{COMPARED})"),
        format!(r"(?i)\b(?:{MEASURED_BY})\s+((?:{DIGITS}|{WORDS}){GAP}times)\b"),
        format!(r"(?i){START}((?:{DIGITS}|{WORDS})-?fold\b)"),
        r"(?i)\b(twice\s+as\s+\w+|twice\s+the\s+\w+|half\s+as\s+\w+)".to_owned(),
    ]
    .iter()
    .map(|form| Regex::new(form).expect("a valid pattern"))
    .collect()
});

/// What only looks like a measurement: the 1980s, 1280 × 720.
fn is_other(words: &str, rest: &str) -> bool {
    static DECADE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?:1[5-9]|20)\d0s$").expect("a valid pattern"));
    let rest = rest.trim_start();
    let is_size =
        words.ends_with(['×', 'x']) && rest.starts_with(|next: char| next.is_ascii_digit());
    DECADE.is_match(words) || is_size
}

/// All typed-in measurements of a chapter, which is shown by its file.
pub fn check(file: &Path, markdown: &str) -> Vec<Problem> {
    let problems = found(markdown).into_iter().map(|(at, measurement)| {
        let message = format!(
            "“{measurement}” is a measurement without a source: it comes by `result` or `ratio`, or is \
             marked by `given` (configured by us) or `cited` (from elsewhere)"
        );
        Problem {
            file: file.to_path_buf(),
            line: Some(line_of(markdown, at)),
            message,
        }
    });
    problems.collect()
}

/// Where a measurement stands, and what it says, in the order of the text.
fn found(markdown: &str) -> Vec<(usize, String)> {
    let prose = prose::of(markdown);
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for form in FORMS.iter() {
        let mut from = 0;
        while let Some(captures) = form.captures_at(&prose, from) {
            let number = captures.get(1).expect("every form marks its number");
            // The separator behind one measurement may be the one before the next.
            from = number.end();
            if !is_other(number.as_str(), &prose[number.end()..]) {
                let words = number
                    .as_str()
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
                found.push((number.start(), number.end(), words));
            }
        }
    }
    // Several forms may see one measurement: "5 times as fast" is also "5 times".
    found.sort_by_key(|&(start, end, _)| (start, std::cmp::Reverse(end)));
    let mut last = 0;
    found.retain(|&(start, end, _)| {
        let is_new = start >= last;
        last = last.max(end);
        is_new
    });
    found
        .into_iter()
        .map(|(start, _, words)| (start, words))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measurements_are_found() {
        for (prose, measurement) in [
            ("It takes 500 µs.", "500 µs"),
            ("It takes 500&nbsp;µs.", "500 µs"),
            ("at 1,430 lines/s, say", "1,430 lines/s"),
            ("some 40 k lines/s here", "40 k lines/s"),
            ("1.2 million lines a second", "1.2 million lines a second"),
            ("about 5000 lookups per second", "5000 lookups per second"),
            ("(5.2 ×)", "5.2 ×"),
            ("a gain of 5.2x.", "5.2x"),
            ("is **8×** better", "8 ×"),
            ("grows by 30 %", "30 %"),
            ("99.9% of them", "99.9%"),
            ("ten percent", "ten percent"),
            ("It is 5 times as fast", "5 times as fast"),
            ("eight times faster.", "eight times faster"),
            ("twenty-five times as much", "twenty-five times as much"),
            ("a gain of ten times.", "ten times"),
            ("a hundred times the speed", "a hundred times the"),
            ("is twice as fast", "twice as fast"),
            ("a tenfold gain", "tenfold"),
            ("a 10-fold gain", "10-fold"),
            ("waits two seconds", "two seconds"),
            ("a five-minute run", "five-minute"),
            ("64 KiB of it", "64 KiB"),
            ("4 GB/s", "4 GB/s"),
            ("at 2.4 GHz", "2.4 GHz"),
            ("a line of 64 bytes", "64 bytes"),
            ("a wait of 3\ns each", "3 s"),
            ("| a |\n|---|\n| 12 ms |", "12 ms"),
            ("# Under 2 s", "2 s"),
            ("<p>Under 2 s</p>", "2 s"),
        ] {
            let found = found(prose);
            let words: Vec<&str> = found.iter().map(|(_, words)| words.as_str()).collect();
            assert!(
                words.len() == 1
                    && words[0]
                        .replace(' ', "")
                        .starts_with(&measurement.replace(' ', "")),
                "{prose:?}: {words:?}"
            );
        }
    }

    #[test]
    fn other_numbers_are_not() {
        for prose in [
            "HTTP/1.1 says so, and HTTP/2 too",
            "in section 3, step s00-baseline and s01",
            "RFC 8289, in 2017, in the 1980s",
            "1,024 of them; 3 tries; three tries",
            "UTF-8 bytes, a 64-bit number, IPv4 bytes",
            "a screen of 1280 × 720",
            "0x1F x",
            "`5 ms` and {{#given 5 ms}} and [x](5ms.html)",
            "| 5 | ms |\n|---|---|\n| 3 | s |",
            "- 5\n- s",
            "It ends with 5\n\ns is a letter",
            "many times, at times, one time, sometimes",
            "it is looked up a hundred times, and then three times a line",
            "the request 404 times out",
            "Two medians, the tenth percentile, a tenth",
            "the second part, one second opinion",
            "Part II, 4 parts, 2 cores, 8 workers",
            "port 3000 is taken, version 0.5.2",
            "10.0.0.1 sends it",
            "manifold, and folded",
        ] {
            assert_eq!(found(prose), [], "{prose:?}");
        }
    }

    #[test]
    fn a_problem_names_the_line_and_the_way_out() {
        let text = "# A\n\nFine.\n\nIt takes 5 ms.\n";
        let problems = check(Path::new("book/start/a.md"), text);
        assert_eq!(problems.len(), 1);
        let shown = problems[0].to_string();
        assert!(
            shown.starts_with("book/start/a.md:5: “5 ms” is a measurement"),
            "{shown}"
        );
    }
}
