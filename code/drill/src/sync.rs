//! Locks and condition variables, as in [`std::sync`].
//!
//! Left out: poison. All threads of an execution share one thread of the system, which cannot tell whose panic it is that a lock
//! was held in. So a lock is never poisoned here, and `lock` never fails.

use std::panic::Location;

pub use std::sync::PoisonError;

pub use shuttle::sync::{Arc, LockResult, MutexGuard, WaitTimeoutResult};

use crate::trace;

/// As [`std::sync::Mutex`].
#[derive(Debug, Default)]
pub struct Mutex<T: ?Sized>(shuttle::sync::Mutex<T>);

impl<T> Mutex<T> {
    /// A lock around a value.
    pub fn new(value: T) -> Mutex<T> {
        Mutex(shuttle::sync::Mutex::new(value))
    }

    /// The value, from a lock that no other thread has.
    ///
    /// # Errors
    ///
    /// Never: it is so in the standard library.
    pub fn into_inner(self) -> LockResult<T> {
        Ok(whole(self.0.into_inner()))
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Waits until the lock is free, and takes it.
    ///
    /// # Errors
    ///
    /// Never: it is so in the standard library.
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        let here = Location::caller();
        let lock = || Ok(whole(self.0.lock()));
        trace::at(here, "takes the lock", lock, |_| String::new())
    }
}

/// As [`std::sync::Condvar`].
#[derive(Debug, Default)]
pub struct Condvar(shuttle::sync::Condvar);

impl Condvar {
    /// A condition that no thread waits for yet.
    pub fn new() -> Condvar {
        Condvar::default()
    }

    /// Gives the lock back, waits to be told, and takes the lock again.
    ///
    /// # Errors
    ///
    /// Never: it is so in the standard library.
    #[track_caller]
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        let here = Location::caller();
        let wait = || Ok(whole(self.0.wait(guard)));
        trace::at(here, "waits to be told", wait, |_| ", and is told".into())
    }

    /// Waits as long as the condition says so.
    ///
    /// # Errors
    ///
    /// Never: it is so in the standard library.
    #[track_caller]
    pub fn wait_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<MutexGuard<'a, T>> {
        let here = Location::caller();
        while condition(&mut guard) {
            let wait = || Ok(whole(self.0.wait(guard)));
            guard = trace::at(here, "waits to be told", wait, |_| ", and is told".into())?;
        }
        Ok(guard)
    }

    /// Wakes one thread that waits.
    #[track_caller]
    pub fn notify_one(&self) {
        let here = Location::caller();
        trace::at(
            here,
            "tells one",
            || self.0.notify_one(),
            |()| String::new(),
        );
    }

    /// Wakes all threads that wait.
    #[track_caller]
    pub fn notify_all(&self) {
        let here = Location::caller();
        trace::at(
            here,
            "tells all",
            || self.0.notify_all(),
            |()| String::new(),
        );
    }
}

/// What a lock protects, also if it was held in a panic.
fn whole<T>(locked: LockResult<T>) -> T {
    locked.unwrap_or_else(PoisonError::into_inner)
}
