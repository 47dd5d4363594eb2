//! One log: a file that any thread can read anywhere, or a stream that one can read once.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::error::Error;

/// One chunk of reading: large enough that the system call is cheap, small enough for the L2 cache.
pub(super) const CHUNK_BYTES: usize = 64 * 1024;

/// What is told of a file that ended before its end.
pub(super) const CUT: &str = "it was cut short while it was read";

/// As much of a log's beginning as is looked at to tell what it is.
const SAMPLE_BYTES: usize = 16 * 1024;

/// A log.
#[derive(Debug)]
pub(super) struct Source {
    /// As the user named it.
    pub name: PathBuf,
    pub content: Content,
    /// Why it could not be read to its end.
    damage: OnceLock<String>,
}

/// What a log is read from.
#[derive(Debug)]
pub(super) enum Content {
    /// A file and where it ends; earlier than it does when the number of lines is limited.
    File(File, u64),
    /// Something that can be read once, and its beginning as far as it has been read.
    Stream(Mutex<Option<Stream>>, Sample),
}

/// The beginning of a stream.
type Sample = Arc<Mutex<Vec<u8>>>;

/// What can be read once.
pub(super) struct Stream {
    reader: Box<dyn Read + Send>,
    sample: Sample,
}

impl Source {
    pub fn whole(name: PathBuf, file: File) -> io::Result<Source> {
        let len = file.metadata()?.len();
        Ok(Source::of(name, Content::File(file, len)))
    }

    pub fn stream(name: PathBuf, reader: Box<dyn Read + Send>) -> Source {
        let sample = Sample::default();
        let stream = Stream {
            reader,
            sample: Arc::clone(&sample),
        };
        let content = Content::Stream(Mutex::new(Some(stream)), sample);
        Source::of(name, content)
    }

    fn of(name: PathBuf, content: Content) -> Source {
        let damage = OnceLock::new();
        Source {
            name,
            content,
            damage,
        }
    }

    /// How long it is, if that is known before it is read.
    pub fn len(&self) -> Option<u64> {
        match self.content {
            Content::File(_, len) => Some(len),
            Content::Stream(..) => None,
        }
    }

    /// A reader from the beginning, the only one if it is a stream.
    pub fn reader(&self) -> Result<Box<dyn Read + '_>, Error> {
        match &self.content {
            Content::File(file, end) => Ok(Box::new(ReadAt {
                file,
                offset: 0,
                end: *end,
            })),
            Content::Stream(stream, _) => {
                let stream = stream.lock().unwrap_or_else(PoisonError::into_inner).take();
                let stream = stream.ok_or_else(|| Error::ReadOnce {
                    path: self.name.clone(),
                })?;
                Ok(Box::new(stream))
            }
        }
    }

    /// Cuts a file off behind its first `left` lines, and takes those off `left`.
    pub fn limit(&mut self, left: &mut u64) -> Result<(), Error> {
        let mut reader = BufReader::with_capacity(CHUNK_BYTES, self.reader()?);
        let mut end = 0;
        while *left > 0 {
            let len = reader.skip_until(b'\n').map_err(|err| self.failed(err))?;
            if len == 0 {
                break;
            }
            end += len as u64;
            *left -= 1;
        }
        drop(reader);
        if let Content::File(_, len) = &mut self.content {
            *len = end;
        }
        Ok(())
    }

    /// The log's beginning, as much of it as tells what it is, as far as it has been read.
    pub fn sample(&self) -> Vec<u8> {
        match &self.content {
            Content::File(file, end) => {
                let mut sample =
                    vec![0; SAMPLE_BYTES.min(usize::try_from(*end).unwrap_or(usize::MAX))];
                let len = file.read_at(&mut sample, 0).unwrap_or(0);
                sample.truncate(len);
                sample
            }
            Content::Stream(_, sample) => {
                (sample.lock().unwrap_or_else(PoisonError::into_inner)).clone()
            }
        }
    }

    /// How many newlines there are before an offset of a file.
    pub fn newlines(&self, offset: u64) -> Result<u64, Error> {
        let mut reader = self.reader()?.take(offset);
        let (mut newlines, mut chunk) = (0, [0; CHUNK_BYTES]);
        loop {
            match reader.read(&mut chunk).map_err(|err| self.failed(err))? {
                0 => return Ok(newlines),
                len => newlines += memchr::memchr_iter(b'\n', &chunk[..len]).count() as u64,
            }
        }
    }

    /// Notes why it could not be read to its end. The first reason is the one that counts.
    pub fn set_damaged(&self, why: &str) {
        let _ = self.damage.set(why.to_owned());
    }

    /// Why it could not be read to its end, if it could not.
    pub fn damage(&self) -> Option<&str> {
        self.damage.get().map(String::as_str)
    }

    pub fn failed(&self, source: io::Error) -> Error {
        Error::Read {
            path: self.name.clone(),
            source,
        }
    }
}

/// Reads a shared file without moving a shared cursor.
struct ReadAt<'a> {
    file: &'a File,
    offset: u64,
    end: u64,
}

impl Read for ReadAt<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let len = into
            .len()
            .min(usize::try_from(self.end - self.offset).unwrap_or(usize::MAX));
        match self.file.read_at(&mut into[..len], self.offset)? {
            0 if len > 0 => Err(io::Error::new(ErrorKind::UnexpectedEof, CUT)),
            len => {
                self.offset += len as u64;
                Ok(len)
            }
        }
    }
}

impl Read for Stream {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let len = self.reader.read(into)?;
        let mut sample = self.sample.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = len.min(SAMPLE_BYTES - sample.len());
        sample.extend_from_slice(&into[..wanted]);
        Ok(len)
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stream")
    }
}
