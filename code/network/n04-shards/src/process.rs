//! A service in a process of its own, which ends with this one.
//!
//! Its standard input is the connection on which it is asked, and its standard output, if it asks another, the
//! one on which it does. Both are pairs of sockets: there is no port that another could connect to, and no file to
//! be left behind. When this process ends, however it ends, the system closes the other ends, and services
//! see that. One that was stopped sees nothing; where there is Linux it is killed, too.

use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long a service that is asked no more may take to end.
const GRACE: Duration = Duration::from_secs(1);

/// How long an ending is waited for where a broken connection suggests one.
const OBITUARY: Duration = Duration::from_millis(300);

/// How often it is looked at.
const TICK: Duration = Duration::from_millis(5);

/// A child process. Dropping it kills it, if it still runs, and leaves no zombie.
#[derive(Debug)]
pub struct Process(std::process::Child);

impl Process {
    /// Starts a program as a service; without one, this program. To be called from a thread that lives as
    /// long as the service should: Linux takes the end of that thread for the end of the parent.
    ///
    /// # Errors
    ///
    /// If it cannot be started.
    pub fn start(
        program: Option<&Path>,
        arguments: &[String],
        asked_on: UnixStream,
        asks_on: Option<UnixStream>,
    ) -> io::Result<Process> {
        let own;
        let program = match program {
            Some(program) => program,
            None => {
                own = std::env::current_exe()?;
                &own
            }
        };
        let child = Command::new(program)
            .args(arguments)
            .stdin(OwnedFd::from(asked_on))
            .stdout(asks_on.map_or_else(Stdio::null, |stream| OwnedFd::from(stream).into()))
            // A Ctrl-C at the terminal is for the run, which then ends its input and drains.
            .process_group(0)
            .spawn()?;
        Ok(Process(child))
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Waits until it has ended by itself, and then makes sure that it has.
    pub async fn end(mut self) {
        self.status_within(GRACE).await;
    }

    /// How it ended, if a connection broke because it did.
    pub async fn obituary(&mut self) -> Option<ExitStatus> {
        self.status_within(OBITUARY).await
    }

    async fn status_within(&mut self, time: Duration) -> Option<ExitStatus> {
        let deadline = Instant::now() + time;
        loop {
            match self.0.try_wait() {
                Ok(None) if Instant::now() < deadline => sleep(TICK).await,
                Ok(status) => return status,
                Err(_) => return None,
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail if it has ended and was waited for, as is usual.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Makes sure, in a child, that it does not outlive its parent even if it is stopped by then.
///
/// Of a parent that has ended before this is asked, standard input tells: it is at its end. One moment stays open: a
/// child that is stopped between its start and this line, and whose parent is then killed, is there until it is told
/// to go on, and ends then. To ask between fork and exec would take unsafe code, and would make that moment
/// shorter and not remove it.
pub fn die_with_parent() {
    // Where there is no such thing, the end of standard input has to be enough.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}
