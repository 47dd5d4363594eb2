//! Batching: what goes the same way goes together.
//!
//! A batch leaves for one of four reasons. Two are Kafka's `batch.size` and `linger.ms`: it is full, or
//! its first item has waited long enough. One is Nagle's (RFC 896): nothing is under way, so there is
//! nothing to wait for. The last is the end of the items.
//!
//! Nagle's rule makes batches as large as the load asks for: one item when items are rare, and as many
//! as come during a journey when they are not. The linger is for journeys that take too long. Our
//! timers, tokio's, tick every millisecond: a shorter linger is as long as that, and only none is none.

use std::pin::pin;
use std::time::Duration;

use crate::sync::{mpsc, sleep};

// ANCHOR: batch
/// When a batch leaves at the latest.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many items a batch holds; at least one.
    pub size: usize,
    /// How long its first item waits while an earlier batch is under way.
    pub linger: Duration,
}

/// A batch's journey; dropping it says that the journey is over, well or not.
#[derive(Debug)]
pub struct Journey(mpsc::UnboundedSender<()>);

impl Drop for Journey {
    fn drop(&mut self) {
        // After the end of the items the gatherer is gone.
        let _ = self.0.send(());
    }
}

/// Gathers items into batches until there are no more, and gives each batch away by `depart`, which
/// does not wait for its journey.
pub async fn gather<T>(
    mut items: mpsc::UnboundedReceiver<T>,
    limits: Limits,
    mut depart: impl FnMut(Vec<T>, Journey),
) {
    let (over, mut journeys) = mpsc::unbounded_channel();
    let mut under_way = 0_usize;
    while let Some(first) = items.recv().await {
        let mut batch = vec![first];
        let mut linger = pin!(sleep(limits.linger));
        let mut may_grow = !limits.linger.is_zero();
        loop {
            // What is there already comes along, and a journey that is over is not waited for.
            while batch.len() < limits.size
                && let Ok(item) = items.try_recv()
            {
                batch.push(item);
            }
            while journeys.try_recv().is_ok() {
                under_way -= 1;
            }
            if batch.len() >= limits.size || under_way == 0 || !may_grow {
                break;
            }
            tokio::select! {
                // In this order: a choice by chance could not be replayed in a proof.
                biased;
                item = items.recv() => match item {
                    Some(item) => batch.push(item),
                    None => may_grow = false,
                },
                _ = journeys.recv() => under_way -= 1,
                () = &mut linger => may_grow = false,
            }
        }
        under_way += 1;
        depart(batch, Journey(over.clone()));
    }
}
// ANCHOR_END: batch
