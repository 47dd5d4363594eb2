//! How the learner's solution differs from the book's.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use project::Project;
use project::exercises::Exercise;
use similar::TextDiff;
use stage::terminal::{Style, printable, styled};

use super::begin::SOURCE;

/// Lines around a change.
const AROUND: usize = 2;

/// The lines that differ, or that there are none. Where the book's solution is missing, that is said: the exercise is solved
/// all the same.
///
/// # Errors
///
/// If the learner's own cannot be read.
pub fn to_solution(project: &Project, exercise: &Exercise) -> Result<String> {
    let read = |path: &Path| fs::read_to_string(project.root.join(path));
    let own = exercise.own().join(SOURCE);
    let own = read(&own).with_context(|| format!("cannot read {}", own.display()))?;
    let file = exercise.file("solution.rs");
    Ok(match read(&file) {
        Ok(ours) => text(&own, &ours),
        Err(error) => format!(
            "\nThere is no solution of ours to compare yours with: {} cannot be read ({error}).\n",
            file.display()
        ),
    })
}

fn text(own: &str, ours: &str) -> String {
    if own == ours {
        return "\nYour solution is ours, to the letter.\n".to_owned();
    }
    let diff = TextDiff::from_lines(own, ours);
    let changes = diff.unified_diff().context_radius(AROUND).to_string();
    let lines = changes.lines().map(|line| {
        let line = printable(line);
        let line = match line.as_bytes().first() {
            Some(b'+') => styled(Style::Good, &line),
            Some(b'-') => styled(Style::Bad, &line),
            Some(b'@') => styled(Style::Faint, &line),
            _ => line,
        };
        format!("  {line}\n")
    });
    let lines: String = lines.collect();
    format!("\nFrom your solution (-) to ours (+):\n\n{lines}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_differs_is_shown_and_nothing_else() {
        assert!(super::text("a\n", "a\n").contains("to the letter"));
        let text = super::text("1\n2\n3\n4\n5\n", "1\n2\n3\n4\nfive\n");
        assert!(text.contains("\n  -5\n  +five\n"), "{text}");
        assert!(!text.contains('1') || text.contains("@@ -3"), "{text}");
    }
}
