//! All that a stage may know of the channels it stands between: two small traits.
//!
//! A stage that is written against them cannot tell where its neighbours are. What it must not be spared
//! is in the types: a receiver hears of *an item, the end, or an error*, and these are three answers; a
//! sender is told that its item was *accepted*, that the channel is *closed*, or of *an error*. How an
//! error can come about is up to the channel. Between tasks of one process none can, because both ends die
//! together: the error is [`Infallible`], and what would handle it is not even compiled.
//!
//! Left out: how full a channel is. Over a network that cannot be known at any one moment.

use std::convert::Infallible;

use tokio::sync::mpsc;
use traffic::Stage;

// ANCHOR: traits
/// Where a stage's items come from.
pub trait Receives<T> {
    /// Why no more can be learned from this channel, though it has not ended.
    type Error: std::error::Error + Send + 'static;

    /// The next item, or `None` when there will be no more.
    ///
    /// Cancel-safe: a call whose future is dropped has taken no item.
    ///
    /// # Errors
    ///
    /// If the channel broke. That is not its end: items may have been lost.
    fn receive(&mut self) -> impl Future<Output = Result<Option<T>, Self::Error>> + Send;
}

/// Where a stage's results go.
pub trait Sends<T> {
    /// Why an item may or may not have been accepted.
    type Error: std::error::Error + Send + 'static;

    /// Waits until there is room, and sends. Accepted is not received, and far from done.
    ///
    /// # Errors
    ///
    /// If the channel broke.
    fn send(&mut self, item: T) -> impl Future<Output = Result<Sent, Self::Error>> + Send;
}

/// What became of an item at the sender's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is on its way.
    Accepted,
    /// The receiver wants no more, and will not get this one.
    Closed,
}
// ANCHOR_END: traits

// ANCHOR: local
/// A receiver between tasks that tells the meter how full its channel is.
#[derive(Debug)]
pub struct Inbox<T> {
    items: mpsc::Receiver<T>,
    stage: Stage,
}

/// A channel between tasks, in front of a stage.
pub fn channel<T>(capacity: usize, stage: &Stage) -> (mpsc::Sender<T>, Inbox<T>) {
    // A channel of tokio's holds at least one.
    let (sender, items) = mpsc::channel(capacity.max(1));
    let stage = stage.clone();
    (sender, Inbox { items, stage })
}

impl<T: Send> Receives<T> for Inbox<T> {
    type Error = Infallible;

    async fn receive(&mut self) -> Result<Option<T>, Infallible> {
        let item = self.items.recv().await;
        if item.is_some() {
            let capacity = self.items.max_capacity();
            self.stage.queue(self.items.len(), Some(capacity));
        }
        Ok(item)
    }
}

impl<T: Send> Receives<T> for mpsc::Receiver<T> {
    type Error = Infallible;

    async fn receive(&mut self) -> Result<Option<T>, Infallible> {
        Ok(self.recv().await)
    }
}

impl<T: Send> Sends<T> for mpsc::Sender<T> {
    type Error = Infallible;

    async fn send(&mut self, item: T) -> Result<Sent, Infallible> {
        Ok(match mpsc::Sender::send(self, item).await {
            Ok(()) => Sent::Accepted,
            Err(_) => Sent::Closed,
        })
    }
}
// ANCHOR_END: local
