//! Ctrl-C: the first ends the input early and lets the step drain, the second ends the process. So do the
//! polite request to terminate and the end of the terminal, unless they were ignored when we came.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// The exit code of a run that was interrupted, as shells have it: 128 and the signal's number.
pub(super) const EXIT_CODE: u8 = 130;

static COUNT: AtomicUsize = AtomicUsize::new(0);

/// What is listened for. The crate takes all three or none.
const SIGNALS: [libc::c_int; 3] = [libc::SIGINT, libc::SIGTERM, libc::SIGHUP];

/// Starts listening for Ctrl-C, the polite request to terminate, and the end of the terminal.
pub(super) fn listen() {
    // `nohup` ignores the end of the terminal for the program that it starts, and a shell without job control
    // ignores Ctrl-C for what it starts with `&`. They mean it.
    let ignored = SIGNALS.map(|signal| (signal, is_ignored(signal)));
    // Without a handler Ctrl-C ends the process at once, which is the worst that can happen.
    let _ = ctrlc::set_handler(|| {
        if COUNT.fetch_add(1, SeqCst) > 0 {
            std::process::exit(EXIT_CODE.into());
        }
    });
    for (signal, was_ignored) in ignored {
        if was_ignored {
            ignore(signal);
        }
    }
}

/// Whether there was an interrupt.
pub(super) fn is_pending() -> bool {
    COUNT.load(SeqCst) > 0
}

/// Whether there was an interrupt; the next one counts as the first again.
pub(super) fn take() -> bool {
    COUNT.swap(0, SeqCst) > 0
}

#[expect(unsafe_code, reason = "the system call that asks has no safe wrapper")]
fn is_ignored(signal: libc::c_int) -> bool {
    // SAFETY: a null action asks and changes nothing, and the answer is a plain structure that it fills.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        libc::sigaction(signal, std::ptr::null(), &raw mut action) == 0
            && action.sa_sigaction == libc::SIG_IGN
    }
}

#[expect(
    unsafe_code,
    reason = "the system call that ignores has no safe wrapper"
)]
fn ignore(signal: libc::c_int) {
    // SAFETY: to ignore a signal runs no code of ours in a handler.
    unsafe {
        libc::signal(signal, libc::SIG_IGN);
    }
}
