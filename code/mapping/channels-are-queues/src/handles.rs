//! The two ends of a [queue](crate::queue): what a thread holds of it.
//!
//! They have the names and the errors of crossbeam's, so that one can stand in for the other, and its
//! tests can be run against ours.

use std::time::Duration;

use crossbeam_channel::{
    RecvError, RecvTimeoutError, SendError, SendTimeoutError, TryRecvError, TrySendError,
};

use crate::patience::Patience;
use crate::queue::Queue;
use crate::sync::Arc;

/// A channel that holds so many items; with zero, a rendezvous.
///
/// # Examples
///
/// ```
/// let (sender, receiver) = channels_are_queues::bounded(1);
/// sender.send("a value").unwrap();
/// assert_eq!(receiver.recv(), Ok("a value"));
/// ```
pub fn bounded<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    channel(Some(capacity))
}

/// A channel without a limit: its sender never waits, and its memory is whatever that takes.
pub fn unbounded<T>() -> (Sender<T>, Receiver<T>) {
    channel(None)
}

fn channel<T>(capacity: Option<usize>) -> (Sender<T>, Receiver<T>) {
    let queue = Arc::new(Queue::new(capacity));
    let sender = Sender {
        queue: Arc::clone(&queue),
    };
    (sender, Receiver { queue })
}

/// The end that items are put in at. When the last one is dropped, the channel is closed.
#[derive(Debug)]
pub struct Sender<T> {
    queue: Arc<Queue<T>>,
}

/// The end that items are taken out at. Of several receivers each item reaches one.
#[derive(Debug)]
pub struct Receiver<T> {
    queue: Arc<Queue<T>>,
}

impl<T> Sender<T> {
    /// Sends an item, and waits while there is no room.
    ///
    /// # Errors
    ///
    /// If no receiver is left: then the item comes back.
    pub fn send(&self, item: T) -> Result<(), SendError<T>> {
        let sent = self.queue.push(item, Patience::Forever);
        sent.map_err(|error| SendError(error.into_inner()))
    }

    /// Sends an item if that can be done at once.
    ///
    /// # Errors
    ///
    /// If there is no room, or no receiver is left.
    pub fn try_send(&self, item: T) -> Result<(), TrySendError<T>> {
        self.queue.push(item, Patience::None)
    }

    /// Sends an item, and waits for room so long.
    ///
    /// # Errors
    ///
    /// If there is no room until then, or no receiver is left.
    pub fn send_timeout(&self, item: T, timeout: Duration) -> Result<(), SendTimeoutError<T>> {
        let sent = self.queue.push(item, Patience::lasting(timeout));
        sent.map_err(|error| match error {
            TrySendError::Full(item) => SendTimeoutError::Timeout(item),
            TrySendError::Disconnected(item) => SendTimeoutError::Disconnected(item),
        })
    }
}

impl<T> Receiver<T> {
    /// Receives an item, and waits while there is none.
    ///
    /// # Errors
    ///
    /// If there is none and no sender is left.
    pub fn recv(&self) -> Result<T, RecvError> {
        self.queue.pop(Patience::Forever).map_err(|_| RecvError)
    }

    /// Receives an item if there is one.
    ///
    /// # Errors
    ///
    /// If there is none now, or none will ever come.
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        self.queue.pop(Patience::None)
    }

    /// Receives an item, and waits for it so long.
    ///
    /// # Errors
    ///
    /// If there is none until then, or none will ever come.
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        self.queue
            .pop(Patience::lasting(timeout))
            .map_err(|error| match error {
                TryRecvError::Empty => RecvTimeoutError::Timeout,
                TryRecvError::Disconnected => RecvTimeoutError::Disconnected,
            })
    }

    /// All items until the channel is closed.
    pub fn iter(&self) -> Items<&Receiver<T>> {
        Items(self)
    }

    /// The items that are there, without waiting for more.
    pub fn try_iter(&self) -> impl Iterator<Item = T> + '_ {
        std::iter::from_fn(|| self.try_recv().ok())
    }
}

/// What both ends can tell about the queue between them.
macro_rules! both_ends {
    ($end:ident, $add:ident, $remove:ident) => {
        impl<T> $end<T> {
            /// How many items are in the channel.
            pub fn len(&self) -> usize {
                self.queue.len()
            }

            /// Whether no item is in it.
            pub fn is_empty(&self) -> bool {
                self.len() == 0
            }

            /// Whether there is no room in it; in a rendezvous there never is.
            pub fn is_full(&self) -> bool {
                self.capacity() == Some(self.len())
            }

            /// How many items it holds at most, if there is a limit.
            pub fn capacity(&self) -> Option<usize> {
                self.queue.capacity()
            }
        }

        impl<T> Clone for $end<T> {
            fn clone(&self) -> $end<T> {
                self.queue.$add();
                $end {
                    queue: Arc::clone(&self.queue),
                }
            }
        }

        impl<T> Drop for $end<T> {
            fn drop(&mut self) {
                self.queue.$remove();
            }
        }
    };
}

both_ends!(Sender, add_sender, remove_sender);
both_ends!(Receiver, add_receiver, remove_receiver);

/// Items of a channel, until it is closed.
#[derive(Debug)]
pub struct Items<R>(R);

impl<T> Iterator for Items<&Receiver<T>> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

impl<T> Iterator for Items<Receiver<T>> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = Items<Receiver<T>>;

    fn into_iter(self) -> Items<Receiver<T>> {
        Items(self)
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Items<&'a Receiver<T>>;

    fn into_iter(self) -> Items<&'a Receiver<T>> {
        Items(self)
    }
}
