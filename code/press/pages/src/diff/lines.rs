//! The lines of a difference: which changed, and which of the unchanged ones are folded away.

use std::ops::Range;

use similar::{ChangeTag, TextDiff};

/// Unchanged lines that stay visible beside a change.
const CONTEXT: usize = 3;
/// A run of unchanged lines up to this long is shown whole.
const UNFOLDED_MAX: usize = 2 * CONTEXT;

/// How many lines of a difference are open at first. What is longer is looked up and not read.
const OPEN_MAX: usize = 40;

/// Unchanged lines on either side of a change that is shown alone, on a slide: there every line counts.
const CONTEXT_ALONE: usize = 1;

/// One line of the difference, without its end.
pub type Line = (ChangeTag, String);

/// The lines of both texts in order, each with what became of it.
pub fn changes(old: &str, new: &str) -> Vec<Line> {
    let diff = TextDiff::from_lines(old, new);
    let changes = diff.iter_all_changes();
    let text = |line: &str| line.trim_end_matches(['\n', '\r']).to_owned();
    let mut lines: Vec<Line> = changes.map(|c| (c.tag(), text(c.value()))).collect();
    join_changes(&mut lines);
    lines
}

/// A source without the marks for mdBook's `include`, which are nothing that a reader should see.
pub fn without_anchors(source: &str) -> String {
    let is_anchor = |line: &str| {
        let comment = line.trim().strip_prefix("//").map(str::trim_start);
        comment.is_some_and(|text| text.starts_with("ANCHOR"))
    };
    let lines = source.lines().filter(|line| !is_anchor(line));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Moves changes up to the change before them where the text allows it.
///
/// A difference is not unique: when the line before an insertion equals its last line, the insertion
/// may as well begin with it. Two changes with only such lines between them read better as one.
fn join_changes(lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        let tag = lines[at].0;
        let end = at + lines[at..].iter().take_while(|line| line.0 == tag).count();
        if tag != ChangeTag::Equal {
            let mut start = at;
            let mut last = end;
            while start > 0
                && lines[start - 1].0 == ChangeTag::Equal
                && lines[start - 1].1 == lines[last - 1].1
            {
                start -= 1;
                last -= 1;
            }
            let joined = start < at && start > 0 && lines[start - 1].0 != ChangeTag::Equal;
            if joined {
                // The texts stay in their order: they are equal where the tags change places.
                for line in &mut lines[start..last] {
                    line.0 = tag;
                }
                for line in &mut lines[last..end] {
                    line.0 = ChangeTag::Equal;
                }
            }
        }
        at = end;
    }
}

/// The first change with these words in a line that comes or goes, with a little of what is around it, and without the
/// indentation that all of it shares. Changes with few unchanged lines between them are one.
pub fn change_with(lines: &[Line], words: &str) -> Option<Vec<Line>> {
    let is_changed = |line: &Line| line.0 != ChangeTag::Equal;
    let found = lines
        .iter()
        .position(|line| is_changed(line) && line.1.contains(words))?;
    let changed = |at: usize| is_changed(&lines[at]);
    let (mut first, mut last) = (found, found);
    while let Some(before) = (first.saturating_sub(CONTEXT + 1)..first).find(|at| changed(*at)) {
        first = before;
    }
    let end = |at: usize| (at + CONTEXT + 2).min(lines.len());
    while let Some(after) = (last + 1..end(last)).rev().find(|at| changed(*at)) {
        last = after;
    }
    let from = first.saturating_sub(CONTEXT_ALONE);
    let to = (last + 1 + CONTEXT_ALONE).min(lines.len());
    let texts = lines[from..to].iter().map(|line| line.1.as_str());
    let full = texts.filter(|text| !text.trim().is_empty());
    let shared = full.map(|text| text.len() - text.trim_start_matches(' ').len());
    let shared = shared.min().unwrap_or(0);
    let bare = |(tag, text): &Line| (*tag, text.get(shared..).unwrap_or_default().to_owned());
    Some(lines[from..to].iter().map(bare).collect())
}

/// The lines that are open at first: all of a short difference; of a long one the first of its code, behind what the file
/// says of itself and uses.
pub fn open(lines: &[Line]) -> Range<usize> {
    let folded: usize = folds(lines).iter().map(|(from, to)| to - from).sum();
    if lines.len() - folded <= OPEN_MAX {
        return 0..lines.len();
    }
    let start = lines.iter().position(|line| is_code(&line.1)).unwrap_or(0);
    // From there on the folds may be others.
    let code = &lines[start..];
    let folds = folds(code);
    let is_shown = |at: &usize| !folds.iter().any(|(from, to)| (*from..*to).contains(at));
    let end = (0..code.len()).filter(is_shown).nth(OPEN_MAX);
    start..end.map_or(lines.len(), |end| start + end)
}

/// Whether a line is neither blank nor one of those that a file begins with.
fn is_code(line: &str) -> bool {
    let begins = ["//!", "use ", "pub use ", "mod ", "pub mod ", "    ", "}"];
    !line.is_empty() && !begins.iter().any(|begin| line.starts_with(begin))
}

/// The stretches to fold: the middles of long unchanged runs.
pub fn folds(lines: &[Line]) -> Vec<(usize, usize)> {
    let mut folds = Vec::new();
    let mut from = 0;
    for run in lines.chunk_by(|a, b| (a.0 == ChangeTag::Equal) == (b.0 == ChangeTag::Equal)) {
        let end = from + run.len();
        if run[0].0 == ChangeTag::Equal && run.len() > UNFOLDED_MAX {
            // At the ends of the file there is a change on one side only.
            let start = if from == 0 { 0 } else { from + CONTEXT };
            let stop = if end == lines.len() {
                end
            } else {
                end - CONTEXT
            };
            folds.push((start, stop));
        }
        from = end;
    }
    folds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_that_may_touch_do() {
        let lines = changes("use a;\n\nfn\n", "use b;\n\nuse c;\n\nfn\n");
        let tags: String = lines.iter().map(|line| line.0.to_string()).collect();
        assert_eq!(tags, "-+++  ");
        assert_eq!(lines[4].1, "");
    }

    #[test]
    fn a_change_alone_has_its_neighbours_and_no_indentation() {
        let file = |one: &str, far: &str| {
            format!(
                "fn\n    1\n    2\n    3\n    {one}\n    4\n    5\n\n    6\n    7\n    8\n    {far}\n    9\n"
            )
        };
        let all = changes(&file("old", "here"), &file("new", "there"));
        let shown = |words: &str| -> Option<Vec<String>> {
            let lines = change_with(&all, words)?;
            Some(
                lines
                    .iter()
                    .map(|(tag, text)| format!("{tag}{text}"))
                    .collect(),
            )
        };
        let expected = [" 3", "-old", "+new", " 4"];
        assert_eq!(shown("old").expect("there"), expected);
        assert_eq!(shown("new").expect("there"), expected);
        assert_eq!(
            shown("there").expect("there"),
            [" 8", "-here", "+there", " 9"]
        );
        assert_eq!(shown("6"), None, "it did not change");
        let near = changes("a\n1\n2\n3\nb\n", "A\n1\n2\n3\nB\n");
        assert_eq!(
            change_with(&near, "B").expect("there").len(),
            7,
            "they are one"
        );
    }
}
