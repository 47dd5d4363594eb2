//! One log as a file that any thread can read anywhere.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::spool::{GZIP_MAGIC, spool, spool_failed};
use super::{CHUNK_BYTES, Spooling};
use crate::error::Error;

/// A log as a file of a known size.
#[derive(Debug)]
pub(super) struct Source {
    /// As the user named it.
    pub name: PathBuf,
    pub file: File,
    /// Where it ends; earlier than the file does when the number of lines is limited.
    pub len: u64,
}

impl Source {
    pub fn open(name: &Path, spooling: Spooling) -> Result<Source, Error> {
        let failed = |source| Error::Read {
            path: name.to_owned(),
            source,
        };
        if name == Path::new("-") {
            return spool("standard input".into(), std::io::stdin().lock(), spooling);
        }
        let mut file = File::open(name).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        if metadata.is_dir() {
            return Err(failed(std::io::ErrorKind::IsADirectory.into()));
        }
        if !metadata.is_file() {
            return spool(name.to_owned(), file, spooling); // a pipe
        }
        let mut magic = Vec::new();
        (&mut file)
            .take(2)
            .read_to_end(&mut magic)
            .map_err(failed)?;
        file.rewind().map_err(failed)?;
        if magic == GZIP_MAGIC {
            return spool(name.to_owned(), file, spooling);
        }
        Source::whole(name.to_owned(), file)
    }

    pub fn whole(name: PathBuf, file: File) -> Result<Source, Error> {
        let len = file.metadata().map_err(spool_failed)?.len();
        Ok(Source { name, file, len })
    }

    /// Cuts the file off behind its first `left` lines, and takes those off `left`.
    pub fn limit(&mut self, left: &mut u64) -> Result<(), Error> {
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

    pub fn reader(&self) -> ReadAt<'_> {
        ReadAt {
            file: &self.file,
            offset: 0,
            end: self.len,
        }
    }

    pub fn failed(&self, source: std::io::Error) -> Error {
        Error::Read {
            path: self.name.clone(),
            source,
        }
    }
}

/// Reads a shared file without moving a shared cursor.
#[derive(Debug)]
pub(super) struct ReadAt<'a> {
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
