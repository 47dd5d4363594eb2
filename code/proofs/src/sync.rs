//! The steps' `sync` modules, with shuttle's primitives in place of the real ones.

use std::future::{Future, pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use shuttle::rand::{Rng, thread_rng};

pub use std::sync::PoisonError;

pub use shuttle::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

pub use shuttle::sync::{Arc, Mutex, MutexGuard};

// Tokio's channels need none of its runtime. They are taken as they are: to the checker each of their
// operations is one step.
pub use tokio::sync::{mpsc, oneshot};

pub use crate::remote::MultiplexedConnection;

pub use crate::channel::{Receiver, RecvTimeoutError, Sender, bounded, never, unbounded};
pub use crate::select;

/// A sleep that may end at any time, or for [`Duration::MAX`] never.
pub async fn sleep(duration: Duration) {
    if duration == Duration::MAX {
        pending::<()>().await;
    }
    while thread_rng().gen_bool(0.5) {
        shuttle::future::yield_now().await;
    }
}

/// Starts a task as a runtime does: a panic ends the task, and not the program.
pub fn spawn(task: impl Future<Output = ()> + Send + 'static) {
    shuttle::future::spawn(async move {
        let mut task = pin!(task);
        poll_fn(|context| {
            let poll = AssertUnwindSafe(|| task.as_mut().poll(context));
            catch_unwind(poll).unwrap_or(Poll::Ready(()))
        })
        .await;
    });
}
