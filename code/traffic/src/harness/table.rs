//! The report as a person reads it.

use std::io::{self, Write};

use crate::event::Outcome;
use crate::units::thousands;

/// A longer name is cut on a terminal, where it would break the columns.
const NAME_CHARS_MAX: usize = 48;

/// Writes the first `top` rows in columns, and the totals.
pub(super) fn write(
    outcome: &Outcome,
    top: usize,
    terminal: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let head = ["holder", "route", "hits", "bytes", "errors"].map(String::from);
    let rows = outcome.rows.iter().take(top).map(|row| {
        let name = |text: &str| {
            if terminal {
                cut(&printable(text))
            } else {
                printable(text)
            }
        };
        [
            name(&row.holder),
            name(&row.route),
            thousands(row.hits),
            thousands(row.bytes),
            thousands(row.errors),
        ]
    });
    let cells: Vec<[String; 5]> = std::iter::once(head).chain(rows).collect();
    let width = |column: usize| {
        cells
            .iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let [w0, w1, w2, w3, w4] = [0, 1, 2, 3, 4].map(width);
    for (number, [holder, route, hits, bytes, errors]) in cells.iter().enumerate() {
        let line = format!("{holder:<w0$}  {route:<w1$}  {hits:>w2$}  {bytes:>w3$}  {errors:>w4$}");
        if number == 0 && terminal {
            writeln!(out, "\x1b[1m{line}\x1b[0m")?;
        } else {
            writeln!(out, "{line}")?;
        }
    }
    let hidden = outcome.rows.len().saturating_sub(top);
    if hidden > 0 {
        writeln!(
            out,
            "… and {} more rows (--top N shows more)",
            thousands(hidden as u64)
        )?;
    }
    writeln!(out, "\n{}", totals(outcome))
}

/// The totals in one line.
pub(super) fn totals(outcome: &Outcome) -> String {
    let rate = outcome.lines as f64 / outcome.seconds.max(f64::MIN_POSITIVE);
    format!(
        "{}: {} lines, {} malformed, {} unresolved, {:.2} s, {} lines/s{}",
        outcome.step,
        thousands(outcome.lines),
        thousands(outcome.malformed),
        thousands(outcome.unresolved),
        outcome.seconds,
        thousands(rate as u64),
        if outcome.partial {
            " (partial: the input was ended early)"
        } else {
            ""
        },
    )
}

/// Logs hold what strangers sent: no control character of theirs reaches the terminal.
pub(super) fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if char.is_control() {
            out.extend(char.escape_default());
        } else {
            out.push(char);
        }
    }
    out
}

fn cut(text: &str) -> String {
    if text.chars().count() <= NAME_CHARS_MAX {
        return text.to_owned();
    }
    text.chars().take(NAME_CHARS_MAX - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Row;

    #[test]
    fn columns_line_up_and_strangers_bytes_are_harmless() {
        let row = |holder: &str, route: &str, hits| Row {
            holder: holder.into(),
            route: route.into(),
            hits,
            bytes: 5,
            errors: 0,
        };
        let outcome = Outcome {
            step: "step".into(),
            lines: 1_300,
            malformed: 0,
            unresolved: 0,
            seconds: 2.0,
            partial: true,
            rows: vec![
                row("APNIC", "/\x1b[2J", 1_200),
                row("unknown", &"/x".repeat(40), 90),
                row("a", "/", 10),
            ],
        };
        let text = |terminal| {
            let mut out = Vec::new();
            write(&outcome, 2, terminal, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let plain = text(false);
        assert!(plain.starts_with("holder   route"), "{plain}");
        assert!(plain.contains("APNIC    /\\u{1b}[2J"), "{plain}");
        assert!(plain.contains("… and 1 more rows"), "{plain}");
        assert!(
            plain.ends_with("650 lines/s (partial: the input was ended early)\n"),
            "{plain}"
        );
        assert!(!plain.contains('\x1b'));
        assert!(text(true).contains("/x/…"), "{}", text(true));
    }
}
