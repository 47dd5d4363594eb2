//! A cycle of bounded channels: from a to b, and from b back to a. When each side must be read so that it can
//! write, both wait.
//!
//! The broken variant sends all, and then reads. It goes well as long as all of it fits into the channels, so
//! a larger buffer hides the mistake, and does not mend it. The repaired variant reads while it sends.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use remoc::rch::mpsc;
use serde::{Deserialize, Serialize};
use tokio::net::UnixStream;
use tokio::time::sleep;

use crate::wire::converse;

/// How many items go around.
pub const ITEMS: usize = 1_000;

/// The bytes of one: all of them together are several times what a connection holds.
const ITEM_BYTES: usize = 4_096;

/// A cycle in which nothing has moved for so long stands still.
const STANDSTILL: Duration = Duration::from_secs(3);

/// Something that goes around.
#[derive(Debug, Serialize, Deserialize)]
struct Item(#[serde(with = "serde_bytes")] Vec<u8>);

/// How often something was sent or received, by either side.
type Moves = Arc<AtomicUsize>;

/// What a and b have of the cycle: where they send, and where they receive.
type Ends = (mpsc::Sender<Item>, mpsc::Receiver<Item>);

/// What became of the cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// So many items came back.
    Back(usize),
    /// Nothing moves any more, and not all have come back.
    Deadlock,
}

/// Runs both variants, in one process and over a connection.
///
/// # Errors
///
/// If there is no connection.
pub async fn run() -> io::Result<Table> {
    let here = (cycle(broken, here()), cycle(repaired, here()));
    let there = (
        cycle(broken, over_a_connection().await?),
        cycle(repaired, over_a_connection().await?),
    );
    let (a, b, c, d) = tokio::join!(here.0, here.1, there.0, there.1);
    Ok(Table {
        here: [a, b],
        there: [c, d],
    })
}

// ANCHOR: variants
/// The broken a: it sends all, and then reads.
async fn broken((to_b, mut from_b): Ends, moves: Moves) -> usize {
    for _ in 0..ITEMS {
        send(&to_b, &moves).await;
    }
    drop(to_b);
    let mut back = 0;
    while receive(&mut from_b, &moves).await {
        back += 1;
    }
    back
}

/// The repaired a: it reads while it sends.
async fn repaired((to_b, mut from_b): Ends, moves: Moves) -> usize {
    let sending = async {
        for _ in 0..ITEMS {
            send(&to_b, &moves).await;
        }
        drop(to_b);
    };
    let receiving = async {
        let mut back = 0;
        while receive(&mut from_b, &moves).await {
            back += 1;
        }
        back
    };
    tokio::join!(sending, receiving).1
}

/// b sends back what it receives.
async fn echo((to_a, mut from_a): Ends, moves: Moves) {
    while receive(&mut from_a, &moves).await {
        send(&to_a, &moves).await;
    }
}
// ANCHOR_END: variants

async fn send(to: &mpsc::Sender<Item>, moves: &Moves) {
    // If the other side is gone, the cycle has ended, and the receiver says so.
    let _ = to.send(Item(vec![0; ITEM_BYTES])).await;
    moves.fetch_add(1, Relaxed);
}

async fn receive(from: &mut mpsc::Receiver<Item>, moves: &Moves) -> bool {
    let is_item = matches!(from.recv().await, Ok(Some(_)));
    moves.fetch_add(1, Relaxed);
    is_item
}

/// Runs a cycle until it has ended, or stands still.
async fn cycle<F>(a: impl FnOnce(Ends, Moves) -> F, ends: [Ends; 2]) -> Outcome
where
    F: Future<Output = usize>,
{
    let moves = Moves::default();
    let [a_ends, b_ends] = ends;
    let b = tokio::spawn(echo(b_ends, Arc::clone(&moves)));
    let watched = Arc::clone(&moves);
    let outcome = tokio::select! {
        back = a(a_ends, moves) => Outcome::Back(back),
        () = standstill(&watched) => Outcome::Deadlock,
    };
    b.abort();
    outcome
}

/// Returns when nothing has moved for a while.
async fn standstill(moves: &Moves) {
    let mut last = usize::MAX;
    loop {
        let now = moves.load(Relaxed);
        if now == last {
            return;
        }
        last = now;
        sleep(STANDSTILL).await;
    }
}

/// Both ends of a cycle in this process.
fn here() -> [Ends; 2] {
    let (to_b, from_a) = mpsc::channel();
    let (to_a, from_b) = mpsc::channel();
    [(to_b, from_b), (to_a, from_a)]
}

/// Both ends of a cycle over a connection: the same channels, of which b's ends were sent to it.
async fn over_a_connection() -> io::Result<[Ends; 2]> {
    let (one, other) = UnixStream::pair()?;
    let (one, other) = tokio::try_join!(converse::<Ends, ()>(one), converse::<(), Ends>(other))?;
    let ((mut sender, _), (_, mut receiver)) = (one, other);
    let [a, b] = here();
    sender.send(b).await.map_err(io::Error::other)?;
    let b = receiver.recv().await.map_err(io::Error::other)?;
    Ok([a, b.ok_or(io::ErrorKind::UnexpectedEof)?])
}

/// What became of both variants, the broken one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// In one process.
    pub here: [Outcome; 2],
    /// Over a connection.
    pub there: [Outcome; 2],
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Back(items) => f.pad(&format!("{items} came back")),
            Outcome::Deadlock => f.pad("deadlock"),
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "                   sends, then reads  reads while it sends"
        )?;
        for (place, [broken, repaired]) in [
            ("in one process", self.here),
            ("over a connection", self.there),
        ] {
            writeln!(f, "{place:<17}  {broken:<17}  {repaired}")?;
        }
        Ok(())
    }
}
