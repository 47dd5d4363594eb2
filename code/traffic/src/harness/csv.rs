//! The report as CSV: all rows, for programs and for spreadsheets.
//!
//! A spreadsheet takes a cell for a formula when it begins with `=`, `+`, `-` or `@` (or with a tab or a
//! carriage return in front of these), and a log holds whatever a stranger asked for. As OWASP advises, such
//! a cell gets a `'` in front ([CSV injection](https://owasp.org/www-community/attacks/CSV_Injection)). So
//! does one that begins with `'`, and therefore a program may take one `'` off any cell and has what the JSON
//! has. The route `-` of a line without a request is no formula and stays as it is; numbers never begin so.

use std::borrow::Cow;
use std::io::{self, Write};

use super::terminal::printable;
use crate::report::Row;

/// Writes all rows under a header. On a terminal, what would do something to it is shown escaped.
pub(super) fn write(rows: &[Row], is_terminal: bool, out: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let failed = |err: csv::Error| match err.into_kind() {
        // A reader that went away is told by the kind of the error, which `From` would wrap.
        csv::ErrorKind::Io(err) => err,
        kind => io::Error::other(format!("{kind:?}")),
    };
    csv.write_record(["holder", "route", "hits", "bytes", "errors"])
        .map_err(failed)?;
    let cell = |text| {
        let cell = defused(text);
        if is_terminal {
            printable(&cell).into()
        } else {
            cell
        }
    };
    for row in rows {
        let numbers = [
            row.hits.to_string(),
            row.bytes.to_string(),
            row.errors.to_string(),
        ];
        let names = [cell(&row.holder), cell(&row.route)];
        let names = names.iter().map(|name| name.as_bytes());
        csv.write_record(names.chain(numbers.iter().map(String::as_bytes)))
            .map_err(failed)?;
    }
    csv.flush()
}

/// A cell that no spreadsheet takes for a formula.
fn defused(cell: &str) -> Cow<'_, str> {
    if cell != "-" && cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(rows: &[(&str, &str)], is_terminal: bool) -> String {
        let row = |&(holder, route): &(&str, &str)| Row {
            holder: holder.into(),
            route: route.into(),
            hits: 3,
            bytes: 5,
            errors: 0,
        };
        let rows: Vec<Row> = rows.iter().map(row).collect();
        let mut out = Vec::new();
        write(&rows, is_terminal, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_a_spreadsheet_would_run_has_a_quote_in_front() {
        let names = [
            "/", "-", "--", "=1+1", "+1", "@a", "\t=1", "'=1", "'a", "a'",
        ];
        let text = written(&names.map(|name| ("h", name)), false);
        let mut csv = csv::Reader::from_reader(text.as_bytes());
        let read: Vec<String> = csv
            .records()
            .map(|record| record.unwrap()[1].to_owned())
            .collect();
        assert_eq!(
            read,
            [
                "/", "-", "'--", "'=1+1", "'+1", "'@a", "'\t=1", "''=1", "''a", "a'"
            ]
        );
        let whole = read
            .iter()
            .map(|cell| cell.strip_prefix('\'').unwrap_or(cell));
        assert!(whole.eq(names), "a program can take the quote off");
    }

    #[test]
    fn strangers_bytes_are_harmless_on_a_terminal_and_whole_in_a_file() {
        let rows = [("h", "/\x1b[2J")];
        assert!(written(&rows, false).contains("/\x1b[2J"));
        let shown = written(&rows, true);
        assert!(
            shown.contains("/\\u{1b}[2J") && !shown.contains('\x1b'),
            "{shown}"
        );
    }

    #[test]
    fn a_reader_that_went_away_is_told_by_its_kind() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let row = Row {
            holder: "h".into(),
            route: "/".repeat(100_000),
            hits: 1,
            bytes: 1,
            errors: 1,
        };
        let err = write(&[row], false, &mut Closed).unwrap_err();
        assert_eq!(err.kind(), io::ErrorKind::BrokenPipe);
    }
}
