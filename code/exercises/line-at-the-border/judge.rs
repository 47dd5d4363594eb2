// The judge of `line-at-the-border`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use line_at_the_border::lines;

const PROMISES: &[Promise] = &[
    Promise {
        name: "one-span",
        says: "One span over the whole log has all of its lines.",
        check: one_span,
    },
    Promise {
        name: "the-end-of-the-log",
        says: "The last line is a line, with a line feed and without.",
        check: the_end_of_the_log,
    },
    Promise {
        name: "borders-anywhere",
        says: "Two spans have all lines together, and each of them once, wherever the border is.",
        check: borders_anywhere,
    },
    Promise {
        name: "spans-shorter-than-lines",
        says: "It is so with many spans that are shorter than a line.",
        check: spans_shorter_than_lines,
    },
];

/// The lines of all spans, one behind the other.
fn expect(log: &str, borders: &[usize], expected: &[&str]) -> Verdict {
    let ends = borders.iter().copied().chain([log.len()]);
    let mut begin = 0;
    let mut found = Vec::new();
    for end in ends {
        found.extend(lines(log.as_bytes(), begin..end));
        begin = end;
    }
    let found: Vec<_> = (found.iter())
        .map(|line| String::from_utf8_lossy(line))
        .collect();
    if found == expected {
        return Ok(());
    }
    Err(format!(
        "The log is {log:?}, of {} bytes, with borders at {borders:?}.\nExpected: the lines {expected:?}. They are {found:?}.",
        log.len()
    )
    .into())
}

fn one_span() -> Verdict {
    expect("", &[], &[])?;
    expect("a\nbc\n", &[], &["a", "bc"])?;
    expect("a\n\nb\n", &[], &["a", "", "b"])
}

fn the_end_of_the_log() -> Verdict {
    expect("a\nbc", &[], &["a", "bc"])?;
    expect("a", &[], &["a"])?;
    expect("a\n\n", &[], &["a", ""])
}

fn borders_anywhere() -> Verdict {
    for log in ["ab\ncde\nf\n", "ab\n\ncde", "\n\n", "abc"] {
        let all: Vec<&str> = log.lines().collect();
        for border in 0..=log.len() {
            expect(log, &[border], &all)?;
        }
    }
    Ok(())
}

fn spans_shorter_than_lines() -> Verdict {
    for log in ["a long line\nb\n", "a\na long line", "\n\na long line\n"] {
        let all: Vec<&str> = log.lines().collect();
        for size in 1..6 {
            let borders: Vec<usize> = (size..log.len()).step_by(size).collect();
            expect(log, &borders, &all)?;
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
