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
    let mut out = BufWriter::with_capacity(CHUNK_BYTES, Spool::to(&file));
    let (mut bytes, mut told) = (0, 0);
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

/// A temporary file that leaves the disk some room.
pub(super) struct Spool<'a> {
    file: &'a File,
    free_bytes_min: u64,
    /// Bytes that may be written before the disk is looked at.
    unseen_bytes: u64,
}

impl<'a> Spool<'a> {
    pub fn to(file: &'a File) -> Spool<'a> {
        Spool {
            file,
            free_bytes_min: LEFT_FREE_BYTES,
            unseen_bytes: LOOK_BYTES,
        }
    }
}

impl Write for Spool<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.unseen_bytes == 0 {
            // A system that does not say lets us find out.
            let free = rustix::fs::fstatvfs(self.file)
                .map_or(u64::MAX, |disk| disk.f_bavail.saturating_mul(disk.f_frsize));
            if free < self.free_bytes_min {
                return Err(ErrorKind::StorageFull.into());
            }
            self.unseen_bytes = LOOK_BYTES;
        }
        let len = self.file.write(bytes)?;
        self.unseen_bytes = self.unseen_bytes.saturating_sub(len as u64);
        Ok(len)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

pub(super) fn temporary() -> Result<File, Error> {
    tempfile::tempfile().map_err(spool_failed)
}

pub(super) fn spool_failed(source: io::Error) -> Error {
    match source.kind() {
        ErrorKind::StorageFull => Error::DiskFull {
            folder: std::env::temp_dir(),
            left_mib: LEFT_FREE_BYTES >> 20,
        },
        _ => Error::System {
            what: "cannot write a temporary file",
            source,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_not_filled() {
        let file = temporary().unwrap();
        let spool = |free_bytes_min| Spool {
            free_bytes_min,
            unseen_bytes: 3,
            ..Spool::to(&file)
        };
        let mut full = spool(u64::MAX);
        assert_eq!(full.write(b"abc").unwrap(), 3, "a short log finds room");
        let told = spool_failed(full.write(b"d").unwrap_err()).to_string();
        assert!(told.contains("less than 512 MiB left"), "{told}");
        let mut empty = spool(0);
        empty.write_all(b"abcdef").unwrap();
        empty.write_all(b"g").unwrap();
    }
}
