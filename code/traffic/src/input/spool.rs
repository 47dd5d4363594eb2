//! Logs that can only be read once, or not as they are, copied into temporary files.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;

use super::source::Source;
use super::{CHUNK_BYTES, Spooling};
use crate::error::Error;

/// What a gzip member starts with.
pub(super) const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Copies what can only be read once into a file, unpacked if it is compressed.
pub(super) fn spool(name: PathBuf, from: impl Read, spooling: Spooling) -> Result<Source, Error> {
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

pub(super) fn temporary() -> Result<File, Error> {
    tempfile::tempfile().map_err(spool_failed)
}

pub(super) fn spool_failed(source: std::io::Error) -> Error {
    Error::System {
        what: "cannot write a temporary file",
        source,
    }
}
