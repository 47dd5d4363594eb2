//! Channels, as in crossbeam: many senders and receivers, each item to one of them, closed when all of one side are gone.

use std::collections::VecDeque;
use std::fmt;
use std::panic::Location;
use std::time::Duration;

use shuttle::rand::{Rng, thread_rng};
use shuttle::sync::{Arc, Condvar, Mutex, MutexGuard};

use crate::trace;

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

/// The item that no receiver will take.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SendError<T>(pub T);

/// The item that was not sent, and why.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TrySendError<T> {
    /// There is no room now.
    Full(T),
    /// No receiver will take it.
    Disconnected(T),
}

impl<T> fmt::Debug for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SendError(..)")
    }
}

impl<T> fmt::Debug for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TrySendError::Full(_) => "Full(..)",
            TrySendError::Disconnected(_) => "Disconnected(..)",
        })
    }
}

/// What both ends share.
struct Core<T> {
    state: Mutex<State<T>>,
    /// Told of each change.
    changed: Condvar,
}

struct State<T> {
    items: VecDeque<T>,
    capacity: usize,
    senders: usize,
    receivers: usize,
}

impl<T> Core<T> {
    /// A thread that panicked has left the state whole.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Attempts until there is an outcome, and tells the others of it.
    fn until<R>(&self, mut attempt: impl FnMut(&mut State<T>) -> Option<R>) -> R {
        let mut state = self.lock();
        loop {
            if let Some(outcome) = attempt(&mut state) {
                drop(state);
                self.changed.notify_all();
                return outcome;
            }
            state = (self.changed.wait(state)).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
    }

    fn change<R>(&self, change: impl FnOnce(&mut State<T>) -> R) -> R {
        let mut change = Some(change);
        self.until(|state| change.take().map(|change| change(state)))
    }
}

impl<T> State<T> {
    fn put(&mut self, item: &mut Option<T>) -> Option<Result<(), SendError<T>>> {
        if self.receivers > 0 && self.items.len() >= self.capacity {
            return None;
        }
        let item = item.take()?;
        if self.receivers == 0 {
            return Some(Err(SendError(item)));
        }
        self.items.push_back(item);
        trace::holds(self.items.len());
        Some(Ok(()))
    }

    fn take(&mut self) -> Option<Result<T, RecvError>> {
        match self.items.pop_front() {
            Some(item) => Some(Ok(item)),
            None => (self.senders == 0).then_some(Err(RecvError)),
        }
    }
}

/// A channel that holds so many items, at least one: a meeting of both ends without any place is not modelled.
///
/// # Panics
///
/// If it has no place.
pub fn bounded<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    assert!(capacity > 0, "a channel without places is not modelled");
    let core = Arc::new(Core {
        state: Mutex::new(State {
            items: VecDeque::new(),
            capacity,
            senders: 1,
            receivers: 1,
        }),
        changed: Condvar::new(),
    });
    (Sender(Arc::clone(&core)), Receiver(core))
}

/// A channel that holds any number of items.
pub fn unbounded<T>() -> (Sender<T>, Receiver<T>) {
    bounded(usize::MAX)
}

/// The end that sends.
pub struct Sender<T>(Arc<Core<T>>);

impl<T> Sender<T> {
    /// Waits for room, and sends.
    ///
    /// # Errors
    ///
    /// With the item, if all receivers are gone.
    #[track_caller]
    pub fn send(&self, item: T) -> Result<(), SendError<T>> {
        let mut item = Some(item);
        let here = Location::caller();
        let send = || self.0.until(|state| state.put(&mut item));
        trace::at(here, "sends", send, |sent| match sent {
            Ok(()) => String::new(),
            Err(_) => ", and no receiver is left".into(),
        })
    }

