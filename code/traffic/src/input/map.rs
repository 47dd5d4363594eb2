//! The log as memory: nothing is read and nothing is copied, the pages of the file are looked at.
//!
//! What is divided between threads is bytes. The files are cut into numbered *chunks* of equal size, and a
//! chunk has the lines behind the newlines that stand in it: the last of them ends in the next chunk, or starts
//! there. So every line is in exactly one chunk, and where a chunk's first line starts is found by looking into
//! the chunk alone, in any order and by any thread. (Hadoop cuts the input of its map tasks by the same rule.)

use std::ops::Range;

use memchr::memchr;
use memmap2::{Mmap, MmapOptions, UncheckedAdvice};

use super::cut::Guard;
use super::log::Input;
use super::place::Place;
use super::raw::LINE_BYTES_MAX;
use super::source::{CUT, Content, Source};
use crate::error::Error;

/// The largest chunk: it fits the L2 cache, and taking one costs nothing beside working on it.
const CHUNK_BYTES_MAX: u64 = 256 * 1024;

/// The smallest chunk whose pages are worth a system call to give back.
const GIVEN_BACK_BYTES_MIN: usize = 64 * 1024;

/// What is told of a file that was cut off while it was looked at. A line is handed out where it stands, and
/// what has been made of it cannot be taken back when it turns out to have lost its end meanwhile.
const CUT_MAPPED: &str = "it was cut short while it was read (the line at which each worker was then may be counted wrong)";

/// A short log is cut into so many chunks all the same, so that there is something to divide.
const CHUNKS_MIN: u64 = 64;

/// An [`Input`] in memory.
#[derive(Debug)]
pub struct Mapped<'a> {
    input: &'a Input,
    files: Vec<File<'a>>,
    chunk_bytes: u64,
    /// The number of each file's first chunk, and at the end the number of all chunks.
    first_chunks: Vec<u64>,
}

/// A mapped file.
#[derive(Debug)]
struct File<'a> {
    source: &'a Source,
    file: &'a std::fs::File,
    // Dropped in this order.
    guard: Guard,
    map: Mmap,
}

/// A part of a mapped file: the lines behind the newlines in it, and in the first the first line.
///
/// Dropping it gives the file's pages back, so that a program holds no more of a log than it works on. A
/// borrowed line stays valid all the same, and costs a page fault when it is looked at again.
#[derive(Debug)]
pub struct Chunk<'a> {
    input: &'a Input,
    file: &'a File<'a>,
    number: usize,
    range: Range<usize>,
}

/// An iterator over the lines of a [`Chunk`], without their line endings, and where each stands.
///
/// They are credited to [`Input::progress`] when it is dropped: threads that did it for each line would
/// pass one cache line around all the time.
#[derive(Debug)]
pub struct ChunkLines<'a> {
    input: &'a Input,
    file: &'a File<'a>,
    number: usize,
    bytes: &'a [u8],
    /// Where the first line starts, and where the next one does.
    begin: usize,
    at: usize,
    /// The last line starts here at the latest: its newline before stands in the chunk.
    end: usize,
    lines: u64,
}

impl Input {
    /// Maps all files into memory. Lines that are found there have no pace of their own (see
    /// [`Input::paced`]).
    ///
    /// # Errors
    ///
    /// If the operating system refuses, or it is not [spooled](Input::open_spooled).
    pub fn map(&self) -> Result<Mapped<'_>, Error> {
        let chunk_bytes = self
            .len_bytes()
            .div_ceil(CHUNKS_MIN)
            .clamp(1, CHUNK_BYTES_MAX);
        let mut first_chunks = vec![0];
        let mut files = Vec::new();
        let mut chunks = 0;
        for source in &self.sources {
            let file = File::map(source)?;
            chunks += (file.map.len() as u64).div_ceil(chunk_bytes);
            first_chunks.push(chunks);
            files.push(file);
        }
        Ok(Mapped {
            input: self,
            files,
            chunk_bytes,
            first_chunks,
        })
    }
}

impl Mapped<'_> {
    /// How many chunks there are, numbered from 0 in the order of the log.
    pub fn chunks(&self) -> u64 {
        self.first_chunks[self.files.len()]
    }

    /// The numbers of all chunks, divided into so many contiguous spans of nearly equal length.
    pub fn spans(&self, parts: usize) -> impl Iterator<Item = Range<u64>> {
        let (chunks, parts) = (self.chunks(), parts as u64);
        (0..parts).map(move |part| chunks * part / parts..chunks * (part + 1) / parts)
    }

    /// The chunk of this number, or nothing when the input was ended early.
    ///
    /// # Panics
    ///
    /// If there is no such chunk.
    pub fn chunk(&self, number: u64) -> Option<Chunk<'_>> {
        if self.input.is_stopped() {
            return None;
        }
        // Files without chunks have the same first number as the next one, which is the one we want.
        let at = self.first_chunks.partition_point(|&first| first <= number) - 1;
        let file = &self.files[at];
        let begin = (number - self.first_chunks[at]) * self.chunk_bytes;
        let end = (begin + self.chunk_bytes).min(file.map.len() as u64);
        Some(Chunk {
            input: self.input,
            file,
            number: at,
            range: in_memory(begin)..in_memory(end),
        })
    }
}

