//! A program and all that it starts, as one thing that can be ended.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::process::{Child, ChildStderr, ChildStdout, Command};
use tokio::time::timeout;

/// How long a program may take to end when it is asked to: so long that it can say good-bye, and so short that all is
/// gone within a second.
const GRACE: Duration = Duration::from_millis(500);

/// A process group of our own. Dropped, it is killed; [`Group::end`] asks first.
pub struct Group {
    child: Child,
    id: Pid,
    is_over: bool,
}

impl Group {
    /// Starts a command in a group of its own, with nothing to read, and both outputs piped.
    ///
    /// # Errors
    ///
    /// If it cannot be started.
    pub fn start(command: &mut Command) -> Result<Group> {
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .context("it cannot be started")?;
        // The group bears the number of its first process.
        let id = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
        let id = id.context("it ended before it began")?;
        Ok(Group {
            child,
            id,
            is_over: false,
        })
    }

    /// The number of its first process.
    pub fn id(&self) -> Pid {
        self.id
    }

    /// Standard output and standard error, once.
    pub fn outputs(&mut self) -> Option<(ChildStdout, ChildStderr)> {
        Some((self.child.stdout.take()?, self.child.stderr.take()?))
    }

    /// Waits for the first process to end, kills what it has left behind, and tells the exit code; none if a signal
    /// ended it.
    pub async fn wait(&mut self) -> Option<i32> {
        let status = self.child.wait().await;
        self.kill();
        status.ok()?.code()
    }

    /// Asks the group to end, and kills what has not ended after a moment.
    pub async fn end(&mut self) {
        self.signal(Signal::TERM);
        if timeout(GRACE, self.child.wait()).await.is_err() {
            self.kill();
            // It cannot refuse; still nobody waits for ever.
            let _ = timeout(GRACE, self.child.wait()).await;
        }
        self.kill();
    }

    fn kill(&mut self) {
        self.signal(Signal::KILL);
        self.is_over = true;
    }

    fn signal(&self, signal: Signal) {
        // A group of which nobody is left cannot be told anything, and need not.
        let _ = kill_process_group(self.id, signal);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if !self.is_over {
            self.kill();
        }
    }
}
