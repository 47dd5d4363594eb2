//! Ctrl-C: the first ends the input early and lets the step drain, the second ends the process. So do the
//! polite request to terminate and the end of the terminal, unless they were ignored when we came.
//!
//! A second one that comes at once is the first again: a terminal sends Ctrl-C to all of `cargo run` and the step, and
//! what started the step may pass it on. It must not cut the report off that is just printed.

use std::sync::atomic::{AtomicI32, AtomicU64, Ordering::SeqCst};

/// What is listened for.
const SIGNALS: [libc::c_int; 3] = [libc::SIGINT, libc::SIGTERM, libc::SIGHUP];

/// So long after the first signal another one is the same. A person who presses a key again has waited longer.
const SAME_MS: u64 = 300;

/// What is told when the first was heard.
pub(super) const SENTENCE: &str = "interrupted: the input ends here, and the report will be of what was read, as partial; a second \
     Ctrl-C ends the run at once, without a report";

/// When the first signal came, by [`now_ms`]; 0 if there was none.
static FIRST_MS: AtomicU64 = AtomicU64::new(0);

/// The last first signal; 0 if there was none.
static SIGNAL: AtomicI32 = AtomicI32::new(0);

/// Starts listening for Ctrl-C, the polite request to terminate, and the end of the terminal.
pub(super) fn listen() {
    for signal in SIGNALS {
        // `nohup` ignores the end of the terminal for the program that it starts, and a shell without job control
        // ignores Ctrl-C for what it starts with `&`. They mean it.
        if !is_ignored(signal) {
            hear(signal);
        }
    }
}

/// Whether there was an interrupt.
pub(super) fn is_pending() -> bool {
    FIRST_MS.load(SeqCst) > 0
}

/// Whether there was an interrupt; the next one counts as the first again.
pub(super) fn take() -> bool {
    FIRST_MS.swap(0, SeqCst) > 0
}

/// The exit code of a run that was interrupted, as shells have it: 128 and the signal's number. One that ended early
/// without a signal, since nobody reads its events, has that of Ctrl-C.
pub(super) fn exit_code() -> u8 {
    match SIGNAL.load(SeqCst) {
        0 => code(libc::SIGINT),
        signal => code(signal),
    }
}

fn code(signal: libc::c_int) -> u8 {
    u8::try_from(128 + signal).unwrap_or(u8::MAX)
}

/// Runs in a signal handler: it may do nothing but what POSIX calls async-signal-safe.
extern "C" fn on_signal(signal: libc::c_int) {
    let now = now_ms();
    match FIRST_MS.compare_exchange(0, now, SeqCst, SeqCst) {
        Ok(_) => SIGNAL.store(signal, SeqCst),
        Err(first) if now.saturating_sub(first) < SAME_MS => {}
        Err(_) => end(signal),
    }
}

/// Milliseconds of a clock that never goes back, and never 0.
#[expect(unsafe_code, reason = "`Instant` is not said to be safe in a handler")]
fn now_ms() -> u64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: it fills a plain structure of ours, and is async-signal-safe.
    unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &raw mut time) };
    let ms = time.tv_sec as u64 * 1_000 + time.tv_nsec as u64 / 1_000_000;
    ms.max(1)
}

#[expect(unsafe_code, reason = "what `std` has for it is not safe in a handler")]
fn end(signal: libc::c_int) -> ! {
    // SAFETY: it runs nothing of ours, and is async-signal-safe.
    unsafe { libc::_exit(code(signal).into()) }
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
    reason = "the library that has a safe wrapper does not tell which signal came"
)]
fn hear(signal: libc::c_int) {
    // SAFETY: the structure is plain and whole, and what runs in the handler is async-signal-safe. Without a handler the
    // signal ends the process at once, which is the worst that can happen.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = on_signal as extern "C" fn(libc::c_int) as libc::sighandler_t;
        action.sa_flags = libc::SA_RESTART;
        libc::sigemptyset(&raw mut action.sa_mask);
        libc::sigaction(signal, &raw const action, std::ptr::null_mut());
    }
}
