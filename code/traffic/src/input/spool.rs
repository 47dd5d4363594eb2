//! Logs that can only be read once, copied into temporary files for steps that read them anywhere.

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};

use super::open::Spooling;
use super::raw::{LINE_BYTES_MAX, RawLines};
use super::source::{CHUNK_BYTES, Source};
use crate::error::Error;

/// The disk is looked at each time that so many bytes have been written.
const LOOK_BYTES: u64 = 16 << 20;

/// So many bytes of a disk are left to others: what is endless is not to fill it.
const LEFT_FREE_BYTES: u64 = 512 << 20;

/// Copies the first lines of a stream into a file, and takes them off `left`.
///
/// Lines are cut as they are when they are read ([`LINE_BYTES_MAX`]).
pub(super) fn spool(
    stream: &Source,
    left: &mut Option<u64>,
    spooling: Spooling,
) -> Result<Source, Error> {
    let mut lines = RawLines::of(stream.reader()?);
    let file = temporary()?;
    let mut out = BufWriter::with_capacity(CHUNK_BYTES, &file);
    let (mut bytes, mut told, mut looked) = (0, 0, 0);
    while *left != Some(0) {
        let line = match lines.next() {
            Ok(Some(line)) => line,
            Ok(None) => break,
            Err(err) if err.kind() == ErrorKind::WouldBlock => {
                if spooling(bytes) {
                    continue;
                }
                break;
            }
            Err(err) => {
                stream.set_damaged(&err.to_string());
                break;
            }
        };
        out.write_all(&line.bytes).map_err(spool_failed)?;
        bytes += line.bytes.len() as u64;
        if line.bytes.len() == LINE_BYTES_MAX && !line.bytes.ends_with(b"\n") {
            out.write_all(b"\n").map_err(spool_failed)?;
        }
        if let Some(left) = left {
            *left -= 1;
        }
        if bytes >= looked + LOOK_BYTES {
            has_room(&file)?;
            looked = bytes;
        }
        if bytes >= told + CHUNK_BYTES as u64 {
            if !spooling(bytes) {
                break;
            }
            told = bytes;
        }
    }
    out.flush().map_err(spool_failed)?;
    drop(out);
    let source = Source::whole(stream.name.clone(), file).map_err(spool_failed)?;
    if let Some(why) = stream.damage() {
        source.set_damaged(why);
    }
    Ok(source)
}

/// Whether the disk has room for more.
fn has_room(file: &File) -> Result<(), Error> {
    let Ok(disk) = rustix::fs::fstatvfs(file) else {
        return Ok(()); // a system that does not say lets us find out
    };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    if free < LEFT_FREE_BYTES {
        return Err(Error::DiskFull {
            folder: std::env::temp_dir(),
            left_mib: LEFT_FREE_BYTES >> 20,
        });
    }
    Ok(())
}

pub(super) fn temporary() -> Result<File, Error> {
    tempfile::tempfile().map_err(spool_failed)
}

pub(super) fn spool_failed(source: io::Error) -> Error {
    Error::System {
        what: "cannot write a temporary file",
        source,
    }
}
