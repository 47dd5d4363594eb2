//! The log, as lines.
//!
//! Standard input, pipes, compressed and generated input are spooled to a temporary file first, so
//! that every step sees the same thing: files of a known size that any thread can read anywhere.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use crate::error::Error;
use crate::generator::{Workload, write_log};
use crate::pace::{Clock, Pace};

/// One chunk of reading: large enough that the system call is cheap, small enough for the L2 cache.
const CHUNK_BYTES: usize = 64 * 1024;

/// What a gzip member starts with.
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// The lines of one or more logs, in order.
#[derive(Debug)]
pub struct Input {
    sources: Vec<Source>,
    stop: AtomicBool,
    lines_read: AtomicU64,
    bytes_read: AtomicU64,
    pace: Option<Pace>,
}

#[derive(Debug)]
struct Source {
    /// As the user named it.
    name: PathBuf,
    file: File,
    /// Where it ends; earlier than the file does when the number of lines is limited.
    len: u64,
}

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

/// Where a line starts; places are ordered as the lines are.
///
/// An offset and not a line number, so that a step that starts in the middle of a file knows it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which of the input's files, counted from 0.
    pub file: usize,
    /// The offset of the line's first byte.
    pub offset: u64,
}

/// Called while input is spooled, with the bytes so far; `false` ends the spooling early.
pub type Spooling<'a> = &'a mut dyn FnMut(u64) -> bool;

impl Input {
    /// Opens logs by name (`-` is standard input), and cuts them off after `lines_max` lines.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or is not the gzip file that it starts as.
    pub fn open(
        names: &[PathBuf],
        lines_max: Option<u64>,
        spooling: Spooling,
    ) -> Result<Input, Error> {
        let mut sources = Vec::new();
        let mut lines_left = lines_max;
        for name in names {
            let mut source = Source::open(name, spooling)?;
            if let Some(left) = &mut lines_left {
                source.limit(left)?;
            }
            sources.push(source);
        }
        Ok(Input::of(sources))
    }

    /// Generates a log of so many lines.
    ///
    /// # Errors
    ///
    /// If the temporary file cannot be written.
    pub fn generate(
        workload: Workload,
        seed: u64,
        lines: u64,
        spooling: Spooling,
    ) -> Result<Input, Error> {
        let mut file = temporary()?;
        let mut out = std::io::BufWriter::with_capacity(CHUNK_BYTES, &mut file);
        write_log(workload, seed, lines, &mut out, spooling).map_err(spool_failed)?;
        out.flush().map_err(spool_failed)?;
        drop(out);
        Ok(Input::of(vec![Source::whole(
            format!("{workload}.log").into(),
            file,
        )?]))
    }

    /// A log held in memory, for tests and benchmarks.
    ///
    /// # Errors
    ///
    /// If the temporary file cannot be written.
    pub fn from_bytes(logs: &[&[u8]]) -> Result<Input, Error> {
        let source = |(number, log): (usize, &&[u8])| {
            let mut file = temporary()?;
            file.write_all(log).map_err(spool_failed)?;
            Source::whole(format!("log-{number}").into(), file)
        };
        Ok(Input::of(
            logs.iter()
                .enumerate()
                .map(source)
                .collect::<Result<_, _>>()?,
        ))
    }

