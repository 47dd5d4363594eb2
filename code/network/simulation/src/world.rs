//! What all machines of a simulation share, and a real program does not have: how long work takes, and the trace.
//!
//! A simulation is one thread. So this is a thread's own, as turmoil's world is, and the files of n03 need not be
//! handed it.

use std::cell::RefCell;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use crate::cores::Cores;
use crate::job::Clients;
use crate::trace::Trace;

/// How long a worker needs for a range: between these, in milliseconds.
const WORK_MS: (u64, u64) = (5, 45);

/// One range in so many takes so many times as long: longer than its lease.
const SLOW: (u64, u32) = (50, 10);

/// How long work takes.
#[derive(Clone, Debug)]
pub enum Pace {
    /// As long as the seed says, a processor for each worker.
    Drawn(u64),
    /// As long as was measured, on processors that all processes share.
    Measured {
        /// A worker's work on a range, without its lines.
        range: Duration,
        /// A worker's work on a line.
        line: Duration,
        /// The processors.
        cores: Cores,
    },
}

/// One simulation's.
#[derive(Debug)]
struct World {
    pace: Pace,
    trace: Trace,
}

thread_local! {
    static WORLD: RefCell<Option<World>> = const { RefCell::new(None) };
}

/// Begins a simulation in this thread.
pub fn begin(pace: Pace) {
    let trace = Trace::default();
    WORLD.set(Some(World { pace, trace }));
}

/// Ends it, and says what has happened.
pub fn end() -> Trace {
    WORLD.take().map(|world| world.trace).unwrap_or_default()
}

/// Something happened.
pub fn note(event: impl Hash) {
    WORLD.with_borrow_mut(|world| {
        if let Some(world) = world {
            world.trace.note(event);
        }
    });
}

/// The processors of a worker.
pub fn cores() -> Cores {
    match pace() {
        Pace::Drawn(_) => Cores::new(1),
        Pace::Measured { cores, .. } => cores,
    }
}

/// How long a worker works on a batch of lines with these clients.
pub fn cost(clients: &Clients) -> Duration {
    match pace() {
        Pace::Drawn(seed) => drawn(seed, clients),
        Pace::Measured { range, line, .. } => {
            range + line * u32::try_from(clients.len()).expect("a batch has thousands at most")
        }
    }
}

/// The same for the same lines and seed, whichever worker has them: a range that is slow is slow everywhere.
fn drawn(seed: u64, clients: &Clients) -> Duration {
    let mut hasher = DefaultHasher::new();
    seed.hash(&mut hasher);
    for client in clients.iter() {
        client.hash(&mut hasher);
    }
    let number = hasher.finish();
    let (least, most) = WORK_MS;
    let work = Duration::from_millis(least + number % (most - least));
    let (one_in, times) = SLOW;
    if (number >> 32).is_multiple_of(one_in) {
        work * times
    } else {
        work
    }
}

fn pace() -> Pace {
    WORLD.with_borrow(|world| {
        let world = world.as_ref().expect("a simulation has begun");
        world.pace.clone()
    })
}