    /// Sends if there is room now.
    ///
    /// # Errors
    ///
    /// With the item, if there is none, or all receivers are gone.
    #[track_caller]
    pub fn try_send(&self, item: T) -> Result<(), TrySendError<T>> {
        let mut item = Some(item);
        let here = Location::caller();
        let send = || self.0.change(|state| state.put(&mut item));
        let sent = trace::at(here, "tries to send", send, |sent| match sent {
            Some(Ok(())) => ", and there is room".into(),
            Some(Err(_)) => ", and no receiver is left".into(),
            None => ", and there is no room".into(),
        });
        match sent {
            Some(Ok(())) => Ok(()),
            Some(Err(SendError(item))) => Err(TrySendError::Disconnected(item)),
            None => Err(TrySendError::Full(item.expect("it was not put"))),
        }
    }
}

/// The end that receives.
pub struct Receiver<T>(Arc<Core<T>>);

impl<T> Receiver<T> {
    /// Waits for an item.
    ///
    /// # Errors
    ///
    /// If there is none, and all senders are gone.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        let receive = || self.0.until(State::take);
        trace::at(Location::caller(), "receives", receive, end)
    }

    /// Takes an item if there is one now.
    ///
    /// # Errors
    ///
    /// If there is none.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        let receive = || self.0.change(State::take);
        let told = |taken: &Option<Result<T, RecvError>>| match taken {
            Some(taken) => end(taken),
            None => ", and there is nothing".into(),
        };
        match trace::at(Location::caller(), "looks for an item", receive, told) {
            Some(Ok(item)) => Ok(item),
            Some(Err(RecvError)) => Err(TryRecvError::Disconnected),
            None => Err(TryRecvError::Empty),
        }
    }

    /// Waits for an item, or for a time whose length is the judge's choice.
    ///
    /// # Errors
    ///
    /// If none came.
    #[track_caller]
    pub fn recv_timeout(&self, _at_most: Duration) -> Result<T, RecvTimeoutError> {
        let receive = || {
            loop {
                if let Some(taken) = self.0.change(State::take) {
                    return Some(taken);
                }
                if thread_rng().gen_bool(0.5) {
                    return None;
                }
                crate::thread::yield_now();
            }
        };
        let told = |taken: &Option<Result<T, RecvError>>| match taken {
            Some(taken) => end(taken),
            None => ", and has waited long enough".into(),
        };
        match trace::at(Location::caller(), "receives", receive, told) {
            Some(Ok(item)) => Ok(item),
            Some(Err(RecvError)) => Err(RecvTimeoutError::Disconnected),
            None => Err(RecvTimeoutError::Timeout),
        }
    }

    /// How many items wait.
    pub fn len(&self) -> usize {
        self.0.change(|state| state.items.len())
    }

    /// Whether no item waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The items as they come, until all senders are gone.
    #[track_caller]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self, Location::caller())
    }
}

fn end<T>(taken: &Result<T, RecvError>) -> String {
    match taken {
        Ok(_) => String::new(),
        Err(RecvError) => ": the end, all senders are gone".into(),
    }
}

/// The items of a receiver that is borrowed.
pub struct Iter<'a, T>(&'a Receiver<T>, &'static Location<'static>);

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let receive = || self.0.0.until(State::take);
        trace::at(self.1, "receives", receive, end).ok()
    }
}

/// The items of a receiver that is owned.
pub struct IntoIter<T>(Receiver<T>, &'static Location<'static>);

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        Iter(&self.0, self.1).next()
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    #[track_caller]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    #[track_caller]
    fn into_iter(self) -> IntoIter<T> {
        IntoIter(self, Location::caller())
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Sender<T> {
        self.0.change(|state| state.senders += 1);
        Sender(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.change(|state| state.senders -= 1);
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Receiver<T> {
        self.0.change(|state| state.receivers += 1);
        Receiver(Arc::clone(&self.0))
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let lost = self.0.change(|state| {
            state.receivers -= 1;
            (state.receivers == 0).then(|| std::mem::take(&mut state.items))
        });
        // Outside of the lock: an item may hold an end of a channel.
        drop(lost);
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sender { .. }")
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receiver { .. }")
    }
}
