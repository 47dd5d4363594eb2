//! The log line by line, each line in memory of its own.

use std::io::{ErrorKind, Read};
use std::time::Instant;

use super::log::Input;
use super::place::Place;
use super::raw::{LINE_BYTES_MAX, RawLines};
use super::source::{Content, Source};
use crate::error::Error;
use crate::pace::{Clock, Pace};

/// A line without its line ending, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line's bytes: any, but no newline.
    pub bytes: Vec<u8>,
    /// Where it starts.
    pub place: Place,
    /// When it arrived, if the input has a pace: whether or not a reader was ready to read it.
    pub due: Option<Instant>,
}

/// An iterator over the lines of an [`Input`].
pub struct Lines<'a> {
    input: &'a Input,
    /// How many may still come, if that is limited.
    left: Option<u64>,
    file: usize,
    reading: Option<Reading<'a>>,
    clock: Option<Clock>,
}

/// The file that is being read.
struct Reading<'a> {
    source: &'a Source,
    lines: RawLines<Box<dyn Read + 'a>>,
    /// Lines and bytes of it that were handed out.
    lines_read: u64,
    offset: u64,
}

impl Input {
    /// The lines, from the first to the last or until [`Input::stop`] is called.
    ///
    /// A file that cannot be read to its end, or gets shorter while it is read, ends there: without the line
    /// that was cut, and noted in [`Input::damages`].
    pub fn lines(&self) -> Lines<'_> {
        Lines {
            input: self,
            left: self.lines_max,
            file: 0,
            reading: None,
            clock: self.pace.as_ref().map(Pace::start),
        }
    }
}

impl<'a> Lines<'a> {
    /// The file that is to be read next; nothing behind the last one.
    fn open(&mut self) -> Option<Result<&mut Reading<'a>, Error>> {
        if self.reading.is_none() {
            let source = self.input.sources.get(self.file)?;
            let lines = match source.reader() {
                Ok(reader) => RawLines::of(reader),
                Err(err) => return Some(Err(err)),
            };
            self.reading = Some(Reading {
                source,
                lines,
                lines_read: 0,
                offset: 0,
            });
        }
        self.reading.as_mut().map(Ok)
    }

    fn next_file(&mut self) {
        (self.file, self.reading) = (self.file + 1, None);
    }
}

impl Iterator for Lines<'_> {
    type Item = Result<Line, Error>;

    fn next(&mut self) -> Option<Result<Line, Error>> {
        loop {
            if self.input.is_stopped() || self.left == Some(0) {
                return None;
            }
            let (input, file) = (self.input, self.file);
            let reading = match self.open()? {
                Ok(reading) => reading,
                Err(err) => {
                    self.next_file();
                    return Some(Err(err));
                }
            };
            let line = match reading.lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => {
                    self.next_file();
                    continue;
                }
                // Nothing has come for a while: whether to wait any longer is asked above.
                Err(err) if err.kind() == ErrorKind::WouldBlock => continue,
                Err(err) => {
                    reading.source.set_damaged(&err.to_string());
                    self.next_file();
                    continue;
                }
            };
            let offset = match reading.source.content {
                Content::File(..) => line.start,
                Content::Stream(..) => reading.lines_read,
            };
            input.has_read(1, line.offset - reading.offset);
            (reading.lines_read, reading.offset) = (reading.lines_read + 1, line.offset);
            if let Some(left) = &mut self.left {
                *left -= 1;
            }
            let mut bytes = line.bytes;
            if bytes.len() == LINE_BYTES_MAX {
                input.has_cut();
            }
            strip_line_ending(&mut bytes);
            let due = self.clock.as_mut().map(Clock::wait);
            let place = Place { file, offset };
            return Some(Ok(Line { bytes, place, due }));
        }
    }
}

/// Takes off `\n` or `\r\n`; the last line of a file may have none, or only the `\r`.
fn strip_line_ending(line: &mut Vec<u8>) {
    line.pop_if(|last| *last == b'\n');
    line.pop_if(|last| *last == b'\r');
}
