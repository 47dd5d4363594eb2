//! One connection through the weather: two directions, and what becomes of both.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until, timeout};

use crate::arrivals::{Arrivals, CELL_BYTES};
use crate::dice::Dice;
use crate::spec::{Direction, Fault, Weather};
use crate::stream::Stream;

/// How many cells or parts of them are under way in a direction at most: what the network holds before
/// its sender has to wait.
const UNDER_WAY_MAX: usize = 64;

/// How long a peer whose connection was cut may take to close it.
const FAREWELL: Duration = Duration::from_secs(1);

/// What a connection came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Bytes that reached the peer that was connected to.
    pub up: u64,
    /// Bytes that reached the peer that connected.
    pub down: u64,
    /// How it ended.
    pub end: End,
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// By the peers.
    Peers,
    /// By one of the peers, which broke it.
    Broken,
    /// By the peers, which had lost each other before.
    BlackHole,
    /// By a reset.
    Reset,
    /// By a cut.
    Cut,
}

/// How things are on a connection.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    Open,
    HeldUntil(Instant),
    Dark,
    Over(End),
}

/// What goes one way.
enum Item {
    Bytes(Instant, Vec<u8>),
    Fault,
    End,
}

/// Both ends, and what both directions must know.
struct Link {
    weather: Weather,
    /// After how many bytes the fault comes.
    fault_at: Option<u64>,
    phase: watch::Sender<Phase>,
    passed: [AtomicU64; 2],
}

/// Passes bytes between the peer that connected and the one that it was connected to, until both have
/// ended, or the weather ends it. The number tells connections apart that have one weather.
pub async fn between(connected: Stream, to: Stream, weather: &Weather, number: u64) -> Passed {
    let mut dice = Dice::new(weather.seed, number);
    let fault_at = weather.fault.as_ref().map(|fault| match fault {
        Fault::Hold(at, _) | Fault::BlackHole(at) | Fault::Reset(at) | Fault::Cut(at) => {
            dice.bytes(at)
        }
    });
    let link = Link {
        weather: weather.clone(),
        fault_at,
        phase: watch::Sender::new(Phase::Open),
        passed: Default::default(),
    };
    let (connected, to) = (Arc::new(connected), Arc::new(to));
    let (up, down) = (mpsc::channel(UNDER_WAY_MAX), mpsc::channel(UNDER_WAY_MAX));
    tokio::join!(
        link.take(&connected, up.0, Direction::Up, dice.clone()),
        link.give(&to, up.1, Direction::Up),
        link.take(&to, down.0, Direction::Down, dice),
        link.give(&connected, down.1, Direction::Down),
    );
    let end = match *link.phase.borrow() {
        Phase::Over(end) => end,
        Phase::Dark => End::BlackHole,
        Phase::Open | Phase::HeldUntil(_) => End::Peers,
    };
    match end {
        End::Reset | End::Broken => {
            connected.break_at_end();
            to.break_at_end();
        }
        End::Cut => {
            tokio::join!(farewell(&connected), farewell(&to));
        }
        End::Peers | End::BlackHole => {}
    }
    let [up, down] = link.passed.map(AtomicU64::into_inner);
    Passed { up, down, end }
}

/// Ends a connection in order: a socket that is closed with unread bytes in it is broken instead.
async fn farewell(stream: &Stream) {
    stream.finish();
    let mut unread = [0; CELL_BYTES as usize];
    let reading = async { while let Ok(1..) = stream.read(&mut unread).await {} };
    // A peer that does not close has had its chance.
    let _ = timeout(FAREWELL, reading).await;
}

impl Link {
    // In order, wherever the weather may have ended the connection: not a byte passes after that.

