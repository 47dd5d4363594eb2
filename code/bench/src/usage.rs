//! What the operating system counted for one finished child process.

use std::process::Child;

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

/// Waits for a child to end.
///
/// # Errors
///
/// If the system does not know the child.
#[expect(
    unsafe_code,
    reason = "std does not tell a child's resources; wait4 is the call that does"
)]
pub(crate) fn wait(child: &Child) -> Result<Usage> {
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

    #[test]
    fn a_child_is_accounted_for() {
        let usage = wait(&Command::new("true").spawn().unwrap()).unwrap();
        assert!(usage.succeeded && usage.memory_bytes > 0.0, "{usage:?}");
        assert!(
            !wait(&Command::new("false").spawn().unwrap())
                .unwrap()
                .succeeded
        );
    }
}
