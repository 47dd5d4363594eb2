//! The same at home: what of this is already true inside one process, where all parts die together.

use std::fmt;
use std::io;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::accepted::{DONE, SENT};

/// How long a thread is waited for.
const DEADLINE: Duration = Duration::from_millis(500);

/// What would have come by then: far longer than any of it takes.
const LATER: Duration = Duration::from_secs(30);

/// What is seen from outside, and what had happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Sends that returned `Ok`, to a receiver that ended early.
    pub accepted: u64,
    /// How much of that it had done.
    pub done: u64,
    /// How often the effect of a thread had happened that panicked.
    pub effects: u64,
    /// How often, when it was tried again.
    pub effects_again: u64,
    /// Whether a slow thread, and one that is stuck, have ended at the deadline.
    pub ended: [bool; 2],
    /// And after the slow one had its time.
    pub ended_later: [bool; 2],
}

/// Runs all of it.
///
/// # Errors
///
/// If the system has no threads.
pub fn run() -> io::Result<Outcome> {
    let (accepted, done) = an_early_end();
    let (effects, effects_again) = a_late_panic();
    let [ended, ended_later] = a_long_silence()?;
    Ok(Outcome {
        accepted,
        done,
        effects,
        effects_again,
        ended,
        ended_later,
    })
}

/// A receiver that takes some items and ends: the rest was accepted, and is gone.
fn an_early_end() -> (u64, u64) {
    let (items_in, items) = sync_channel(SENT as usize);
    let accepted = (1..=SENT).filter(|&item| items_in.send(item).is_ok());
    let accepted = accepted.count() as u64;
    let done = items.iter().take(DONE as usize).count() as u64;
    drop(items);
    (accepted, done)
}

// ANCHOR: panic
/// A thread that panics between its effect and its answer. `join` says that it has panicked, and not where.
fn a_late_panic() -> (u64, u64) {
    static EFFECTS: AtomicU64 = AtomicU64::new(0);
    let attempt = || {
        let thread = thread::spawn(|| {
            EFFECTS.fetch_add(1, Relaxed);
            // As `panic!`, but for the message on the screen.
            resume_unwind(Box::new("before it could answer"));
        });
        thread.join().is_ok()
    };
    let before = EFFECTS.load(Relaxed);
    let is_done = attempt();
    let once = EFFECTS.load(Relaxed) - before;
    if !is_done {
        attempt();
    }
    (once, EFFECTS.load(Relaxed) - before)
}
// ANCHOR_END: panic

/// Two threads that wait, each for a word. One is told it, and the other never.
fn a_long_silence() -> io::Result<[[bool; 2]; 2]> {
    let wait = |word: Receiver<()>| {
        thread::Builder::new().spawn(move || {
            let _ = word.recv();
        })
    };
    let (go, slow) = sync_channel(1);
    let (never, stuck) = sync_channel(1);
    let threads = [wait(slow)?, wait(stuck)?];
    let ended = || threads.each_ref().map(thread::JoinHandle::is_finished);
    thread::sleep(DEADLINE);
    let first = ended();
    drop(go);
    let start = Instant::now();
    while !ended()[0] && start.elapsed() < LATER {
        thread::sleep(Duration::from_millis(5));
    }
    let later = ended();
    drop(never);
    Ok([first, later])
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ended = |has_ended| if has_ended { "ended" } else { "nothing" };
        let ends = |has_ended| if has_ended { "it ends" } else { "nothing" };
        let rows = [
            ("in one process", "what is seen".into(), "and then".into()),
            (
                "the receiver ends early",
                format!("{} accepted", self.accepted),
                format!("{} done", self.done),
            ),
            (
                "a panic after the effect",
                "an error".into(),
                format!(
                    "done {}; {} if tried again",
                    self.effects, self.effects_again
                ),
            ),
            (
                "a thread is slow",
                ended(self.ended[0]).into(),
                ends(self.ended_later[0]).into(),
            ),
            (
                "a thread is stuck",
                ended(self.ended[1]).into(),
                ends(self.ended_later[1]).into(),
            ),
        ];
        for (what, seen, then) in rows {
            writeln!(f, "{what:<24}  {seen:<12}  {then}")?;
        }
        Ok(())
    }
}
