//! Taking messages from the queue, whatever becomes of its server meanwhile.

use std::time::Duration;

use async_nats::jetstream::Message;
use async_nats::jetstream::consumer::PullConsumer;
use async_nats::jetstream::consumer::pull::Batch;
use futures_util::StreamExt;
use tokio::time::{sleep, timeout};

use crate::queue::Queue;

/// How long the server keeps a request for which it has nothing.
const WAITS: Duration = Duration::from_millis(500);

/// How much later than that it is taken for a server that is not there, or is another one, which does not know of the
/// request.
const GRACE: Duration = Duration::from_millis(250);

// ANCHOR: taking
/// Messages that were asked for, as they come.
pub struct Taking<'a> {
    queue: &'a Queue,
    messages: Option<Batch>,
}

/// Asks for at most so many messages.
///
/// To ask for more than can be worked on at once would be a mistake that shows only when work is slow: the time in which a
/// message is to be acknowledged runs from when the server has sent it, and not from when the worker looks at it.
pub async fn take<'a>(queue: &'a Queue, consumer: &PullConsumer, most: usize) -> Taking<'a> {
    let asked = consumer
        .batch()
        .max_messages(most)
        .expires(WAITS)
        .messages()
        .await;
    if asked.is_err() {
        sleep(GRACE).await;
    }
    let messages = asked.ok();
    Taking { queue, messages }
}

impl Taking<'_> {
    /// The next one, unless all are there, or there was none for a while, or the server is gone.
    pub async fn next(&mut self) -> Option<Message> {
        let messages = self.messages.as_mut()?;
        let next = async {
            // The client has a time limit of its own, which is longer.
            let next = timeout(WAITS + GRACE, messages.next()).await;
            next.ok()
                .flatten()
                .ok_or("there is none")?
                .map_err(|_| "it is damaged")
        };
        self.queue.unless_lost(next).await.ok()
    }
}
// ANCHOR_END: taking
