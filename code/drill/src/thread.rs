//! Threads, as in [`std::thread`], and their names in the judge's report.

use std::cell::RefCell;
use std::collections::HashMap;

pub use shuttle::thread::{
    JoinHandle, Scope, ScopedJoinHandle, Thread, current, scope, sleep, spawn, yield_now,
};

thread_local! {
    /// The names of an execution's threads, by their numbers.
    static NAMES: RefCell<HashMap<usize, String>> = RefCell::default();
}

/// The same work, done under a name: `scope.spawn(named("worker A", || …))`.
pub fn named<T>(name: impl Into<String>, work: impl FnOnce() -> T) -> impl FnOnce() -> T {
    let name = name.into();
    move || {
        let id = usize::from(current().id());
        NAMES.with_borrow_mut(|names| names.insert(id, name));
        work()
    }
}

/// What the running thread is called.
pub(crate) fn name() -> String {
    let id = usize::from(current().id());
    let known = NAMES.with_borrow(|names| names.get(&id).cloned());
    known.unwrap_or_else(|| match id {
        0 => "main".to_owned(),
        id => format!("thread {id}"),
    })
}

/// Forgets all names.
pub(crate) fn clear() {
    NAMES.take();
}
