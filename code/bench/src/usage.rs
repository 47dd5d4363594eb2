//! What the operating system counted for one child process.
//!
//! A trap: on Linux the peak that `wait4` tells of a child includes that of its parent, whose memory it shares
//! for the instant between its birth and its own program. So where the child stayed below us, it is not
//! `wait4` that is believed, but a thread that looks at the child's own peak every few milliseconds.

use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context, Result};

/// The resources that a process used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Usage {
    pub succeeded: bool,
    /// The most memory it held at once.
    pub memory_bytes: f64,
    /// Processor time, its own and the kernel's for it.
    pub cpu_s: f64,
    /// How often it gave up a processor of its own will: it waited for something.
    pub waits: f64,
    /// How often a processor was taken from it.
    pub preemptions: f64,
}

/// How often a child's peak is looked at: often enough for a run of an instant, and too seldom to be felt.
const EVERY: Duration = Duration::from_millis(5);

/// Watches a child's memory until it is waited for.
pub(crate) struct Watch {
    done: Arc<AtomicBool>,
    thread: JoinHandle<f64>,
}

impl Watch {
    /// Begins to watch; to be called as soon as the child runs.
    pub(crate) fn new(child: &Child) -> Watch {
        let done = Arc::new(AtomicBool::new(false));
        let (status, ended) = (format!("/proc/{}/status", child.id()), done.clone());
        let thread = thread::spawn(move || {
            let mut peak: f64 = 0.0;
            while !ended.load(Ordering::Relaxed) {
                let text = std::fs::read_to_string(&status).unwrap_or_default();
                peak = peak.max(high_water(&text).unwrap_or(0.0));
                thread::park_timeout(EVERY);
            }
            peak
        });
        Watch { done, thread }
    }

    /// Waits for the child to end.
    ///
    /// # Errors
    ///
    /// If the system does not know the child.
    pub(crate) fn wait(self, child: &Child) -> Result<Usage> {
        let waited = wait(child);
        self.done.store(true, Ordering::Relaxed);
        self.thread.thread().unpark();
        let peak = self.thread.join().unwrap_or(0.0);
        let mut usage = waited?;
        let own = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        if peak > 0.0 && high_water(&own).is_some_and(|own| usage.memory_bytes <= own) {
            usage.memory_bytes = peak;
        }
        Ok(usage)
    }
}

/// The peak of a process's memory, of its status in /proc; none where there is no such thing.
fn high_water(status: &str) -> Option<f64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024.0)
}

/// Waits for a child to end.
///
/// # Errors
///
/// If the system does not know the child.
#[expect(
    unsafe_code,
    reason = "std does not tell a child's resources; wait4 is the call that does"
)]
fn wait(child: &Child) -> Result<Usage> {
    let pid = libc::pid_t::try_from(child.id()).context("a process id that fits")?;
    let mut status = 0;
    // SAFETY: a zeroed `rusage` is a valid value of plain integers.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    loop {
        // SAFETY: both pointers are to live variables of the types that wait4 writes.
        if unsafe { libc::wait4(pid, &raw mut status, 0, &raw mut usage) } == pid {
            break;
        }
        let err = std::io::Error::last_os_error();
        if err.kind() != std::io::ErrorKind::Interrupted {
            return Err(err).context("cannot wait for a measured process");
        }
    }
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    // Linux counts kibibytes, macOS bytes.
    let unit = if cfg!(target_os = "macos") {
        1.0
    } else {
        1024.0
    };
    Ok(Usage {
        succeeded: libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0,
        memory_bytes: usage.ru_maxrss as f64 * unit,
        cpu_s: seconds(usage.ru_utime) + seconds(usage.ru_stime),
        waits: usage.ru_nvcsw as f64,
        preemptions: usage.ru_nivcsw as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[expect(
        clippy::zombie_processes,
        reason = "a watch waits for the child, which the lint does not see"
    )]
    fn usage_of(command: &mut Command) -> Usage {
        let child = command.spawn().unwrap();
        Watch::new(&child).wait(&child).unwrap()
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_small_child_of_a_large_parent_is_small() {
        let large = vec![1_u8; 64 << 20];
        let usage = usage_of(Command::new("sleep").arg("0.1"));
        assert!(usage.memory_bytes < 32e6, "{usage:?}");
        assert_eq!(large.iter().filter(|&&byte| byte == 1).count(), 64 << 20);
    }

    #[test]
    fn a_child_is_accounted_for() {
        let usage = usage_of(&mut Command::new("true"));
        assert!(usage.succeeded && usage.memory_bytes > 0.0, "{usage:?}");
        assert!(!usage_of(&mut Command::new("false")).succeeded);
    }
}
