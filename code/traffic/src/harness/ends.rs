//! Where a report goes, if that has an end: a closed standard output, and a file that may grow no further.
//!
//! A write to either says nothing by itself. To a file that is at its limit (`ulimit -f`) the system answers with a signal
//! that ends the process without a word. What was closed when the program was started (`>&-`) the standard library replaces
//! by `/dev/null`, so that no file which is opened later gets that number; the report would be written there, and the run
//! end well.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use crate::error::Error;

/// Whether standard output could not be written to when this process began.
static WAS_CLOSED: AtomicBool = AtomicBool::new(false);

/// The linker has it called before the standard library looks at the standard streams: from `main` on, nothing tells a
/// closed one from one that was sent to `/dev/null`. On other systems than these it is not called, and nothing is refused.
#[used]
#[expect(
    unsafe_code,
    reason = "a constructor of the linker's is the only place that is early enough"
)]
// SAFETY: what stands in these sections is called once, before `main`, with arguments that a C function may leave unread.
#[cfg_attr(target_os = "linux", unsafe(link_section = ".init_array"))]
#[cfg_attr(target_os = "macos", unsafe(link_section = "__DATA,__mod_init_func"))]
static LOOK: extern "C" fn() = look;

/// Runs before the standard library is ready: it may do nothing but ask the system.
#[expect(
    unsafe_code,
    reason = "the system call that asks has no safe wrapper in `std`"
)]
extern "C" fn look() {
    // SAFETY: it asks, and changes nothing; for a number that no file has it returns an error.
    let flags = unsafe { libc::fcntl(libc::STDOUT_FILENO, libc::F_GETFL) };
    let is_closed = flags == -1 || flags & libc::O_ACCMODE == libc::O_RDONLY;
    WAS_CLOSED.store(is_closed, Relaxed);
}

/// Refuses a run whose report would go nowhere.
///
/// # Errors
///
/// If standard output was closed when this process began.
pub(super) fn is_there() -> Result<(), Error> {
    // Named, so that no linker leaves it out.
    std::hint::black_box(LOOK);
    if WAS_CLOSED.load(Relaxed) {
        return Err(Error::Refused(
            "standard output is closed: the report would be lost".into(),
        ));
    }
    Ok(())
}

/// From now on a file that may grow no further is an error of what writes to it, which is told, and not the end of the
/// process.
#[expect(unsafe_code, reason = "`std` has no wrapper for it")]
pub fn outlive_full_files() {
    // SAFETY: to ignore a signal runs nothing of ours.
    unsafe { libc::signal(libc::SIGXFSZ, libc::SIG_IGN) };
}
