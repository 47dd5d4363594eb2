//! A program and all that it starts, as one thing: what it holds in memory, and its end.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process_group};

/// What the programs of a group may hold in memory together: many times what a step needs for the logs that it is
/// judged on, and little enough for two or four of them on a small machine.
pub const MEMORY_MAX: u64 = 1 << 30;

/// How often to look at the memory. Most runs are over before the first look, which costs as much as they do.
const LOOK_EVERY: Duration = Duration::from_millis(150);

/// A process group of its own. Dropped, all that is left of it is killed.
pub struct Group {
    child: Child,
    id: Pid,
    looked: Instant,
}

impl Group {
    /// Starts a command in a group of its own.
    ///
    /// # Errors
    ///
    /// If it cannot be started.
    pub fn start(command: &mut Command) -> Result<Group> {
        let child = command
            .process_group(0)
            .spawn()
            .context("it cannot be started")?;
        // The group bears the number of its first process.
        let id = Pid::from_child(&child);
        Ok(Group {
            child,
            id,
            looked: Instant::now(),
        })
    }

    /// The first process.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// How the first process has ended, if it has.
    ///
    /// # Errors
    ///
    /// If the system does not tell.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().context("cannot wait for a program")
    }

    /// Whether it holds more memory than it may, looked at now and then.
    pub fn is_too_large(&mut self) -> bool {
        if self.looked.elapsed() < LOOK_EVERY {
            return false;
        }
        let bytes = resident_bytes(self.id);
        self.looked = Instant::now();
        // Where `ps` tells nothing there is no limit.
        bytes.is_some_and(|bytes| bytes > MEMORY_MAX)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // A group of which nobody is left cannot be told anything, and need not.
        let _ = kill_process_group(self.id, Signal::KILL);
        let _ = self.child.wait();
    }
}

/// The memory of all programs of a group that is in use.
///
/// Asked of `ps`, which every system of ours has. A limit that the system enforces by itself would be on addresses, of
/// which a program with many threads, or with its log mapped into memory, has plenty without using them.
fn resident_bytes(group: Pid) -> Option<u64> {
    let output = Command::new("ps")
        .args(["-A", "-o", "pgid=,rss="])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let kib = text.lines().filter_map(|line| {
        let (id, kib) = line.trim().split_once(char::is_whitespace)?;
        let is_ours = id.parse() == Ok(group.as_raw_nonzero().get());
        is_ours.then(|| kib.trim().parse::<u64>().ok())?
    });
    Some(kib.sum::<u64>() * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_of_a_group_is_that_of_all_its_programs() {
        let mut group = Group::start(Command::new("sh").args(["-c", "sleep 600 & sleep 600"]))
            .expect("sh starts");
        let one = resident_bytes(group.id).expect("ps tells");
        assert!((64 << 10..64 << 20).contains(&one), "{one}");
        assert!(!group.is_too_large() && group.ended().expect("told").is_none());
    }
}
