//! The report as a person reads it.

use std::io::{self, Write};

use super::terminal::printable;
use crate::event::Outcome;
use crate::units::thousands;

/// A longer name is cut on a terminal, where it would break the columns.
const NAME_CHARS_MAX_SHOWN: usize = 48;

/// A longer name is cut anywhere: the columns are as wide as the longest, and formatting has its limits.
/// JSON and CSV have it whole.
const NAME_CHARS_MAX: usize = 1_000;

/// Writes the first `top` rows in columns, and the totals.
pub(super) fn write(
    outcome: &Outcome,
    why_partial: &str,
    top: usize,
    terminal: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let head = ["holder", "route", "hits", "bytes", "errors"].map(String::from);
    let chars_max = if terminal {
        NAME_CHARS_MAX_SHOWN
    } else {
        NAME_CHARS_MAX
    };
    let rows = outcome.rows.iter().take(top).map(|row| {
        let name = |text: &str| cut(&printable(text), chars_max);
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
    writeln!(out, "\n{}", totals(outcome, why_partial))
}

/// The totals in one line.
pub(super) fn totals(outcome: &Outcome, why_partial: &str) -> String {
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
            format!(" (partial: {why_partial})")
        } else {
            String::new()
        },
    )
}

fn cut(text: &str, chars_max: usize) -> String {
    if text.chars().nth(chars_max).is_none() {
        return text.to_owned();
    }
    text.chars().take(chars_max - 1).chain(['…']).collect()
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
            write(&outcome, "the input was ended early", 2, terminal, &mut out).unwrap();
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

    #[test]
    fn a_name_is_cut_however_long_it_is() {
        let outcome = Outcome {
            step: "step".into(),
            lines: 1,
            malformed: 0,
            unresolved: 0,
            seconds: 1.0,
            partial: false,
            rows: vec![Row {
                holder: "h".repeat(70_000),
                route: "/\u{7}".repeat(70_000),
                hits: 1,
                bytes: 1,
                errors: 0,
            }],
        };
        for terminal in [false, true] {
            let mut out = Vec::new();
            write(&outcome, "", 20, terminal, &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert_eq!(text.matches('…').count(), 2, "{text}");
            assert!(text.lines().all(|line| line.chars().count() < 2_100));
        }
    }
}
