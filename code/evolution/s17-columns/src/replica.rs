//! Replicas: what one publishes, in versions, and many read without asking for it.
//!
//! A version is never changed. The next one is made beside it and published by exchanging a pointer,
//! while a thread that still reads the old one goes on; that is the idea of *read-copy-update* (McKenney and
//! Slingwine, 1998). Their hard part is to know when no thread reads the old version any more. Here each
//! reader counts as one owner of the version that it has, and the last owner gives it back.
//!
//! So readers share nothing that is written to, but for one number that changes when the version does.
//! Left out: to take part in another's version in the middle of a piece of work; a replica moves on only
//! when it is asked to.

use crate::sync::{Arc, AtomicU64, Mutex, Ordering, PoisonError};

// ANCHOR: replica
/// The newest version, if there is one yet.
#[derive(Debug)]
pub struct Published<T> {
    /// The same number as below, to be looked at without the lock. Only a hint: `Relaxed` is enough,
    /// because a version travels under the lock, and the lock orders what was written before.
    number: AtomicU64,
    newest: Mutex<Version<T>>,
}

/// One reader's copy.
#[derive(Debug)]
pub struct Replica<'a, T> {
    published: &'a Published<T>,
    own: Version<T>,
}

/// What was published, and how many were before it: none for the beginning, when there is nothing.
#[derive(Debug)]
struct Version<T> {
    number: u64,
    content: Option<Arc<T>>,
}

impl<T> Published<T> {
    /// Nothing yet.
    pub fn new() -> Published<T> {
        Published {
            number: AtomicU64::new(0),
            newest: Mutex::new(Version {
                number: 0,
                content: None,
            }),
        }
    }

    /// Makes this the newest version.
    pub fn publish(&self, content: T) {
        let content = Some(Arc::new(content));
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        let number = newest.number + 1;
        let old = std::mem::replace(&mut *newest, Version { number, content });
        // After the version: a reader that sees the number finds it, or one that is newer still.
        self.number.store(number, Ordering::Relaxed);
        drop(newest);
        // Perhaps the last owner of much: not while others wait for the lock.
        drop(old);
    }

    /// A reader's copy of the newest version.
    pub fn replica(&self) -> Replica<'_, T> {
        Replica {
            published: self,
            own: self.take(),
        }
    }

    fn take(&self) -> Version<T> {
        let newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        Version {
            number: newest.number,
            content: newest.content.clone(),
        }
    }
}

impl<T> Replica<'_, T> {
    /// The newest version, or nothing before the first. It stays the same until this is asked again.
    ///
    /// Costs one look at a number that is in every core's cache, unless that has changed.
    pub fn newest(&mut self) -> Option<&T> {
        if self.published.number.load(Ordering::Relaxed) != self.own.number {
            self.own = self.published.take();
        }
        self.own.content.as_deref()
    }
}
// ANCHOR_END: replica

impl<T> Default for Published<T> {
    fn default() -> Published<T> {
        Published::new()
    }
}
