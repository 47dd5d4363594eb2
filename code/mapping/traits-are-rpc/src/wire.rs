//! Remote procedure call in one file: a stub that looks like the service, and a skeleton that looks
//! like its caller, with a wire between the two.
//!
//! The names are those of Birrell and Nelson (1984), but for the skeleton, which they call the
//! server's stub. A question is a line, `get 17.0.0.1`, and so is its answer,
//! `17.0.0.1 Apple Computer Inc.`, or `-ERR` and a reason. The question's key stands in front of the
//! answer, so that one can tell whose answer it is.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::Ipv4Addr;
use std::thread;
use std::time::Duration;

use crate::directory::{Directory, Holder, Unresolved};

/// No line is longer: who sends more than this without an end is not one of us.
const LINE_BYTES_MAX: u64 = 512;

// ANCHOR: stub
/// The client's end of a wire: it has the face of a directory, and knows nothing.
#[derive(Debug)]
pub struct Stub<S>(Option<BufReader<S>>);

impl<S: Read + Write> Directory for Stub<S> {
    fn holder(&mut self, client: Ipv4Addr) -> Result<Holder, Unresolved> {
        // Put back after a good answer only: what comes too late on this wire must not be taken for
        // the answer to the next question.
        let mut wire = self.0.take().ok_or(Unresolved::Gone)?;
        let holder = ask(&mut wire, client)?;
        self.0 = Some(wire);
        Ok(holder)
    }
}

fn ask<S: Read + Write>(wire: &mut BufReader<S>, client: Ipv4Addr) -> Result<Holder, Unresolved> {
    let question = format!("get {client}\n");
    wire.get_mut().write_all(question.as_bytes()).map_err(why)?;
    let line = read_line(wire).map_err(why)?.ok_or(Unresolved::Gone)?;
    let holder = line.strip_prefix(&format!("{client} "));
    let holder = holder.ok_or(Unresolved::Garbled)?;
    Ok(Holder::Owned(holder.to_owned()))
}
// ANCHOR_END: stub

impl<S: Read + Write> Stub<S> {
    /// A stub at this end of a stream. How patient it is was said to the stream.
    pub fn new(stream: S) -> Stub<S> {
        Stub(Some(BufReader::new(stream)))
    }
}

/// What an error of the operating system means to a client that asked a question.
fn why(error: io::Error) -> Unresolved {
    match error.kind() {
        // Which of the two it is depends on the system.
        ErrorKind::WouldBlock | ErrorKind::TimedOut => Unresolved::Late,
        ErrorKind::InvalidData => Unresolved::Garbled,
        _ => Unresolved::Gone,
    }
}

// ANCHOR: skeleton
/// The server's end of a wire: it takes questions from it, and has a directory answer them, from so
/// far away. Returns when the client has hung up.
///
/// # Errors
///
/// The wire broke.
pub fn serve<S: Read + Write>(
    stream: S,
    directory: &mut impl Directory,
    distance: Duration,
) -> io::Result<()> {
    let mut wire = BufReader::new(stream);
    while let Some(line) = read_line(&mut wire)? {
        let key = line.strip_prefix("get ");
        let client: Option<Ipv4Addr> = key.and_then(|key| key.parse().ok());
        let answer = match client.map(|client| (client, directory.holder(client))) {
            Some((client, Ok(holder))) => format!("{client} {holder}\n"),
            Some((_, Err(why))) => format!("-ERR {why}\n"),
            None => "-ERR expected get ADDRESS\n".to_owned(),
        };
        thread::sleep(distance);
        wire.get_mut().write_all(answer.as_bytes())?;
    }
    Ok(())
}
// ANCHOR_END: skeleton

/// A line without its end, or nothing if there are no more.
fn read_line(wire: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = String::new();
    wire.take(LINE_BYTES_MAX).read_line(&mut line)?;
    match line.pop() {
        None => Ok(None),
        Some('\n') => Ok(Some(line)),
        // It is too long, or was cut off in the middle.
        Some(_) => Err(ErrorKind::InvalidData.into()),
    }
}
