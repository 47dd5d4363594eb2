//! Ctrl-C: the first ends the input early and lets the step drain, the second ends the process.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// The exit code of a run that was interrupted, as shells have it: 128 and the signal's number.
pub(super) const EXIT_CODE: u8 = 130;

static COUNT: AtomicUsize = AtomicUsize::new(0);

/// Starts listening for Ctrl-C and the polite request to terminate.
pub(super) fn listen() {
    // Without a handler Ctrl-C ends the process at once, which is the worst that can happen.
    let _ = ctrlc::set_handler(|| {
        if COUNT.fetch_add(1, SeqCst) > 0 {
            std::process::exit(EXIT_CODE.into());
        }
    });
}

/// Whether there was an interrupt.
pub(super) fn is_pending() -> bool {
    COUNT.load(SeqCst) > 0
}

/// Whether there was an interrupt; the next one counts as the first again.
pub(super) fn take() -> bool {
    COUNT.swap(0, SeqCst) > 0
}
