//! Open files that are given to another process, over a socket (`SCM_RIGHTS`).
//!
//! So a child gets sockets that no third process can connect to, and files that may have no name any more.

use std::io::{self, ErrorKind, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;

use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, recvmsg, sendmsg,
};

/// How many go with one message; Linux takes 253.
const EACH: usize = 64;

/// What a message says besides: whether there is another one.
const MORE: u8 = 1;
const LAST: u8 = 0;

/// Gives open files to the process at the other end.
///
/// # Errors
///
/// If the system refuses, or there is no process at the other end any more.
pub fn give(socket: &UnixStream, files: &[BorrowedFd]) -> io::Result<()> {
    let mut parts = files.chunks(EACH).peekable();
    loop {
        let part = parts.next().unwrap_or_default();
        let says = if parts.peek().is_some() { MORE } else { LAST };
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(EACH))];
        let mut control = SendAncillaryBuffer::new(&mut space);
        if !part.is_empty() && !control.push(SendAncillaryMessage::ScmRights(part)) {
            return Err(ErrorKind::OutOfMemory.into());
        }
        sendmsg(
            socket,
            &[IoSlice::new(&[says])],
            &mut control,
            SendFlags::empty(),
        )?;
        if says == LAST {
            return Ok(());
        }
    }
}

/// Takes the open files that the process at the other end gives, in their order.
///
/// # Errors
///
/// If the other end is gone, or gives something else.
pub fn take(socket: &UnixStream) -> io::Result<Vec<OwnedFd>> {
    let mut files = Vec::new();
    loop {
        let mut says = [0];
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(EACH))];
        let mut control = RecvAncillaryBuffer::new(&mut space);
        let into = &mut [IoSliceMut::new(&mut says)];
        let message = recvmsg(socket, into, &mut control, RecvFlags::empty())?;
        for part in control.drain() {
            if let RecvAncillaryMessage::ScmRights(part) = part {
                files.extend(part);
            }
        }
        match (message.bytes, says[0]) {
            (0, _) => return Err(ErrorKind::UnexpectedEof.into()),
            (_, MORE) => {}
            (_, LAST) => return Ok(files),
            _ => return Err(ErrorKind::InvalidData.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::{Read, Seek, Write};
    use std::os::fd::AsFd;

    use super::*;

    #[test]
    fn files_arrive_in_their_order_and_without_names() {
        for number in [0, 1, EACH, 2 * EACH + 1] {
            let (here, there) = UnixStream::pair().unwrap();
            let file = |number: usize| {
                let mut file = tempfile::tempfile().unwrap();
                write!(file, "{number}").unwrap();
                file
            };
            let files: Vec<File> = (0..number).map(file).collect();
            let borrowed: Vec<_> = files.iter().map(AsFd::as_fd).collect();
            give(&here, &borrowed).unwrap();
            let taken = take(&there).unwrap();
            let texts = taken.into_iter().map(|file| {
                let (mut file, mut text) = (File::from(file), String::new());
                file.rewind().unwrap();
                file.read_to_string(&mut text).unwrap();
                text
            });
            assert!(texts.eq((0..number).map(|number| number.to_string())));
        }
    }

    #[test]
    fn an_end_is_an_error() {
        let (here, there) = UnixStream::pair().unwrap();
        drop(here);
        assert!(take(&there).is_err());
    }
}
