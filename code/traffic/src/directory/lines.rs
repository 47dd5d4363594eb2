//! Reading lines from a peer that may never end one.
//!
//! `BufRead::read_until` has no limit: a peer that sends no line end could fill our memory with it.

use std::io::{self, BufRead, ErrorKind};

/// What [`read_line`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line, now without its end.
    Whole,
    /// The input ended: behind the last line if nothing was read, else within it.
    Cut,
    /// No line end within the limit; what remains of the line has not been read.
    TooLong,
}

/// Reads the next line, without its `\n` or `\r\n`, into the emptied `line`.
pub(super) fn read_line(
    input: &mut impl BufRead,
    line: &mut Vec<u8>,
    bytes_max: usize,
) -> io::Result<Line> {
    line.clear();
    loop {
        let available = match input.fill_buf() {
            Ok([]) => return Ok(Line::Cut),
            Ok(available) => available,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = memchr::memchr(b'\n', available);
        let part = &available[..end.unwrap_or(available.len())];
        // One more than the limit, for the `\r` of a line that is just short enough.
        if line.len() + part.len() > bytes_max + 1 {
            return Ok(Line::TooLong);
        }
        line.extend_from_slice(part);
        let consumed = part.len() + usize::from(end.is_some());
        input.consume(consumed);
        if end.is_some() {
            line.pop_if(|last| *last == b'\r');
            return Ok(Line::Whole);
        }
    }
}

/// Reads what remains of a line, and forgets it.
pub(super) fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    input.skip_until(b'\n').map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    /// All the lines of a text, read through a buffer of so many bytes.
    fn lines(text: &[u8], buffer: usize) -> Vec<(Line, Vec<u8>)> {
        let mut input = BufReader::with_capacity(buffer, text);
        let mut line = Vec::new();
        let mut all = Vec::new();
        loop {
            let found = read_line(&mut input, &mut line, 4).unwrap();
            match found {
                Line::Cut if line.is_empty() => return all,
                Line::TooLong => {
                    skip_line(&mut input).unwrap();
                    all.push((found, Vec::new()));
                }
                _ => all.push((found, line.clone())),
            }
        }
    }

    #[test]
    fn lines_are_cut_where_they_end_and_capped() {
        let text = b"abcd\r\n\nab\rc\nabcdef\nabcdefghijkl\r\n\r\nlast";
        let expected = [
            (Line::Whole, b"abcd".to_vec()),
            (Line::Whole, b"".to_vec()),
            (Line::Whole, b"ab\rc".to_vec()),
            (Line::TooLong, b"".to_vec()),
            (Line::TooLong, b"".to_vec()),
            (Line::Whole, b"".to_vec()),
            (Line::Cut, b"last".to_vec()),
        ];
        for buffer in 1..50 {
            assert_eq!(lines(text, buffer), expected, "buffer of {buffer}");
        }
    }
}
