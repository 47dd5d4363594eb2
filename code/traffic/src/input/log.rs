//! The logs of a run, and how far they have been read.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use super::format::{self, Format};
use super::misread::{self, Misread};
use super::open::{self, Spooling};
use super::place::Place;
use super::source::{CHUNK_BYTES, Content, Source};
use super::spool::{Spool, spool, spool_failed, temporary};
use crate::error::Error;
use crate::generator::{Workload, write_log};
use crate::pace::Pace;

/// The lines of one or more logs, in order.
#[derive(Debug)]
pub struct Input {
    pub(super) sources: Vec<Source>,
    /// How many lines a reader gets at most.
    pub(super) lines_max: Option<u64>,
    pub(super) pace: Option<Pace>,
    stop: AtomicBool,
    lines_read: AtomicU64,
    bytes_read: AtomicU64,
    lines_cut: AtomicU64,
}

impl Input {
    /// Opens logs by name (`-` is standard input), and ends them after `lines_max` lines. What can be read
    /// only once is read as it comes: [`Input::lines`] can be called once then.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or is packed by something else than gzip.
    pub fn open(
        names: &[PathBuf],
        lines_max: Option<u64>,
        waiting: Spooling,
    ) -> Result<Input, Error> {
        let mut sources = Vec::new();
        let mut left = lines_max;
        let mut has_streams = false;
        for name in names {
            let mut source = open::open(name, left != Some(0), waiting)?;
            has_streams |= source.len().is_none();
            // How many lines a stream will take is not known before.
            if let Some(left) = left.as_mut().filter(|_| !has_streams) {
                source.limit(left)?;
            }
            sources.push(source);
        }
        Ok(Input::of(sources, lines_max))
    }

    /// As [`Input::open`], with all that can be read only once spooled: for [`Input::map`], and for whatever
    /// else reads more than once.
    ///
    /// # Errors
    ///
    /// As there, and if the temporary files cannot be written.
    pub fn open_spooled(
        names: &[PathBuf],
        lines_max: Option<u64>,
        spooling: Spooling,
    ) -> Result<Input, Error> {
        let mut sources = Vec::new();
        let mut left = lines_max;
        for name in names {
            let mut source = open::open(name, left != Some(0), spooling)?;
            if source.len().is_none() {
                source = spool(&source, &mut left, spooling)?;
            } else if let Some(left) = &mut left {
                source.limit(left)?;
            }
            sources.push(source);
        }
        Ok(Input::of(sources, lines_max))
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
        let file = temporary()?;
        let mut out = BufWriter::with_capacity(CHUNK_BYTES, Spool::to(&file));
        write_log(workload, seed, lines, &mut out, spooling).map_err(spool_failed)?;
        out.flush().map_err(spool_failed)?;
        drop(out);
        let name = format!("{workload}.log").into();
        let source = Source::whole(name, file).map_err(spool_failed)?;
        Ok(Input::of(vec![source], None))
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
            Source::whole(format!("log-{number}").into(), file).map_err(spool_failed)
        };
        let sources = logs.iter().enumerate().map(source);
        Ok(Input::of(sources.collect::<Result<_, _>>()?, None))
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

    /// Bytes in all files together, as far as they are known: not of what is read as it comes.
    pub fn len_bytes(&self) -> u64 {
        self.sources.iter().filter_map(Source::len).sum()
    }

    /// Whether [`Input::len_bytes`] is all that there is.
    pub fn is_len_known(&self) -> bool {
        self.sources.iter().all(|source| source.len().is_some())
    }

    /// Lines and bytes read so far, by all readers together.
    pub fn progress(&self) -> (u64, u64) {
        (self.lines_read.load(Relaxed), self.bytes_read.load(Relaxed))
    }

    /// The logs that could not be read to their end, and why. What could be read of them was.
    pub fn damages<'a>(&'a self) -> impl Iterator<Item = (&'a Path, &'a str)> {
        let damage = |source: &'a Source| Some((source.name.as_path(), source.damage()?));
        self.sources.iter().filter_map(damage)
    }

    /// How many lines were so long that only their beginnings were looked at
    /// ([`LINE_BYTES_MAX`](super::LINE_BYTES_MAX)).
    pub fn lines_cut(&self) -> u64 {
        self.lines_cut.load(Relaxed)
    }

    /// The logs' names, as the user gave them.
    pub fn names(&self) -> impl Iterator<Item = &Path> {
        self.sources.iter().map(|source| source.name.as_path())
    }

    /// The logs that are in most of their beginning's lines no access logs, and what they look like.
    pub fn wrong_files(&self) -> impl Iterator<Item = (&Path, Format)> {
        self.sources
            .iter()
            .filter_map(|source| Some((source.name.as_path(), format::wrong(&source.sample())?)))
    }

    /// The logs that are in most of their beginning's lines taken for something else than was meant, and how.
    pub fn misread_files(&self) -> impl Iterator<Item = (&Path, Misread)> {
        let misread = |source: &Source| misread::misread(&source.sample());
        (self.sources.iter())
            .filter_map(move |source| Some((source.name.as_path(), misread(source)?)))
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
        let lines_before = match source.content {
            Content::File(..) => source.newlines(place.offset)?,
            Content::Stream(..) => place.offset,
        };
        Ok((source.name.clone(), lines_before + 1))
    }

    /// Credits lines and bytes that were read.
    pub(super) fn has_read(&self, lines: u64, bytes: u64) {
        self.lines_read.fetch_add(lines, Relaxed);
        self.bytes_read.fetch_add(bytes, Relaxed);
    }

    /// Notes that a line was cut.
    pub(super) fn has_cut(&self) {
        self.lines_cut.fetch_add(1, Relaxed);
    }

    pub(super) fn of(sources: Vec<Source>, lines_max: Option<u64>) -> Input {
        Input {
            sources,
            lines_max,
            pace: None,
            stop: AtomicBool::new(false),
            lines_read: AtomicU64::new(0),
            bytes_read: AtomicU64::new(0),
            lines_cut: AtomicU64::new(0),
        }
    }
}
