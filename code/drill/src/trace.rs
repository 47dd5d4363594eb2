//! What the threads of an execution did, in the order in which they did it.
//!
//! All threads of an execution share one thread of the system, so what is written down here belongs to that one.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::Location;

/// One step of one thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The thread, by its name.
    pub thread: String,
    /// What it did.
    pub did: String,
    /// Where in the code, if it was done by the exercise's own code.
    pub place: Option<Place>,
}

/// A line of a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, as the compiler was given it.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u32,
}

/// What was done in one execution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The steps that were completed.
    pub steps: Vec<Step>,
    /// The steps that were begun and not completed: what each thread waited for at the end.
    pub waiting: BTreeMap<String, Step>,
    /// The most items that a channel held.
    pub deepest: usize,
}

thread_local! {
    static TRACE: RefCell<Trace> = RefCell::default();
}

impl Trace {
    /// How often another thread went on.
    pub fn switches(&self) -> usize {
        let mut pairs = self.steps.windows(2);
        let changes = |pair: &[Step]| pair[0].thread != pair[1].thread;
        pairs.by_ref().filter(|pair| changes(pair)).count()
    }
}

/// Begins anew: the execution before is forgotten.
pub(crate) fn clear() {
    TRACE.take();
}

/// All that was written down since the beginning.
pub(crate) fn taken() -> Trace {
    TRACE.take()
}

/// Writes down what the judge's own parts do: the question that a directory was asked, say.
pub fn note(did: impl Into<String>) {
    let step = step(did.into(), None);
    TRACE.with_borrow_mut(|trace| trace.steps.push(step));
}

/// The most items that any channel has held so far in this execution.
pub fn deepest() -> usize {
    TRACE.with_borrow(|trace| trace.deepest)
}

/// A channel holds so many items now.
pub(crate) fn holds(items: usize) {
    TRACE.with_borrow_mut(|trace| trace.deepest = trace.deepest.max(items));
}

/// Does something that may have to wait, and writes it down when it is done. `told` adds what came of it.
pub(crate) fn at<T>(
    location: &'static Location<'static>,
    does: &str,
    work: impl FnOnce() -> T,
    told: impl FnOnce(&T) -> String,
) -> T {
    let place = Place {
        file: location.file(),
        line: location.line(),
    };
    let begun = step(does.to_owned(), Some(place));
    let thread = begun.thread.clone();
    TRACE.with_borrow_mut(|trace| trace.waiting.insert(thread.clone(), begun));
    let done = work();
    let told = told(&done);
    TRACE.with_borrow_mut(|trace| {
        if let Some(mut step) = trace.waiting.remove(&thread) {
            step.did += &told;
            trace.steps.push(step);
        }
    });
    done
}

fn step(did: String, place: Option<Place>) -> Step {
    Step {
        thread: crate::thread::name(),
        did,
        place,
    }
}
