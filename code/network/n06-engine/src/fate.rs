//! Shared fate: what the engine does when a worker or a connection of it is lost.
//!
//! It panics, in one thread after the other and in one process after the other, on purpose: nothing of a run is to go on
//! when a part of it is gone. Each of those panics would be told on standard error. Here they are told by the run, in
//! one sentence; a panic that is none of these is told as before.

use std::cell::RefCell;
use std::panic::{self, PanicHookInfo};
use std::sync::Once;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use crate::dataflow::News;

/// How a process ends that has lost another one: the other is the one to be told of.
pub const BECAUSE_OF_ANOTHER: u8 = 3;

/// What threads of the engine are called, and those of ours that wait for them.
pub const THREADS: &str = "timely:";

/// What the engine says when it hands a loss on.
const HANDED_ON: [&str; 6] = [
    "timely communication error:",
    "MergeQueue poisoned",
    "MergeQueue mutex poisoned",
    "Failed to acquire lock",
    "Send thread panic",
    "Recv thread panic",
];

/// What the run hears of the engine.
#[derive(Debug)]
pub enum Event {
    /// What the first worker tells; of an epoch that is final also how long after the worker began it.
    News(News, Duration),
    /// All workers of this process have ended, and its connections with them.
    Joined,
    /// A worker or a connection is lost.
    Broken,
}

thread_local! {
    /// To whom this thread tells that something is lost, if it is one that works.
    static EAR: RefCell<Option<Sender<Event>>> = const { RefCell::new(None) };
}

/// From now on losses that are handed on are not told by the threads that they end.
///
/// A thread that works does not unwind from one, either: on the way it would let go of what is left of the engine, which
/// panics once more over the same loss, and a panic in a destructor ends the process before the run has said what is lost. It
/// tells the run, and stands still until the process ends.
pub fn be_quiet() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !is_handed_on(info) {
                usual(info);
            } else if let Some(ear) = EAR.with_borrow_mut(Option::take) {
                let _ = ear.send(Event::Broken);
                loop {
                    thread::park();
                }
            }
        }));
    });
}

/// In a process that works for a run: with one thread of the engine the whole process ends.
pub fn end_with_any_thread() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if is_handed_on(info) {
            std::process::exit(BECAUSE_OF_ANOTHER.into());
        }
        usual(info);
        if is_of_the_engine() {
            std::process::exit(101);
        }
    }));
}

fn is_handed_on(info: &PanicHookInfo<'_>) -> bool {
    let says = info.payload_as_str().unwrap_or_default();
    is_of_the_engine() && HANDED_ON.iter().any(|what| says.contains(what))
}

fn is_of_the_engine() -> bool {
    thread::current()
        .name()
        .is_some_and(|name| name.starts_with(THREADS))
}

/// Tells the run when the thread that has it panics.
#[derive(Debug)]
pub struct Witness(Sender<Event>);

impl Witness {
    /// A witness of the thread that asks for it.
    pub fn of_this_thread(run: &Sender<Event>) -> Witness {
        EAR.set(Some(run.clone()));
        Witness(run.clone())
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        if thread::panicking() {
            // A run that has ended has no ears.
            let _ = self.0.send(Event::Broken);
        }
    }
}
