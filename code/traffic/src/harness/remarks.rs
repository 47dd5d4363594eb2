//! What is told beside a report: which lines were not counted as hits, and what was not read.

use super::terminal::tell;
use crate::directory::Directory;
use crate::input::{Format, Input, LINE_BYTES_MAX};
use crate::report::Report;
use crate::units::thousands;

/// Tells where the first malformed lines are, which lines were cut, and which logs were not read to their end.
pub(super) fn on_lines(input: &Input, report: &Report) {
    for (place, why) in report.examples() {
        match input.describe(place) {
            Ok((name, line)) => {
                let name = name.display();
                tell(format_args!("{name}:{line}: {why}; counted as malformed"));
            }
            // Its number cannot be told any more, and that is no reason to lose a report.
            Err(err) => tell(format_args!("{why}; counted as malformed ({err})")),
        }
    }
    let more = report.malformed_lines() - report.examples().count() as u64;
    if more > 0 {
        let (more, lines) = (thousands(more), lines(more));
        tell(format_args!("and {more} more malformed {lines}"));
    }
    let cut = input.lines_cut();
    if cut > 0 {
        let (cut, lines, mib) = (thousands(cut), lines(cut), LINE_BYTES_MAX >> 20);
        tell(format_args!(
            "{cut} {lines} of {mib} MiB or more: what stands behind that was not looked at"
        ));
    }
    for (name, why) in input.damages() {
        let name = name.display();
        tell(format_args!(
            "{name}: {why}; what could be read of it is counted"
        ));
    }
}

/// Tells which log is in most of its lines none, and what it looks like.
pub(super) fn on_wrong_files(input: &Input, report: &Report) {
    let misread: Vec<_> = input.misread_files().collect();
    if let Some((name, how)) = misread.first() {
        let (name, more) = (name.display(), and_more(misread.len() - 1));
        tell(format_args!("{name}{more}: {how}"));
        return;
    }
    if report.malformed_lines() == 0 {
        return;
    }
    let mut wrong: Vec<_> = input.wrong_files().collect();
    if let [name] = input.names().collect::<Vec<_>>()[..] {
        // Of one file alone the report knows all lines, and not only the first ones.
        if 2 * report.malformed_lines() <= report.lines() {
            return;
        }
        if wrong.is_empty() {
            wrong.push((name, Format::Unknown));
        }
    }
    let Some((name, format)) = wrong.first() else {
        return;
    };
    let more = and_more(wrong.len() - 1);
    tell(format_args!(
        "most lines of {} are malformed{more}: {format}; read are the Common and the Combined Log Format, one hit a line",
        name.display()
    ));
}

fn and_more(files: usize) -> String {
    match files {
        0 => String::new(),
        1 => " (and those of 1 more file)".to_owned(),
        more => format!(" (and those of {more} more files)"),
    }
}

/// Tells why lookups failed, where hits are unresolved: the first reason is the cause of most others.
pub(super) fn on_unresolved(directory: &Directory, report: &Report) {
    if let Some(why) = directory
        .first_failure()
        .filter(|_| report.unresolved() > 0)
    {
        let (hits, is) = match report.unresolved() {
            1 => ("1 hit".to_owned(), "is"),
            hits => (format!("{} hits", thousands(hits)), "are"),
        };
        tell(format_args!(
            "{hits} {is} unresolved: the first request to the directory that failed said: {why}"
        ));
    }
}

fn lines(number: u64) -> &'static str {
    if number == 1 { "line" } else { "lines" }
}