    /// The lines, from the first to the last or until [`Input::stop`] is called.
    pub fn lines(&self) -> Lines<'_> {
        Lines {
            input: self,
            file: 0,
            offset: 0,
            reader: None,
            clock: self.pace.as_ref().map(Pace::start),
        }
    }

    /// Lets the lines arrive at a pace of their own, as requests do: an *open loop*.
    #[must_use]
    pub fn paced(self, pace: Pace) -> Input {
        Input {
            pace: Some(pace),
            ..self
        }
    }

    /// Ends the input early: every reader sees its end at the next line.
    pub fn stop(&self) {
        self.stop.store(true, Relaxed);
    }

    /// Whether the input was ended early.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Relaxed)
    }

    /// Bytes in all files together.
    pub fn len_bytes(&self) -> u64 {
        self.sources.iter().map(|source| source.len).sum()
    }

    /// Lines and bytes read so far, by all readers together.
    pub fn progress(&self) -> (u64, u64) {
        (self.lines_read.load(Relaxed), self.bytes_read.load(Relaxed))
    }

    /// A place as people say it: the file's name and the line's number, counted from 1.
    ///
    /// Reads the file up to there; meant for the few lines that are shown.
    ///
    /// # Errors
    ///
    /// If the file can no longer be read.
    pub fn describe(&self, place: Place) -> Result<(PathBuf, u64), Error> {
        let source = &self.sources[place.file];
        let mut number = 1;
        let mut chunk = [0; CHUNK_BYTES];
        let mut reader = source.reader().take(place.offset);
        loop {
            match reader.read(&mut chunk).map_err(|err| source.failed(err))? {
                0 => return Ok((source.name.clone(), number)),
                len => number += memchr::memchr_iter(b'\n', &chunk[..len]).count() as u64,
            }
        }
    }

    fn of(sources: Vec<Source>) -> Input {
        Input {
            sources,
            stop: AtomicBool::new(false),
            lines_read: AtomicU64::new(0),
            bytes_read: AtomicU64::new(0),
            pace: None,
        }
    }
}

impl Source {
    fn open(name: &Path, spooling: Spooling) -> Result<Source, Error> {
        let failed = |source| Error::Read {
            path: name.to_owned(),
            source,
        };
        if name == Path::new("-") {
            return Source::spool("standard input".into(), std::io::stdin().lock(), spooling);
        }
        let mut file = File::open(name).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        if metadata.is_dir() {
            return Err(failed(std::io::ErrorKind::IsADirectory.into()));
        }
        if !metadata.is_file() {
            return Source::spool(name.to_owned(), file, spooling); // a pipe
        }
        let mut magic = Vec::new();
        (&mut file)
            .take(2)
            .read_to_end(&mut magic)
            .map_err(failed)?;
        file.rewind().map_err(failed)?;
        if magic == GZIP_MAGIC {
            return Source::spool(name.to_owned(), file, spooling);
        }
        Source::whole(name.to_owned(), file)
    }

    fn whole(name: PathBuf, file: File) -> Result<Source, Error> {
        let len = file.metadata().map_err(spool_failed)?.len();
        Ok(Source { name, file, len })
    }

    /// Copies what can only be read once into a file, unpacked if it is compressed.
    fn spool(name: PathBuf, from: impl Read, spooling: Spooling) -> Result<Source, Error> {
        let failed = |source| Error::Read {
            path: name.clone(),
            source,
        };
        let mut from = BufReader::with_capacity(CHUNK_BYTES, from);
        let mut from: Box<dyn Read> = if from.fill_buf().map_err(failed)?.starts_with(&GZIP_MAGIC) {
            Box::new(flate2::bufread::MultiGzDecoder::new(from))
        } else {
            Box::new(from)
        };
        let mut file = temporary()?;
        let (mut chunk, mut bytes) = ([0; CHUNK_BYTES], 0);
        loop {
            let len = match from.read(&mut chunk) {
                Ok(0) => break,
                Ok(len) => len,
                Err(err) if err.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(err) => return Err(failed(err)),
            };
            file.write_all(&chunk[..len]).map_err(spool_failed)?;
            bytes += len as u64;
            if !spooling(bytes) {
                break;
            }
        }
        Source::whole(name, file)
    }

    /// Cuts the file off behind its first `left` lines, and takes those off `left`.
    fn limit(&mut self, left: &mut u64) -> Result<(), Error> {
        let mut reader = BufReader::with_capacity(CHUNK_BYTES, self.reader());
        let mut end = 0;
        while *left > 0 {
            let len = reader.skip_until(b'\n').map_err(|err| self.failed(err))?;
            if len == 0 {
                break;
            }
            end += len as u64;
            *left -= 1;
        }
        self.len = end;
        Ok(())
    }

