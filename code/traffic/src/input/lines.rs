//! The log line by line, each line in memory of its own.

use std::io::{BufRead, BufReader};
use std::sync::atomic::Ordering::Relaxed;
use std::time::Instant;

use super::source::ReadAt;
use super::{CHUNK_BYTES, Input, Place};
use crate::error::Error;
use crate::pace::{Clock, Pace};

/// A line without its line ending, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line's bytes: any, but no newline.
    pub bytes: Vec<u8>,
    /// Where it starts.
    pub place: Place,
    /// When it arrived, if the input has a pace: whether or not anybody was ready to read it.
    pub due: Option<Instant>,
}

/// An iterator over the lines of an [`Input`].
#[derive(Debug)]
pub struct Lines<'a> {
    input: &'a Input,
    file: usize,
    offset: u64,
    reader: Option<BufReader<ReadAt<'a>>>,
    clock: Option<Clock>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(input: &'a Input) -> Lines<'a> {
        Lines {
            input,
            file: 0,
            offset: 0,
            reader: None,
            clock: input.pace.as_ref().map(Pace::start),
        }
    }
}

impl Iterator for Lines<'_> {
    type Item = Result<Line, Error>;

    fn next(&mut self) -> Option<Result<Line, Error>> {
        loop {
            if self.input.is_stopped() {
                return None;
            }
            let source = self.input.sources.get(self.file)?;
            let reader = self
                .reader
                .get_or_insert_with(|| BufReader::with_capacity(CHUNK_BYTES, source.reader()));
            let mut bytes = Vec::new();
            match reader.read_until(b'\n', &mut bytes) {
                Err(err) => return Some(Err(source.failed(err))),
                Ok(0) => {
                    (self.file, self.offset, self.reader) = (self.file + 1, 0, None);
                }
                Ok(len) => {
                    let place = Place {
                        file: self.file,
                        offset: self.offset,
                    };
                    self.offset += len as u64;
                    self.input.lines_read.fetch_add(1, Relaxed);
                    self.input.bytes_read.fetch_add(len as u64, Relaxed);
                    strip_line_ending(&mut bytes);
                    let due = self.clock.as_mut().map(Clock::wait);
                    return Some(Ok(Line { bytes, place, due }));
                }
            }
        }
    }
}

/// Takes off `\n` or `\r\n`; the last line of a file may have none, or only the `\r`.
fn strip_line_ending(line: &mut Vec<u8>) {
    line.pop_if(|last| *last == b'\n');
    line.pop_if(|last| *last == b'\r');
}