    /// Takes bytes from a peer, and says when they are to arrive, until the peer or the connection ends.
    async fn take(
        &self,
        from: &Stream,
        items: mpsc::Sender<Item>,
        direction: Direction,
        mut dice: Dice,
    ) {
        let is_bad = self.weather.is_in(direction);
        let fault_at = self.fault_at.filter(|_| is_bad);
        let mut clock = Arrivals::new(&self.weather, direction);
        let mut cell = [0; CELL_BYTES as usize];
        let mut offset = 0;
        loop {
            if fault_at == Some(offset) && items.send(Item::Fault).await.is_err() {
                return;
            }
            let border = (offset / CELL_BYTES + 1) * CELL_BYTES;
            let limit = match fault_at {
                Some(at) if at > offset => border.min(at),
                _ => border,
            };
            let room = usize::try_from(limit - offset).expect("within a cell");
            let read = tokio::select! {
                biased;
                () = self.over() => return,
                read = from.read(&mut cell[..room]) => read,
            };
            let len = match read {
                Ok(0) => break,
                Ok(len) => len,
                // What one peer breaks is broken for the other, too.
                Err(_) => return self.turns(Phase::Over(End::Broken)),
            };
            let due = clock.arrival(&mut dice, offset, len as u64);
            offset += len as u64;
            let bytes = Item::Bytes(due, cell[..len].to_vec());
            if items.send(bytes).await.is_err() {
                return;
            }
        }
        let _ = items.send(Item::End).await;
    }

    /// Gives a peer what has arrived, as far as the weather lets it.
    async fn give(&self, to: &Stream, mut items: mpsc::Receiver<Item>, direction: Direction) {
        let is_bad = self.weather.is_in(direction);
        let passed = &self.passed[direction as usize];
        while let Some(item) = items.recv().await {
            let passes = tokio::select! {
                biased;
                () = self.over() => return,
                passes = self.passes(&item, is_bad) => passes,
            };
            match item {
                Item::Fault => self.happens(),
                _ if !passes => {}
                Item::End => to.finish(),
                Item::Bytes(_, bytes) => {
                    let step = if is_bad && self.weather.drip {
                        1
                    } else {
                        bytes.len()
                    };
                    for piece in bytes.chunks(step) {
                        let written = tokio::select! {
                            biased;
                            () = self.over() => return,
                            written = to.write_all(piece) => written,
                        };
                        if written.is_err() {
                            return; // the peer is gone; its other direction says the same
                        }
                        passed.fetch_add(piece.len() as u64, Relaxed);
                        if step == 1 {
                            tokio::task::yield_now().await;
                        }
                    }
                }
            }
        }
    }

    /// Waits until an item has arrived, and says whether it gets through.
    async fn passes(&self, item: &Item, is_bad: bool) -> bool {
        if let Item::Bytes(due, _) = item {
            sleep_until(*due).await;
        }
        let mut phase = self.phase.subscribe();
        loop {
            let now = *phase.borrow_and_update();
            match now {
                Phase::HeldUntil(until) if is_bad => {
                    if Instant::now() >= until {
                        return true;
                    }
                    tokio::select! {
                        () = sleep_until(until) => return true,
                        _ = phase.changed() => {}
                    }
                }
                Phase::Dark => return !is_bad,
                _ => return true,
            }
        }
    }

    /// The fault happens, if it has not happened by the other direction.
    fn happens(&self) {
        self.turns(match self.weather.fault {
            None => return,
            Some(Fault::Hold(_, long)) => Phase::HeldUntil(Instant::now() + long),
            Some(Fault::BlackHole(_)) => Phase::Dark,
            Some(Fault::Reset(_)) => Phase::Over(End::Reset),
            Some(Fault::Cut(_)) => Phase::Over(End::Cut),
        });
    }

    /// Things change for both directions; only a break comes after a fault.
    fn turns(&self, next: Phase) {
        self.phase.send_if_modified(|phase| {
            let changes = match phase {
                Phase::Open => true,
                Phase::HeldUntil(_) => next == Phase::Over(End::Broken),
                Phase::Dark | Phase::Over(_) => false,
            };
            if changes {
                *phase = next;
            }
            changes
        });
    }

    /// Returns when the weather has ended the connection.
    async fn over(&self) {
        let mut phase = self.phase.subscribe();
        let ended = phase.wait_for(|phase| matches!(phase, Phase::Over(_)));
        // The sender is this link's own.
        let _ = ended.await;
    }
}
