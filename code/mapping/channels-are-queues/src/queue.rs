//! A queue between threads: one lock, and two places to wait.
//!
//! It is the bounded buffer of the textbooks, a monitor with two conditions (Hoare, 1974): those who
//! bring something wait at one of them for room, those who fetch something wait at the other for an
//! item. Each looks again when it wakes, because between the call and the waking another may have
//! come. A capacity of zero makes it a rendezvous: a queue of one, whose sender stays until its item is
//! fetched.
//!
//! It knows how many senders and receivers there are, and so when none will come any more. There is no
//! select, and a lock is held for every operation: crossbeam's channels do better at both.

use std::collections::VecDeque;

use crossbeam_channel::{TryRecvError, TrySendError};

use crate::patience::Patience;
use crate::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Memory for so many items is kept, whether there are items or not.
const PLACES_KEPT: usize = 1024;

// ANCHOR: state
/// What is behind the lock.
#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
    /// How many items have left: a sender of a rendezvous sees by it that its own has.
    taken: u64,
    /// Receivers that wait for an item at this moment.
    hungry: usize,
    senders: usize,
    receivers: usize,
}

/// A queue with one sender and one receiver, until there are more.
#[derive(Debug)]
pub struct Queue<T> {
    state: Mutex<State<T>>,
    not_full: Condvar,
    not_empty: Condvar,
    /// Items that it holds at most. Without one there is always room; with zero, each is handed over.
    capacity: Option<usize>,
}
// ANCHOR_END: state

impl<T> Queue<T> {
    /// An empty queue.
    pub fn new(capacity: Option<usize>) -> Queue<T> {
        Queue {
            state: Mutex::new(State {
                items: VecDeque::new(),
                taken: 0,
                hungry: 0,
                senders: 1,
                receivers: 1,
            }),
            not_full: Condvar::new(),
            not_empty: Condvar::new(),
            capacity,
        }
    }

    // ANCHOR: push
    /// Puts an item in as the last one, and waits for room if there is none.
    ///
    /// # Errors
    ///
    /// With the item: `Full` if patience ended before there was room, `Disconnected` if no receiver is left
    /// to fetch it.
    pub fn push(&self, item: T, patience: Patience) -> Result<(), TrySendError<T>> {
        let mut state = self.lock();
        loop {
            if state.receivers == 0 {
                return Err(TrySendError::Disconnected(item));
            }
            if self.has_room(&state, patience) {
                break;
            }
            let (locked, has_waited) = patience.wait(&self.not_full, state);
            if !has_waited {
                return Err(TrySendError::Full(item));
            }
            state = locked;
        }
        state.items.push_back(item);
        self.not_empty.notify_one();
        if self.is_rendezvous() && patience != Patience::None {
            return self.hand_over(state, patience);
        }
        Ok(())
    }
    // ANCHOR_END: push

    // ANCHOR: pop
    /// Takes the first item out, and waits for one if there is none.
    ///
    /// # Errors
    ///
    /// `Empty` if patience ended before there was an item, `Disconnected` if there is none and no sender is
    /// left to bring one. What was put in before the last sender left is still fetched.
    pub fn pop(&self, patience: Patience) -> Result<T, TryRecvError> {
        let mut state = self.lock();
        loop {
            if let Some(item) = state.items.pop_front() {
                state.taken += 1;
                give_back(&mut state.items);
                self.make_room();
                return Ok(item);
            }
            if state.senders == 0 {
                return Err(TryRecvError::Disconnected);
            }
            state.hungry += 1;
            let (mut locked, has_waited) = patience.wait(&self.not_empty, state);
            locked.hungry -= 1;
            if !has_waited {
                return Err(TryRecvError::Empty);
            }
            state = locked;
        }
    }
    // ANCHOR_END: pop

    // ANCHOR: rendezvous
    /// Whether an item may be put in. A thread that does not wait may hand an item only to one that does.
    fn has_room(&self, state: &State<T>, patience: Patience) -> bool {
        match self.capacity {
            None => true,
            Some(0) => state.items.is_empty() && (patience != Patience::None || state.hungry > 0),
            Some(capacity) => state.items.len() < capacity,
        }
    }

    /// Waits until the only item, which was just put in, is fetched; or takes it back.
    fn hand_over(
        &self,
        mut state: MutexGuard<'_, State<T>>,
        patience: Patience,
    ) -> Result<(), TrySendError<T>> {
        let before = state.taken;
        loop {
            if state.taken != before {
                return Ok(());
            }
            let is_alone = state.receivers == 0;
            if !is_alone {
                let (locked, has_waited) = patience.wait(&self.not_full, state);
                state = locked;
                if has_waited {
                    continue;
                }
            }
            let item = state.items.pop_front().expect("nobody has taken it");
            self.make_room();
            return Err(if is_alone {
                TrySendError::Disconnected(item)
            } else {
                TrySendError::Full(item)
            });
        }
    }

    /// Wakes a sender that waits for room. At a rendezvous two kinds of senders wait in the same place:
    /// the one whose item was fetched and those who have not put theirs in. A call to one might reach
    /// the wrong one.
    fn make_room(&self) {
        if self.is_rendezvous() {
            self.not_full.notify_all();
        } else {
            self.not_full.notify_one();
        }
    }
    // ANCHOR_END: rendezvous

    /// How many items are in it: at a rendezvous none ever is.
    pub fn len(&self) -> usize {
        if self.is_rendezvous() {
            0
        } else {
            self.lock().items.len()
        }
    }

    /// How many items it holds at most, if there is a limit.
    pub fn capacity(&self) -> Option<usize> {
        self.capacity
    }

    /// One sender more.
    pub fn add_sender(&self) {
        self.lock().senders += 1;
    }

    /// One receiver more.
    pub fn add_receiver(&self) {
        self.lock().receivers += 1;
    }

    // ANCHOR: close
    /// One sender less. When it was the last, all who wait for an item learn that none will come.
    pub fn remove_sender(&self) {
        let mut state = self.lock();
        state.senders -= 1;
        if state.senders == 0 {
            self.not_empty.notify_all();
        }
    }

    /// One receiver less. When it was the last, all that wait for room learn that none will come, and
    /// what is in the queue is dropped: it will never be fetched.
    pub fn remove_receiver(&self) {
        let mut state = self.lock();
        state.receivers -= 1;
        if state.receivers > 0 {
            return;
        }
        self.not_full.notify_all();
        // The item of a rendezvous is still its sender's, who takes it back.
        let lost = if self.is_rendezvous() {
            VecDeque::new()
        } else {
            std::mem::take(&mut state.items)
        };
        // Not under the lock: an item may hold a sender of this very queue, and wants the lock, too.
        drop(state);
        drop(lost);
    }
    // ANCHOR_END: close

    fn is_rendezvous(&self) -> bool {
        self.capacity == Some(0)
    }

    /// Nothing that could panic is done under the lock, so it is never poisoned.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives memory back that the queue no longer needs. It may once have been very long, and a [`VecDeque`] keeps
/// what it has. To wait until three quarters are unused makes the copying rare.
fn give_back<T>(items: &mut VecDeque<T>) {
    let places = items.capacity();
    if places > PLACES_KEPT && items.len() < places / 4 {
        items.shrink_to(places / 2);
    }
}
