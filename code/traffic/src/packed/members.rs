//! A gzip file: members one behind another, and zeros behind the last.
//!
//! What can be unpacked is handed out before an error is; a reader that stops at the first error has all
//! that there is.

use std::io::{self, BufRead, ErrorKind, Read};

use flate2::bufread::GzDecoder;

/// What a member starts with.
pub(super) const GZIP: &[u8] = &[0x1f, 0x8b];

/// Unpacks the members of a gzip file.
///
/// The errors are told apart by their kinds: [`ErrorKind::UnexpectedEof`] if the file ends too early,
/// [`ErrorKind::InvalidData`] if what stands behind a whole member is no other one, and
/// [`ErrorKind::InvalidInput`] if a member is damaged. [`ErrorKind::WouldBlock`] is the reader's own, and
/// reading may go on later.
pub(crate) enum Members<R> {
    /// Inside a member.
    Inside(GzDecoder<R>),
    /// Behind one.
    Behind(R),
    /// Behind the last one, or behind an error.
    Ended,
}

impl<R: BufRead> Members<R> {
    /// The members of this file, which begins with one.
    pub fn of(reader: R) -> Members<R> {
        Members::Inside(GzDecoder::new(reader))
    }
}

/// Whether another member stands behind one.
fn has_next(reader: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let rest = reader.fill_buf()?;
        match rest.iter().position(|&byte| byte != 0) {
            _ if rest.is_empty() => return Ok(false),
            Some(0) if rest[0] == GZIP[0] => return Ok(true),
            Some(0) => {
                let what = "what stands behind its end is not gzip";
                return Err(io::Error::new(ErrorKind::InvalidData, what));
            }
            // Tapes and block devices are written in whole blocks, filled up with zeros.
            zeros => {
                let zeros = zeros.unwrap_or(rest.len());
                reader.consume(zeros);
            }
        }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(self, Members::Ended) {
                Members::Ended => return Ok(0),
                Members::Inside(mut member) => match member.read(into) {
                    Ok(0) => *self = Members::Behind(member.into_inner()),
                    Ok(len) => {
                        *self = Members::Inside(member);
                        return Ok(len);
                    }
                    Err(err) if is_passing(&err) => {
                        *self = Members::Inside(member);
                        return Err(err);
                    }
                    Err(err) => return Err(told(err)),
                },
                Members::Behind(mut reader) => match has_next(&mut reader) {
                    Ok(true) => *self = Members::of(reader),
                    Ok(false) => {}
                    Err(err) => {
                        if is_passing(&err) {
                            *self = Members::Behind(reader);
                        }
                        return Err(err);
                    }
                },
            }
        }
    }
}

/// Whether reading can go on behind it.
fn is_passing(err: &io::Error) -> bool {
    matches!(err.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

/// The error as a person says it.
fn told(err: io::Error) -> io::Error {
    match err.kind() {
        ErrorKind::UnexpectedEof => io::Error::new(err.kind(), "it ends too early"),
        ErrorKind::InvalidInput | ErrorKind::InvalidData => {
            io::Error::new(ErrorKind::InvalidInput, format!("it is damaged: {err}"))
        }
        _ => err,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Write};

    use super::*;

    fn member(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// A reader that hands out a byte at a time, and has nothing ready before each.
    struct Hesitant<'a>(&'a [u8], bool);

    impl Read for Hesitant<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            self.1 = !self.1;
            if self.1 {
                return Err(ErrorKind::WouldBlock.into());
            }
            let len = self.0.len().min(1).min(into.len());
            into[..len].copy_from_slice(&self.0[..len]);
            self.0 = &self.0[len..];
            Ok(len)
        }
    }

    /// All that can be read, and the error that ended it.
    fn read_all(mut reader: impl Read) -> (Vec<u8>, Option<ErrorKind>) {
        let (mut read, mut chunk) = (Vec::new(), [0; 1000]);
        loop {
            match reader.read(&mut chunk) {
                Ok(0) => return (read, None),
                Ok(len) => read.extend_from_slice(&chunk[..len]),
                Err(err) if err.kind() == ErrorKind::WouldBlock => {}
                Err(err) => {
                    assert!(matches!(reader.read(&mut chunk), Ok(0)), "it has ended");
                    return (read, Some(err.kind()));
                }
            }
        }
    }

    /// Reads at once and a byte at a time, which must not make a difference.
    fn members(file: &[u8]) -> (Vec<u8>, Option<ErrorKind>) {
        let slow = read_all(Members::of(BufReader::with_capacity(
            7,
            Hesitant(file, false),
        )));
        let at_once = read_all(Members::of(file));
        assert_eq!((&slow.0, slow.1), (&at_once.0, at_once.1));
        at_once
    }

    #[test]
    fn members_follow_one_another_and_zeros_are_padding() {
        let [one, two] = [member(b"one\n"), member(b"two\n")];
        for file in [
            [&one[..], &two].concat(),
            [&one[..], &two, &[0; 5000]].concat(),
            [&one[..], &[0; 3], &two, &[0]].concat(),
        ] {
            assert_eq!(members(&file), (b"one\ntwo\n".to_vec(), None));
        }
    }

    #[test]
    fn what_is_behind_the_last_member_is_told() {
        let one = member(b"one\n");
        for garbage in [&b"x"[..], b"\0\0x", b"\n"] {
            let file = [&one[..], garbage].concat();
            assert_eq!(
                members(&file),
                (b"one\n".to_vec(), Some(ErrorKind::InvalidData))
            );
        }
    }

    #[test]
    fn as_much_is_read_as_there_is() {
        let text: Vec<u8> = (0..20_000_u32)
            .flat_map(|n| format!("line {n}\n").into_bytes())
            .collect();
        let whole = member(&text);
        for len in [
            1,
            5,
            9,
            12,
            1_000,
            whole.len() / 2,
            whole.len() - 9,
            whole.len() - 1,
        ] {
            let (read, err) = members(&whole[..len]);
            assert_eq!(err, Some(ErrorKind::UnexpectedEof), "after {len} bytes");
            assert!(text.starts_with(&read));
            // The decoder holds back one block at most.
            assert!(read.len() + 200_000 >= text.len() * len / whole.len());
        }
        let mut damaged = whole.clone();
        let end = damaged.len();
        damaged[end - 6] ^= 1;
        assert_eq!(members(&damaged), (text, Some(ErrorKind::InvalidInput)));
    }
}
