//! A peer in a process of its own: a child, whose standard input is one end of a pair of sockets.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream as StdUnixStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use tokio::net::UnixStream;

/// A child process. Dropping it kills it.
#[derive(Debug)]
pub struct Peer(Child);

impl Peer {
    /// Starts a program in a mode; gives the child, and our end of the connection to it.
    ///
    /// # Errors
    ///
    /// If it cannot be started.
    pub fn start(program: &Path, mode: &str) -> io::Result<(Peer, UnixStream)> {
        let (ours, theirs) = StdUnixStream::pair()?;
        ours.set_nonblocking(true)?;
        let child = Command::new(program)
            .arg(mode)
            .stdin(OwnedFd::from(theirs))
            .stdout(Stdio::piped())
            .spawn()?;
        Ok((Peer(child), UnixStream::from_std(ours)?))
    }

    /// What it prints; only once.
    pub fn stdout(&mut self) -> Option<ChildStdout> {
        self.0.stdout.take()
    }

    /// Kills it, and waits until it is dead.
    ///
    /// # Errors
    ///
    /// If the system does not let us.
    pub fn kill(&mut self) -> io::Result<()> {
        self.0.kill()?;
        self.0.wait()?;
        Ok(())
    }

    /// Sends it a signal: to stop, or to go on.
    ///
    /// # Errors
    ///
    /// If it has ended.
    pub fn signal(&self, signal: Signal) -> io::Result<()> {
        let pid = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw);
        Ok(kill_process(pid.ok_or(io::ErrorKind::NotFound)?, signal)?)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Both fail if it has been killed already.
        let _ = self.kill();
    }
}

/// In a child: the connection to its parent. A child that is stopped does not outlive it either.
///
/// # Errors
///
/// If standard input is no socket.
pub fn parent() -> io::Result<StdUnixStream> {
    // Where there is no such thing, the end of the connection has to be enough.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(Signal::KILL));
    let stream = StdUnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    stream.peer_addr()?;
    Ok(stream)
}
