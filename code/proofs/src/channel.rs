//! A channel as crossbeam's documentation describes it, made of one lock, so that shuttle can see it.
//!
//! The parts of the interface that the steps use, with the same names: many senders and receivers,
//! each item to one of them, disconnected when all of one side are gone. All channels of an execution
//! share one lock and one condition variable: slow, and easily seen to lose no wake-up.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use shuttle::rand::{Rng, thread_rng};
use shuttle::sync::{Condvar, Mutex as Lock};

shuttle::lazy_static! {
    /// Held for every change of every channel, and told of it.
    static ref WORLD: (Lock<()>, Condvar) = (Lock::new(()), Condvar::new());
}

/// No item will come any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecvError;

/// Why there is no item now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryRecvError {
    /// None has come.
    Empty,
    /// None will come.
    Disconnected,
}

/// Why there was no item in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecvTimeoutError {
    /// None has come.
    Timeout,
    /// None will come.
    Disconnected,
}

/// The item that no receiver took, or for which there was no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendError<T>(pub T);

#[derive(Debug)]
struct Core<T> {
    items: VecDeque<T>,
    capacity: usize,
    senders: usize,
    receivers: usize,
}

/// What an attempt leads to: an outcome, or the same attempt again when something has changed.
type Attempt<R> = Option<R>;

/// Attempts until there is an outcome, and lets other threads run in between.
fn blocking<R>(mut attempt: impl FnMut() -> Attempt<R>) -> R {
    let mut world = WORLD.0.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if let Some(outcome) = attempt() {
            WORLD.1.notify_all();
            return outcome;
        }
        world = WORLD.1.wait(world).unwrap_or_else(PoisonError::into_inner);
    }
}

/// Makes a change that needs no waiting.
fn at_once<R>(change: impl FnOnce() -> R) -> R {
    let mut change = Some(change);
    blocking(|| change.take().map(|change| change()))
}

/// A channel that holds so many items, at least one.
pub fn bounded<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    assert!(capacity > 0, "a channel without places is not modelled");
    let core = Arc::new(Mutex::new(Core {
        items: VecDeque::new(),
        capacity,
        senders: 1,
        receivers: 1,
    }));
    (Sender(Arc::clone(&core)), Receiver(core))
}

/// A channel that holds any number of items.
pub fn unbounded<T>() -> (Sender<T>, Receiver<T>) {
    bounded(usize::MAX)
}

/// A channel that no item will ever come from, and that does not end either.
pub fn never<T>() -> Receiver<T> {
    let (sender, receiver) = unbounded();
    std::mem::forget(sender);
    receiver
}

/// What the first of two receivers brought.
#[derive(Debug)]
pub enum Either<A, B> {
    /// The one that was named first.
    First(Result<A, RecvError>),
    /// The other.
    Second(Result<B, RecvError>),
}

/// Waits for whichever is ready, also with its end; if both are, chance decides, as in crossbeam.
pub fn either<A, B>(first: &Receiver<A>, second: &Receiver<B>) -> Either<A, B> {
    let take_first = || with(&first.0, Core::take).map(Either::First);
    let take_second = || with(&second.0, Core::take).map(Either::Second);
    let is_first_preferred = thread_rng().gen_bool(0.5);
    blocking(|| {
        if is_first_preferred {
            take_first().or_else(take_second)
        } else {
            take_second().or_else(take_first)
        }
    })
}

/// crossbeam's macro of this name, as far as it is used: two receivers.
#[macro_export]
macro_rules! select {
    (
        recv($first:expr) -> $from_first:pat => $then:expr,
        recv($second:expr) -> $from_second:pat => $or_then:expr $(,)?
    ) => {
        match $crate::channel::either($first, $second) {
            $crate::channel::Either::First($from_first) => $then,
            $crate::channel::Either::Second($from_second) => $or_then,
        }
    };
}

/// The inner lock is only ever taken under the outer one: no thread waits for it.
fn with<T, R>(core: &Mutex<Core<T>>, work: impl FnOnce(&mut Core<T>) -> R) -> R {
    work(&mut core.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The end that sends.
#[derive(Debug)]
pub struct Sender<T>(Arc<Mutex<Core<T>>>);

impl<T> Sender<T> {
    /// Waits for room, and sends.
    ///
    /// # Errors
    ///
    /// With the item, if all receivers are gone.
    pub fn send(&self, item: T) -> Result<(), SendError<T>> {
        let mut item = Some(item);
        blocking(|| with(&self.0, |core| core.put(&mut item)))
    }

    /// Sends if there is room now.
    ///
    /// # Errors
    ///
    /// With the item, if there is none or all receivers are gone.
    pub fn try_send(&self, item: T) -> Result<(), SendError<T>> {
        let mut item = Some(item);
        at_once(|| with(&self.0, |core| core.put(&mut item)))
            .unwrap_or_else(|| Err(SendError(item.take().expect("it was not put"))))
    }
}

/// The end that receives.
#[derive(Debug)]
pub struct Receiver<T>(Arc<Mutex<Core<T>>>);

impl<T> Receiver<T> {
    /// Waits for an item.
    ///
    /// # Errors
    ///
    /// If there is none and all senders are gone.
    pub fn recv(&self) -> Result<T, RecvError> {
        blocking(|| with(&self.0, Core::take))
    }

    /// Takes an item if there is one now.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        match at_once(|| with(&self.0, Core::take)) {
            Some(Ok(item)) => Ok(item),
            Some(Err(RecvError)) => Err(TryRecvError::Disconnected),
            None => Err(TryRecvError::Empty),
        }
    }

    /// How many items wait.
    pub fn len(&self) -> usize {
        at_once(|| with(&self.0, |core| core.items.len()))
    }

    /// How many items it holds, if that is limited.
    pub fn capacity(&self) -> Option<usize> {
        let capacity = with(&self.0, |core| core.capacity);
        (capacity != usize::MAX).then_some(capacity)
    }

    /// Whether no item waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Waits for an item, or for a time whose length is the scheduler's choice.
    ///
    /// # Errors
    ///
    /// If none came.
    pub fn recv_timeout(&self, _at_most: Duration) -> Result<T, RecvTimeoutError> {
        shuttle::thread::yield_now();
        self.try_recv().map_err(|error| match error {
            TryRecvError::Empty => RecvTimeoutError::Timeout,
            TryRecvError::Disconnected => RecvTimeoutError::Disconnected,
        })
    }
}

impl<T> Core<T> {
    fn put(&mut self, item: &mut Option<T>) -> Attempt<Result<(), SendError<T>>> {
        if self.receivers > 0 && self.items.len() >= self.capacity {
            return None;
        }
        let item = item.take()?;
        if self.receivers == 0 {
            return Some(Err(SendError(item)));
        }
        self.items.push_back(item);
        Some(Ok(()))
    }

    fn take(&mut self) -> Attempt<Result<T, RecvError>> {
        match self.items.pop_front() {
            Some(item) => Some(Ok(item)),
            None => (self.senders == 0).then_some(Err(RecvError)),
        }
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Sender<T> {
        at_once(|| with(&self.0, |core| core.senders += 1));
        Sender(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        at_once(|| with(&self.0, |core| core.senders -= 1));
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Receiver<T> {
        at_once(|| with(&self.0, |core| core.receivers += 1));
        Receiver(Arc::clone(&self.0))
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let lost = at_once(|| {
            with(&self.0, |core| {
                core.receivers -= 1;
                (core.receivers == 0).then(|| std::mem::take(&mut core.items))
            })
        });
        drop(lost); // outside of the lock: an item may hold an end of a channel
    }
}
