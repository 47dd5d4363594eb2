//! The lines of a part of a log.

use std::ops::Range;

/// The lines of a span of a log, without their line feeds. Of several spans that cover the log, each line belongs to one.
pub fn lines(log: &[u8], span: Range<usize>) -> Vec<&[u8]> {
    let mut begin = span.start;
    // A line that began earlier belongs to the span in which it did.
    let is_inside = begin > 0 && log[begin - 1] != b'\n';
    if is_inside {
        begin = end_of_line(log, begin) + 1;
    }
    let mut lines = Vec::new();
    while begin < span.end {
        let end = end_of_line(log, begin);
        if end == log.len() {
            break;
        }
        lines.push(&log[begin..end]);
        begin = end + 1;
    }
    lines
}

/// The place of the next line feed, or the end of the log.
fn end_of_line(log: &[u8], from: usize) -> usize {
    let feed = log[from..].iter().position(|byte| *byte == b'\n');
    feed.map_or(log.len(), |place| from + place)
}
