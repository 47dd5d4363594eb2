//! Lines as they are read: with their line endings, and no longer than they may be.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result};

use memchr::memchr;

use super::source::CHUNK_BYTES;

/// As much of a line as is looked at, in bytes. Servers refuse requests of a hundredth of it; what has no
/// newline for longer is no log (`/dev/zero` never has one), and must not fill the memory.
pub const LINE_BYTES_MAX: usize = 4 << 20;

/// Reads lines. After an error that passes ([`ErrorKind::WouldBlock`]) it can be asked again.
#[derive(Debug)]
pub(super) struct RawLines<R> {
    reader: BufReader<R>,
    /// The line that is being read, as far as it is kept.
    line: Vec<u8>,
    /// Where it starts, and how far has been read.
    start: u64,
    offset: u64,
    /// Whether it has been handed out already, and its rest is to be skipped.
    is_skipping: bool,
    /// The error behind the last line.
    failed: Option<Error>,
}

/// A line as it was read.
pub(super) struct RawLine {
    /// Its bytes with their line ending, unless it is longer than it may be.
    pub bytes: Vec<u8>,
    /// The offset of its first byte, and how far has been read.
    pub start: u64,
    pub offset: u64,
}

impl<R: Read> RawLines<R> {
    pub fn of(reader: R) -> RawLines<R> {
        RawLines {
            reader: BufReader::with_capacity(CHUNK_BYTES, reader),
            line: Vec::new(),
            start: 0,
            offset: 0,
            is_skipping: false,
            failed: None,
        }
    }

    /// The next line, or nothing behind the last.
    ///
    /// What was read of a line before an error is no line, unless it was the last of something that is whole
    /// ([`ErrorKind::InvalidData`] comes behind its end).
    pub fn next(&mut self) -> Result<Option<RawLine>> {
        if let Some(err) = self.failed.take() {
            return Err(err);
        }
        loop {
            let has_begun = self.has_begun();
            let rest = match self.reader.fill_buf() {
                Ok(rest) => rest,
                Err(err) if err.kind() == ErrorKind::Interrupted => continue,
                Err(err) if err.kind() == ErrorKind::InvalidData && has_begun => {
                    self.failed = Some(err);
                    return Ok(Some(self.take()));
                }
                Err(err) => return Err(err),
            };
            if rest.is_empty() {
                return Ok(has_begun.then(|| self.take()));
            }
            let (part, is_end) = match memchr(b'\n', rest) {
                Some(at) => (&rest[..=at], true),
                None => (rest, false),
            };
            let len = part.len();
            if !self.is_skipping {
                let kept = len.min(LINE_BYTES_MAX - self.line.len());
                self.line.extend_from_slice(&part[..kept]);
            }
            self.reader.consume(len);
            self.offset += len as u64;
            if is_end && self.is_skipping {
                self.is_skipping = false;
                self.start = self.offset;
            } else if is_end {
                return Ok(Some(self.take()));
            } else if !self.is_skipping && self.line.len() == LINE_BYTES_MAX {
                // It is not waited for: the end may never come.
                let line = self.take();
                self.is_skipping = true;
                return Ok(Some(line));
            }
        }
    }

    fn has_begun(&self) -> bool {
        self.offset > self.start && !self.is_skipping
    }

    fn take(&mut self) -> RawLine {
        let start = std::mem::replace(&mut self.start, self.offset);
        RawLine {
            bytes: std::mem::take(&mut self.line),
            start,
            offset: self.offset,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lengths and offsets of all lines.
    fn read(log: &[u8]) -> Vec<(usize, u64)> {
        let mut lines = RawLines::of(log);
        std::iter::from_fn(|| lines.next().unwrap())
            .map(|line| (line.bytes.len(), line.start))
            .collect()
    }

    #[test]
    fn a_line_is_cut_where_it_gets_too_long_and_the_next_one_is_found() {
        let max = LINE_BYTES_MAX;
        for more in [0, 1, 2, CHUNK_BYTES, max] {
            let log = [&b"a\n"[..], &vec![b'x'; max + more], b"\nb\n"].concat();
            let next = (max + more + 3) as u64;
            assert_eq!(read(&log), [(2, 0), (max, 2), (2, next)], "{more}");
            assert_eq!(read(&log[..log.len() - 3]), [(2, 0), (max, 2)], "{more}");
        }
        let log = [&vec![b'x'; max - 1][..], b"\nb"].concat();
        assert_eq!(read(&log), [(max, 0), (1, max as u64)]);
    }

    #[test]
    fn an_endless_line_is_handed_out_all_the_same() {
        let mut lines = RawLines::of(std::io::repeat(0));
        assert_eq!(lines.next().unwrap().unwrap().bytes.len(), LINE_BYTES_MAX);
    }
}