impl<'a> Chunk<'a> {
    /// The chunk's bytes as they stand: its ends are in the middle of lines.
    pub fn bytes(&self) -> &'a [u8] {
        &self.file.map[self.range.clone()]
    }

    /// The lines of this chunk.
    pub fn lines(&self) -> ChunkLines<'a> {
        let Range { start, end } = self.range;
        let begin = match start {
            0 => 0,
            _ => match memchr(b'\n', self.bytes()) {
                Some(newline) => start + newline + 1,
                None => {
                    self.file.notices_a_cut();
                    self.file.map.len() // the middle of a very long line
                }
            },
        };
        ChunkLines {
            input: self.input,
            file: self.file,
            number: self.number,
            bytes: &self.file.map,
            begin,
            at: begin,
            end,
            lines: 0,
        }
    }
}

impl<'a> ChunkLines<'a> {
    /// The bytes from the next line to the end of the chunk, and where they stand: for those who look at many
    /// lines at once. All their newlines end lines of this chunk, which are shorter than [`LINE_BYTES_MAX`]; what
    /// is behind the last is the begin of a line that goes on.
    pub fn ahead(&self) -> (Place, &'a [u8]) {
        let place = Place {
            file: self.number,
            offset: self.at as u64,
        };
        (place, self.bytes.get(self.at..self.end).unwrap_or(&[]))
    }

    /// Goes on behind lines that were looked at [ahead](Self::ahead): how many they are, and their bytes, newlines
    /// included. It is told if the file has lost them meanwhile.
    ///
    /// # Panics
    ///
    /// If there are not so many bytes ahead.
    pub fn pass(&mut self, lines: usize, bytes: usize) {
        assert!(bytes <= self.ahead().1.len(), "what is passed is ahead");
        self.lines += lines as u64;
        self.at += bytes;
        // The newline was there when it was looked at.
        if bytes > 0 && self.bytes[self.at - 1] != b'\n' {
            self.file.notices_a_cut();
        }
    }
}

impl<'a> Iterator for ChunkLines<'a> {
    type Item = (Place, &'a [u8]);

    #[inline]
    fn next(&mut self) -> Option<(Place, &'a [u8])> {
        if self.at > self.end || self.at >= self.bytes.len() {
            return None;
        }
        let place = Place {
            file: self.number,
            offset: self.at as u64,
        };
        let rest = &self.bytes[self.at..];
        let mut line = match memchr(b'\n', rest) {
            Some(len) => &rest[..len],
            None if self.file.notices_a_cut() => return None,
            None => rest,
        };
        self.at += line.len() + 1;
        self.lines += 1;
        if line.len() >= LINE_BYTES_MAX {
            line = &line[..LINE_BYTES_MAX];
            self.input.has_cut();
        }
        Some((place, line.strip_suffix(b"\r").unwrap_or(line)))
    }
}

impl Drop for ChunkLines<'_> {
    fn drop(&mut self) {
        // The last line of a file may have no newline.
        let bytes = self.at.min(self.bytes.len()) - self.begin;
        self.input.has_read(self.lines, bytes as u64);
    }
}

impl Drop for Chunk<'_> {
    #[expect(
        unsafe_code,
        reason = "that pages are not needed now is advice that std has no word for"
    )]
    fn drop(&mut self) {
        let Range { start, end } = self.range;
        if end - start < GIVEN_BACK_BYTES_MIN {
            return;
        }
        // SAFETY: this would be able to change memory that is private to us. A read-only map of a file has
        // none: a second look at these bytes gets the same ones, from the file.
        let given_back = unsafe {
            (self.file.map).unchecked_advise_range(UncheckedAdvice::DontNeed, start, end - start)
        };
        // Advice that is not taken costs memory that the system can take back when it needs it.
        let _ = given_back;
    }
}

impl<'a> File<'a> {
    #[expect(
        unsafe_code,
        reason = "memory that a file shows through can change under a reference, which no type can prevent"
    )]
    fn map(source: &'a Source) -> Result<File<'a>, Error> {
        let failed = |err| source.failed(err);
        let Content::File(file, end) = &source.content else {
            return Err(Error::ReadOnce {
                path: source.name.clone(),
            });
        };
        let len = file.metadata().map_err(failed)?.len().min(*end);
        if len < *end {
            source.set_damaged(CUT); // since it was opened
        }
        // SAFETY: the map is read-only and the file outlives it. Two things remain that other programs can do.
        // If one cuts the file off under our feet, zeros take the place of what is gone, and the line that they
        // begin in is not looked at: the guard sees to it. (Logs are moved away and not cut off, unless
        // logrotate is told `copytruncate`.) If one overwrites what it had written, a line may be seen half
        // changed: it is bytes to us, whatever they are, and of no byte do we look at a second time what the
        // first look found.
        let map = unsafe { MmapOptions::new().len(in_memory(len)).map(file) };
        let map = map.map_err(failed)?;
        Ok(File {
            source,
            file,
            guard: Guard::over(&map),
            map,
        })
    }

    /// Whether the file has lost its end since it was mapped: asked where a line has none.
    #[cold]
    fn notices_a_cut(&self) -> bool {
        let is_shorter = |file: std::fs::Metadata| file.len() < self.map.len() as u64;
        let is_cut = self.guard.is_cut() || self.file.metadata().is_ok_and(is_shorter);
        if is_cut {
            self.source.set_damaged(CUT_MAPPED);
        }
        is_cut
    }
}

/// A length or an offset of something that is mapped, and so fits.
fn in_memory(bytes: u64) -> usize {
    usize::try_from(bytes).expect("a file that fits the address space")
}
