//! Processes that end with this one, however it ends.
//!
//! A child whose standard input is a pipe sees its end. A program of others' looks at nothing of the kind: it is started by way
//! of ours, which asks the system to be killed with its parent, and then becomes the other. That wish outlasts the change. Where
//! there is no Linux, the janitor has to do.

use std::io::{self, Read};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitCode, ExitStatus};
use std::time::Duration;

/// How often it is tried to take away a folder into which something that ends may still write.
const TRIES: u32 = 100;

/// A child process. Dropping it kills it, if it still runs, and leaves no zombie.
#[derive(Debug)]
pub struct Process(Child);

impl Process {
    /// Starts it. To be called from a thread that lives as long as the child should: Linux takes the end of that
    /// thread for the end of the parent.
    ///
    /// # Errors
    ///
    /// If it cannot be started.
    pub fn start(command: &mut Command) -> io::Result<(Process, Option<ChildStdin>)> {
        // A Ctrl-C at the terminal is for the run, which then ends its input and drains.
        let mut child = command.process_group(0).spawn()?;
        let stdin = child.stdin.take();
        Ok((Process(child), stdin))
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// How it ended, if it has.
    pub fn has_ended(&mut self) -> Option<ExitStatus> {
        self.0.try_wait().ok().flatten()
    }

    /// Waits for its end.
    pub fn wait(&mut self) {
        let _ = self.0.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail if it has ended and was waited for.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Makes sure, in a child, that it does not outlive its parent even if it is stopped by then.
pub fn die_with_parent() {
    // Where there is no such thing, the end of standard input has to be enough.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

/// Becomes another program, which ends with its parent.
pub fn become_another(parent: &str, program: &str, arguments: &[String]) -> ExitCode {
    die_with_parent();
    // A parent that had ended before that would not be missed.
    if cfg!(target_os = "linux") && std::os::unix::process::parent_id().to_string() != parent {
        return ExitCode::FAILURE;
    }
    let err = Command::new(program).args(arguments).exec();
    eprintln!("cannot start {program}: {err}");
    ExitCode::FAILURE
}

/// Waits until the run is gone, and takes its folder away, if it has left it.
pub fn clean(folder: &Path) -> ExitCode {
    // What comes is of no interest, and that it ends is.
    let _ = io::stdin().read_to_end(&mut Vec::new());
    for _ in 0..TRIES {
        match std::fs::remove_dir_all(folder) {
            Ok(()) => break,
            Err(err) if err.kind() == io::ErrorKind::NotFound => break,
            Err(_) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
    ExitCode::SUCCESS
}
