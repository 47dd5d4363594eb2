//! From a name to a log that can be read.

use std::fs::File;
use std::io::{self, BufReader, Cursor, ErrorKind, Read};
use std::path::Path;

use super::pipe::Pipe;
use super::source::{CHUNK_BYTES, Source};
use crate::error::Error;
use crate::packed::{Packing, unpacked};

/// Called while input is waited for or spooled, with the bytes so far; `false` ends it early.
pub type Spooling<'a> = &'a mut dyn FnMut(u64) -> bool;

/// Opens a log: `-` is standard input. What has to be waited for is, unless no line of it is wanted.
pub(super) fn open(name: &Path, is_wanted: bool, waiting: Spooling) -> Result<Source, Error> {
    let failed = |source| Error::Read {
        path: name.to_owned(),
        source,
    };
    if name == Path::new("-") {
        let name = Path::new("standard input");
        return stream(name, is_wanted, waiting, || Ok(io::stdin()));
    }
    let metadata = std::fs::metadata(name).map_err(failed)?;
    if metadata.is_dir() {
        return Err(failed(ErrorKind::IsADirectory.into()));
    }
    // Files that the kernel makes up as they are read have no length, either.
    if !metadata.is_file() || metadata.len() == 0 {
        let path = name.to_owned();
        return stream(name, is_wanted, waiting, || File::open(path));
    }
    let file = File::open(name).map_err(failed)?;
    let mut head = [0; CHUNK_BYTES];
    let len = std::os::unix::fs::FileExt::read_at(&file, &mut head, 0).map_err(failed)?;
    match Packing::of(&head[..len]).readable(name, "-")? {
        Packing::Gzip => {
            let reader = BufReader::with_capacity(CHUNK_BYTES, file);
            Ok(Source::stream(
                name.to_owned(),
                unpacked(name, "-", reader)?,
            ))
        }
        _ => Source::whole(name.to_owned(), file).map_err(failed),
    }
}

/// A stream whose first bytes have been waited for: they say whether it is compressed.
fn stream<R: Read>(
    name: &Path,
    is_wanted: bool,
    waiting: Spooling,
    open: impl FnOnce() -> io::Result<R> + Send + 'static,
) -> Result<Source, Error> {
    let nothing = || Source::stream(name.to_owned(), Box::new(io::empty()));
    if !is_wanted {
        return Ok(nothing());
    }
    let mut pipe = Pipe::of(open)?;
    let mut head = Vec::new();
    let mut chunk = [0; 64];
    while Packing::is_open(&head) {
        match pipe.read(&mut chunk) {
            Ok(0) => break,
            Ok(len) => head.extend_from_slice(&chunk[..len]),
            Err(err) if err.kind() == ErrorKind::WouldBlock => {
                if !waiting(head.len() as u64) {
                    return Ok(nothing()); // a few bytes without a newline are no line
                }
            }
            Err(source) => {
                return Err(Error::Read {
                    path: name.to_owned(),
                    source,
                });
            }
        }
    }
    let reader = BufReader::with_capacity(CHUNK_BYTES, Cursor::new(head).chain(pipe));
    Ok(Source::stream(
        name.to_owned(),
        unpacked(name, "-", reader)?,
    ))
}
