//! How a worker leaves while a run goes on: it takes no more ranges, reports those that it has, and is gone.
//!
//! To the work on ranges this looks like their end, and the run hears that the worker has left. A range that was on
//! its way to it is done again, as one of a worker that was killed is. So nothing is promised here that is not promised
//! of a kill. It is cheaper: what was begun is not begun twice.

use std::future::pending;

use tokio::sync::watch;

use crate::channel::Receives;

/// Tells everything in this process that it is time to leave.
#[derive(Debug)]
pub struct Leave(watch::Sender<bool>);

/// Hears of it.
#[derive(Clone, Debug)]
pub struct Leaving(watch::Receiver<bool>);

impl Leave {
    /// The two ends.
    pub fn new() -> (Leave, Leaving) {
        let (sender, receiver) = watch::channel(false);
        (Leave(sender), Leaving(receiver))
    }

    /// It is time.
    pub fn now(&self) {
        self.0.send_replace(true);
    }
}

impl Leaving {
    /// For a worker that stays as long as its run does.
    pub fn never() -> Leaving {
        Leave::new().1
    }

    /// Whether it is time.
    pub fn is_now(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is time, which may be never.
    async fn time(&mut self) {
        if self.0.wait_for(|&is_now| is_now).await.is_err() {
            pending::<()>().await;
        }
    }
}

// ANCHOR: until
/// A channel that also ends when it is time to leave.
#[derive(Debug)]
pub struct Until<I>(pub I, pub Leaving);

impl<T: Send, I: Receives<T> + Send> Receives<T> for Until<I> {
    type Error = I::Error;

    async fn receive(&mut self) -> Result<Option<T>, I::Error> {
        tokio::select! {
            biased;
            () = self.1.time() => Ok(None),
            received = self.0.receive() => received,
        }
    }
}
// ANCHOR_END: until

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn what_was_not_taken_stays_in_the_channel() {
        let (items_in, items) = mpsc::channel(2);
        let (leave, leaving) = Leave::new();
        let mut until = Until(items, leaving);
        for item in [1, 2] {
            items_in.send(item).await.expect("room");
        }
        assert_eq!(until.receive().await, Ok(Some(1)));
        leave.now();
        assert_eq!(until.receive().await, Ok(None));
        assert_eq!(until.0.recv().await, Some(2));
    }

    #[tokio::test]
    async fn one_that_stays_hears_of_nothing_but_items() {
        let (items_in, items) = mpsc::channel(1);
        let mut until = Until(items, Leaving::never());
        items_in.send(1).await.expect("room");
        assert_eq!(until.receive().await, Ok(Some(1)));
        drop(items_in);
        assert_eq!(until.receive().await, Ok(None));
    }
}