    fn reader(&self) -> ReadAt<'_> {
        ReadAt {
            file: &self.file,
            offset: 0,
            end: self.len,
        }
    }

    fn failed(&self, source: std::io::Error) -> Error {
        Error::Read {
            path: self.name.clone(),
            source,
        }
    }
}

fn temporary() -> Result<File, Error> {
    tempfile::tempfile().map_err(spool_failed)
}

fn spool_failed(source: std::io::Error) -> Error {
    Error::System {
        what: "cannot write a temporary file",
        source,
    }
}

/// Reads a shared file without moving a shared cursor.
#[derive(Debug)]
struct ReadAt<'a> {
    file: &'a File,
    offset: u64,
    end: u64,
}

impl Read for ReadAt<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let len = into
            .len()
            .min(usize::try_from(self.end - self.offset).unwrap_or(usize::MAX));
        let len = self.file.read_at(&mut into[..len], self.offset)?;
        self.offset += len as u64;
        Ok(len)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &Input) -> Vec<String> {
        input
            .lines()
            .map(|line| String::from_utf8(line.unwrap().bytes).unwrap())
            .collect()
    }

    #[test]
    fn a_file_without_a_last_newline_still_ends_its_line() {
        let input = Input::from_bytes(&[b"a\r\nb", b"", b"\n\nc\n", b"d\r"]).unwrap();
        assert_eq!(lines(&input), ["a", "b", "", "", "c", "d"]);
        assert_eq!(input.progress(), (6, input.len_bytes()));
    }

    #[test]
    fn places_are_told_by_file_and_line() {
        let input = Input::from_bytes(&[b"a\nb\n", b"c\n\nd"]).unwrap();
        let told: Vec<_> = input
            .lines()
            .map(|line| input.describe(line.unwrap().place).unwrap())
            .map(|(name, number)| format!("{}:{number}", name.display()))
            .collect();
        assert_eq!(
            told,
            ["log-0:1", "log-0:2", "log-1:1", "log-1:2", "log-1:3"]
        );
    }

    #[test]
    fn a_stopped_input_ends_at_the_next_line() {
        let input = Input::from_bytes(&[b"a\nb\nc\n"]).unwrap();
        let mut reader = input.lines();
        assert!(reader.next().is_some());
        input.stop();
        assert!(reader.next().is_none());
    }

    #[test]
    fn compressed_members_are_unpacked_and_the_limit_spans_files() {
        let folder = tempfile::tempdir().unwrap();
        let packed = folder.path().join("packed"); // the content tells, not the name
        let mut file = File::create(&packed).unwrap();
        for member in ["a\nb\n", "c\n"] {
            let mut encoder = flate2::write::GzEncoder::new(&mut file, flate2::Compression::fast());
            encoder.write_all(member.as_bytes()).unwrap();
            encoder.finish().unwrap();
        }
        let plain = folder.path().join("plain");
        std::fs::write(&plain, "d\ne\nf").unwrap();
        let names = [packed, plain];
        let open = |lines_max| Input::open(&names, lines_max, &mut |_| true).unwrap();
        assert_eq!(lines(&open(None)), ["a", "b", "c", "d", "e", "f"]);
        assert_eq!(lines(&open(Some(4))), ["a", "b", "c", "d"]);
        assert_eq!(lines(&open(Some(2))), ["a", "b"]);
        assert_eq!(lines(&open(Some(0))), [""; 0]);
        assert_eq!(lines(&open(Some(99))).len(), 6);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let message = |name: &str| {
            Input::open(&[name.into()], None, &mut |_| true)
                .unwrap_err()
                .to_string()
        };
        assert!(message("no-such-file").starts_with("cannot read no-such-file: "));
        assert!(message("/").starts_with("cannot read /: "));
    }
}
