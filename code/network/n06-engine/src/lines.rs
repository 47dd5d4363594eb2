//! Lines on a socket between the run and its processes.

use std::io::{self, BufRead, Write};
use std::os::unix::net::UnixStream;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Says something in one line.
///
/// # Errors
///
/// If the other end is gone.
pub fn say(to: &UnixStream, what: &impl Serialize) -> io::Result<()> {
    tell(to, &serde_json::to_string(what)?)
}

/// Sends one line.
///
/// # Errors
///
/// If the other end is gone.
pub fn tell(mut to: &UnixStream, line: &str) -> io::Result<()> {
    to.write_all(format!("{line}\n").as_bytes())
}

/// Hears what is said in the next line.
///
/// # Errors
///
/// If the other end is gone, silent for too long, or says something else.
pub fn hear<T: DeserializeOwned>(from: &mut impl BufRead) -> io::Result<T> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    Ok(serde_json::from_str(&line)?)
}
