//! Compressed files, told by their first bytes and not by their names.
//!
//! gzip is what log rotation makes, and is read. What else is met now and then is told by its name, with the
//! pipe to use: each of these is a program that its users have.

mod members;

use std::io::{BufRead, Read};
use std::path::Path;

use crate::error::Error;

use members::{GZIP, Members};

/// What other files start with, what packed them, and what unpacks them to standard output.
const OTHERS: [(&[u8], &str, &str); 7] = [
    (&[0x28, 0xb5, 0x2f, 0xfd], "zstd", "zstd -dc"),
    (&[0xfd, b'7', b'z', b'X', b'Z', 0], "xz", "xz -dc"),
    // A log could begin with the first three of these, and with the first block's mark it does not.
    (b"BZh91AY&SY", "bzip2", "bzip2 -dc"),
    (&[0x04, 0x22, 0x4d, 0x18], "lz4", "lz4 -dc"),
    (&[0x1f, 0x9d], "compress", "gzip -dc"),
    (b"LZIP\x01", "lzip", "lzip -dc"),
    (b"PK\x03\x04", "zip", "unzip -p"),
];

/// The bzip2 header's fourth byte is the size of its blocks: any digit but 0.
const BZIP2_LEVEL_AT: usize = 3;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// As it is.
    Plain,
    /// By gzip.
    Gzip,
    /// By something that is not read here: its name, and what unpacks it.
    Other(&'static str, &'static str),
}

impl Packing {
    /// What a file that begins with these bytes is packed by.
    pub fn of(head: &[u8]) -> Packing {
        if head.starts_with(GZIP) {
            return Packing::Gzip;
        }
        let other = OTHERS
            .iter()
            .find(|(magic, ..)| head.len() >= magic.len() && begins(head, magic));
        other.map_or(Packing::Plain, |&(_, name, unpack)| {
            Packing::Other(name, unpack)
        })
    }

    /// Whether more bytes behind these could make it a packed file.
    pub fn is_open(head: &[u8]) -> bool {
        let magics = OTHERS.iter().map(|&(magic, ..)| magic);
        (magics.chain([GZIP])).any(|magic| head.len() < magic.len() && begins(head, magic))
    }

    /// Whether it can be read here.
    ///
    /// # Errors
    ///
    /// One sentence with the pipe to use, if not, and with the name that it is read by.
    pub fn readable(self, name: &Path, pipe: &'static str) -> Result<Packing, Error> {
        match self {
            Packing::Other(packing, unpack) => Err(Error::Packed {
                path: name.to_owned(),
                packing,
                unpack,
                pipe,
            }),
            known => Ok(known),
        }
    }
}

/// Whether both agree as far as both go.
fn begins(head: &[u8], magic: &[u8]) -> bool {
    let is_bzip2 = magic.starts_with(b"BZh");
    head.iter()
        .zip(magic)
        .enumerate()
        .all(|(at, (byte, expected))| {
            byte == expected || is_bzip2 && at == BZIP2_LEVEL_AT && matches!(byte, b'1'..=b'9')
        })
}

/// The bytes of a file that may be packed, and the first of which are looked at without being taken.
///
/// # Errors
///
/// If they cannot be read, or are packed by what is not read here.
pub(crate) fn unpacked<R: BufRead + Send + 'static>(
    name: &Path,
    pipe: &'static str,
    mut reader: R,
) -> Result<Box<dyn Read + Send>, Error> {
    let head = reader.fill_buf().map_err(|source| Error::Read {
        path: name.to_owned(),
        source,
    })?;
    Ok(match Packing::of(head).readable(name, pipe)? {
        Packing::Gzip => Box::new(Members::of(reader)),
        _ => Box::new(reader),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_files_are_told_by_their_first_bytes() {
        for (head, name) in [
            (&[0x28, 0xb5, 0x2f, 0xfd, 0x24][..], "zstd"),
            (b"\xfd7zXZ\0\0\x04", "xz"),
            (b"BZh91AY&SY\x1a", "bzip2"),
            (b"PK\x03\x04\x14\0", "zip"),
        ] {
            let Packing::Other(other, unpack) = Packing::of(head) else {
                panic!("{name} is not told");
            };
            assert_eq!(other, name);
            let path = Path::new("a.log");
            let sentence = Packing::of(head)
                .readable(path, "-")
                .unwrap_err()
                .to_string();
            assert!(
                sentence.contains(&format!("`{unpack} a.log | ")),
                "{sentence}"
            );
            for len in 0..3 {
                assert_eq!(Packing::of(&head[..len]), Packing::Plain);
                assert!(Packing::is_open(&head[..len]), "{name} after {len} bytes");
            }
            assert!(!Packing::is_open(head));
        }
        assert_eq!(Packing::of(b"\x1f\x8b\x08"), Packing::Gzip);
        for plain in [&b"BZhost - - ["[..], b"1.2.3.4 - - [", b"{}", b"PK"] {
            assert_eq!(Packing::of(plain), Packing::Plain);
        }
    }
}
