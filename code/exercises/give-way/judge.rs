// The judge of `give-way`.

use std::future::Future;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use drill::{Promise, Verdict};
use give_way::{BUDGET, Count, Queue};

const PROMISES: &[Promise] = &[
    Promise {
        name: "it-counts",
        says: "A few items are counted, and with the end of the queue the task is ready.",
        check: it_counts,
    },
    Promise {
        name: "it-gives-way",
        says: "In one go the task takes 32 items at most, however many there are.",
        check: it_gives_way,
    },
    Promise {
        name: "it-comes-again",
        says: "A task that gave way is woken, and counts all items in the end.",
        check: it_comes_again,
    },
    Promise {
        name: "it-sleeps",
        says: "With nothing to do it sleeps, and is woken by the next item.",
        check: it_sleeps,
    },
];

/// Counts how often it was woken.
#[derive(Default)]
struct Woken(AtomicUsize);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// A runtime for one task, which is polled only when it was woken.
struct Runtime {
    queue: Queue,
    task: Pin<Box<Count>>,
    woken: Arc<Woken>,
    seen: usize,
}

impl Runtime {
    fn new(items: usize) -> Runtime {
        let queue = Queue::default();
        for item in 0..items {
            queue.push(item as u32);
        }
        Runtime {
            task: Box::pin(Count::new(queue.clone())),
            queue,
            woken: Arc::default(),
            seen: 0,
        }
    }

    /// Lets the task run once.
    fn poll(&mut self) -> Poll<usize> {
        self.seen = self.wakes();
        let waker = Waker::from(Arc::clone(&self.woken));
        self.task.as_mut().poll(&mut Context::from_waker(&waker))
    }

    fn wakes(&self) -> usize {
        self.woken.0.load(Ordering::Relaxed)
    }

    fn is_woken(&self) -> bool {
        self.wakes() > self.seen
    }
}

fn it_counts() -> Verdict {
    let mut runtime = Runtime::new(3);
    runtime.queue.close();
    match runtime.poll() {
        Poll::Ready(3) => Ok(()),
        other => Err(format!(
            "There are 3 items, and the queue is closed. Expected: ready with 3. It is {other:?}."
        )
        .into()),
    }
}

/// How many items the queue still has, which is emptied for it.
fn left(queue: &Queue) -> usize {
    let waker = Waker::noop();
    let mut context = Context::from_waker(waker);
    std::iter::from_fn(|| match queue.take(&mut context) {
        Poll::Ready(item) => item,
        Poll::Pending => None,
    })
    .count()
}

fn it_gives_way() -> Verdict {
    let items = 10 * BUDGET;
    let mut runtime = Runtime::new(items);
    let polled = runtime.poll();
    let taken = items - left(&runtime.queue);
    if polled.is_pending() && (1..=BUDGET).contains(&taken) {
        return Ok(());
    }
    Err(format!(
        "There are {items} items, and the task is polled once. Expected: it takes {BUDGET} at most, and is pending. It took {taken}, and is {polled:?}."
    )
    .into())
}

fn it_comes_again() -> Verdict {
    let items = 10 * BUDGET + 3;
    let mut runtime = Runtime::new(items);
    runtime.queue.close();
    for round in 1..=100 {
        match runtime.poll() {
            Poll::Ready(counted) if counted == items => return Ok(()),
            Poll::Ready(counted) => {
                return Err(format!(
                    "There are {items} items. Expected: all are counted. It were {counted}."
                )
                .into());
            }
            Poll::Pending if runtime.is_woken() => {}
            Poll::Pending => {
                return Err(format!(
                    "There are {items} items. Expected: a task that gives way with items left is woken again. After poll {round} it is pending, \
                     and nothing wakes it."
                )
                .into());
            }
        }
    }
    Err(format!(
        "There are {items} items. Expected: they are counted in some polls. After 100 they are not."
    )
    .into())
}

fn it_sleeps() -> Verdict {
    let mut runtime = Runtime::new(3);
    if let Poll::Ready(counted) = runtime.poll() {
        return Err(format!("The queue is empty after 3 items, and not closed. Expected: the task is pending. It is ready with {counted}.").into());
    }
    if runtime.is_woken() {
        return Err("The queue is empty. Expected: the task sleeps. It is woken, and will find nothing, for ever.".into());
    }
    runtime.queue.push(4);
    if !runtime.is_woken() {
        return Err(
            "The queue is empty, and an item is pushed. Expected: the task is woken. It is not."
                .into(),
        );
    }
    runtime.queue.close();
    match runtime.poll() {
        Poll::Ready(4) => Ok(()),
        other => Err(format!(
            "A fourth item has come, and the end. Expected: ready with 4. It is {other:?}."
        )
        .into()),
    }
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
