//! The two tasks beside the desk: one gives ranges to the queue, and one hears what comes from it.
//!
//! Each waits for the server as long as it must, and the desk waits for neither: it merges what there is, and looks around.

use std::time::{Duration, Instant};

use async_nats::jetstream::Message;
use bytes::Bytes;
use tokio::sync::mpsc;

use crate::once::Waiting;
use crate::queue::{PAUSE, Queue, Terms};
use crate::start::Start;
use crate::taking::take;

/// Reports that are taken at a time.
pub const REPORTS: usize = 16;

/// What is heard of the queue.
pub enum Heard {
    /// A report, and the message to be acknowledged.
    Report(Bytes, Option<Box<Message>>),
    /// It was not there for too long.
    Gone(String),
}

/// A range for the queue.
pub struct Gift {
    /// The range.
    pub waiting: Waiting,
    /// Whether there may be a report on it already.
    pub look: bool,
}

/// Gives ranges to the queue, one after the other, each until it is there.
pub async fn give(
    queue: Queue,
    start: Start,
    patience: Duration,
    mut gifts: mpsc::Receiver<Gift>,
    heard: mpsc::Sender<Heard>,
) {
    while let Some(Gift { waiting, look }) = gifts.recv().await {
        let (name, tries) = (waiting.name, waiting.tries);
        if look && let Some(bytes) = queue.report(name).await {
            let _ = heard.send(Heard::Report(bytes, None)).await;
            continue;
        }
        // With the same identity the server would not take it again.
        let (subject, id) = (format!("range.{name}"), format!("range-{name}-{tries}"));
        let put = queue
            .put(start.terms, patience, (&subject, &id, waiting.bytes))
            .await;
        if put.is_ok() && tries > 1 && queue.last("ranges", "start").await.is_none() {
            // The server has lost it, and with it what workers are told.
            let _ = put_start(&queue, &start, patience).await;
        }
        if let Err(why) = put {
            let _ = heard.send(Heard::Gone(why)).await;
            return;
        }
    }
}

async fn put_start(queue: &Queue, start: &Start, patience: Duration) -> Result<(), String> {
    queue
        .put(
            start.terms,
            patience,
            ("start", &start_id(), start.bytes().into()),
        )
        .await
}

/// What workers are told may be the same twice, and is to be told twice.
pub fn start_id() -> String {
    format!("start-{:016x}", getrandom::u64().unwrap_or_default())
}

/// Takes reports from the queue, for as long as there is one.
pub async fn hear(queue: Queue, terms: Terms, patience: Duration, heard: mpsc::Sender<Heard>) {
    let mut since = Instant::now();
    loop {
        match queue.consumer("reports", "run").await {
            Ok(reports) => {
                since = Instant::now();
                let mut taking = take(&queue, &reports, REPORTS).await;
                while let Some(message) = taking.next().await {
                    let bytes = message.payload.clone();
                    let _ = heard
                        .send(Heard::Report(bytes, Some(Box::new(message))))
                        .await;
                }
            }
            Err(err) if since.elapsed() > patience => {
                let _ = heard.send(Heard::Gone(err.to_string())).await;
                return;
            }
            Err(_) => {
                tokio::time::sleep(PAUSE).await;
                // It may be another server, or one that has lost its files.
                let _ = queue.prepare(terms).await;
            }
        }
    }
}
