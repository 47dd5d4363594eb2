//! The lines of a difference: which changed, and which of the unchanged ones are folded away.

use similar::{ChangeTag, TextDiff};

/// Unchanged lines that stay visible beside a change.
const CONTEXT: usize = 3;
/// A run of unchanged lines up to this long is shown whole.
const UNFOLDED_MAX: usize = 2 * CONTEXT;

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
}
