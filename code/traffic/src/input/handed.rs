//! A log that is open already, looked at by others than the process that opened it.
//!
//! What was opened, unpacked, spooled and limited once is handed on as it is: open files, which a process may
//! give to another. What the others saw of it is added here, so that it is told as if it had been seen here.

use std::fs::File;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::log::Input;
use super::source::{Content, Source};
use crate::error::Error;

/// One open file of a log.
#[derive(Debug)]
pub struct OpenFile {
    /// As the user named it.
    pub name: PathBuf,
    /// The file.
    pub file: File,
    /// Where the log ends in it; earlier than the file does when the number of lines is limited.
    pub end: u64,
}

/// What was seen of a log besides its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Lines of which only the beginning was looked at.
    pub lines_cut: u64,
    /// The files that could not be read to their end, by their numbers, and why.
    pub damages: Vec<(usize, String)>,
}

impl Input {
    /// All files once more, in order.
    ///
    /// # Errors
    ///
    /// If it is not [spooled](Input::open_spooled), or the system gives no more descriptors.
    pub fn open_files(&self) -> Result<Vec<OpenFile>, Error> {
        let again = |source: &Source| match &source.content {
            Content::File(file, end) => Ok(OpenFile {
                name: source.name.clone(),
                file: file.try_clone().map_err(|err| source.failed(err))?,
                end: *end,
            }),
            Content::Stream(..) => Err(Error::ReadOnce {
                path: source.name.clone(),
            }),
        };
        self.sources.iter().map(again).collect()
    }

    /// A log of files that are open.
    ///
    /// # Errors
    ///
    /// If the system does not say how long one of them is.
    pub fn of_open_files(files: Vec<OpenFile>) -> Result<Input, Error> {
        let source = |OpenFile { name, file, end }| {
            let mut source = Source::whole(name.clone(), file)
                .map_err(|source| Error::Read { path: name, source })?;
            if let Content::File(_, len) = &mut source.content {
                *len = end;
            }
            Ok(source)
        };
        let sources = files.into_iter().map(source).collect::<Result<_, _>>()?;
        Ok(Input::of(sources, None))
    }

    /// Credits lines and bytes that others have read of the same files.
    pub fn was_read(&self, lines: u64, bytes: u64) {
        self.has_read(lines, bytes);
    }

    /// What was seen here.
    pub fn seen(&self) -> Seen {
        let damage =
            |(number, source): (usize, &Source)| Some((number, source.damage()?.to_owned()));
        Seen {
            lines_cut: self.lines_cut(),
            damages: self.sources.iter().enumerate().filter_map(damage).collect(),
        }
    }

    /// Adds what others have seen of the same files.
    pub fn was_seen(&self, seen: &Seen) {
        (0..seen.lines_cut).for_each(|_| self.has_cut());
        for (number, why) in &seen.damages {
            if let Some(source) = self.sources.get(*number) {
                source.set_damaged(why);
            }
        }
    }
}
