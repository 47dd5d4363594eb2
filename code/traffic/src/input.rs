//! The log, as lines.
//!
//! Standard input, pipes, compressed and generated input are spooled to a temporary file first, so
//! that every step sees the same thing: files of a known size that any thread can read anywhere.

mod lines;
mod map;
mod source;
mod spool;
#[cfg(test)]
mod tests;

use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use crate::error::Error;
use crate::generator::{Workload, write_log};
use crate::pace::Pace;
use source::Source;
use spool::{spool_failed, temporary};

pub use lines::{Line, Lines};
pub use map::{Chunk, ChunkLines, Mapped};

/// One chunk of reading: large enough that the system call is cheap, small enough for the L2 cache.
const CHUNK_BYTES: usize = 64 * 1024;

/// The lines of one or more logs, in order.
#[derive(Debug)]
pub struct Input {
    sources: Vec<Source>,
    stop: AtomicBool,
    lines_read: AtomicU64,
    bytes_read: AtomicU64,
    pace: Option<Pace>,
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
        Lines::of(self)
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
