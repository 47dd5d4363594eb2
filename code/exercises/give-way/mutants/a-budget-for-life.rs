//! A task that counts what is in a queue.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// So many items are done in one go at most.
pub const BUDGET: usize = 32;

/// A queue between tasks of one thread.
#[derive(Clone, Debug, Default)]
pub struct Queue(Rc<RefCell<State>>);

#[derive(Debug, Default)]
struct State {
    items: VecDeque<u32>,
    is_closed: bool,
    waiting: Option<Waker>,
}

impl Queue {
    /// Adds an item.
    pub fn push(&self, item: u32) {
        let mut state = self.0.borrow_mut();
        state.items.push_back(item);
        if let Some(waker) = state.waiting.take() {
            waker.wake();
        }
    }

    /// No item will be added any more.
    pub fn close(&self) {
        let mut state = self.0.borrow_mut();
        state.is_closed = true;
        if let Some(waker) = state.waiting.take() {
            waker.wake();
        }
    }

    /// The next item, or `None` if it is closed and empty. If there is none now, the task is woken when that changes.
    pub fn take(&self, context: &mut Context<'_>) -> Poll<Option<u32>> {
        let mut state = self.0.borrow_mut();
        match state.items.pop_front() {
            Some(item) => Poll::Ready(Some(item)),
            None if state.is_closed => Poll::Ready(None),
            None => {
                state.waiting = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

/// The task: it is ready with the number of items when the queue is closed.
#[derive(Debug)]
pub struct Count {
    queue: Queue,
    counted: usize,
}

impl Count {
    /// Nothing was counted yet.
    pub fn new(queue: Queue) -> Count {
        Count { queue, counted: 0 }
    }
}

impl Future for Count {
    type Output = usize;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<usize> {
        for _ in self.counted..BUDGET {
            match self.queue.take(context) {
                Poll::Ready(Some(_)) => self.counted += 1,
                Poll::Ready(None) => return Poll::Ready(self.counted),
                Poll::Pending => return Poll::Pending,
            }
        }
        // There may be more: it comes again, behind the tasks that wait now.
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
