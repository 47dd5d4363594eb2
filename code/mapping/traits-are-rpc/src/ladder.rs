//! The ladder: one question at every distance, and how long its answer takes.

use std::hint::black_box;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::directory::{Directory, Holder, Locked, Table, Unresolved};
use crate::mailbox::{Task, Thread};
use crate::server::{self, Anew};

/// How long we wait for an answer before we call it late, unless told otherwise.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// How far away the answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rung {
    /// A function in our own program, which the compiler knows when it compiles the call.
    Function,
    /// The same function behind a pointer that is known when the program runs.
    TraitObject,
    /// Behind a lock that no other thread wants.
    Lock,
    /// A task on our own thread, with a mailbox.
    Task,
    /// Another thread, with a mailbox.
    Thread,
    /// The other end of a Unix socket, in this process.
    Unix,
    /// The other end of a TCP connection, on this machine.
    Tcp,
    /// The same, with a connection made for the question.
    Connect,
    /// As far as another machine of the region.
    Region,
    /// As far as another country.
    Country,
}

impl Rung {
    /// From near to far.
    pub const ALL: [Rung; 10] = [
        Rung::Function,
        Rung::TraitObject,
        Rung::Lock,
        Rung::Task,
        Rung::Thread,
        Rung::Unix,
        Rung::Tcp,
        Rung::Connect,
        Rung::Region,
        Rung::Country,
    ];

    /// What it is called, in the program, in the bench and in the results.
    pub fn name(self) -> &'static str {
        match self {
            Rung::Function => "function",
            Rung::TraitObject => "trait-object",
            Rung::Lock => "lock",
            Rung::Task => "task",
            Rung::Thread => "thread",
            Rung::Unix => "unix",
            Rung::Tcp => "tcp",
            Rung::Connect => "connect",
            Rung::Region => "region",
            Rung::Country => "country",
        }
    }

    // ANCHOR: open
    /// A directory at this distance.
    ///
    /// # Errors
    ///
    /// The system refuses a socket or what a runtime needs.
    pub fn open(self, distances: Distances) -> io::Result<Box<dyn Directory>> {
        let here = Duration::ZERO;
        Ok(match self {
            Rung::Function | Rung::TraitObject => Box::new(Table::new()),
            Rung::Lock => Box::new(Locked(Arc::new(Mutex::new(Table::new())))),
            Rung::Task => Box::new(Task::start(Table::new())?),
            Rung::Thread => Box::new(Thread::start(Table::new(), PATIENCE)),
            Rung::Unix => Box::new(server::unix(PATIENCE)?),
            Rung::Tcp => Box::new(server::connect(server::listen(here)?, PATIENCE)?),
            Rung::Connect => Box::new(Anew {
                address: server::listen(here)?,
                patience: PATIENCE,
            }),
            Rung::Region => {
                let address = server::listen(distances.region)?;
                Box::new(server::connect(address, PATIENCE)?)
            }
            Rung::Country => {
                let address = server::listen(distances.country)?;
                Box::new(server::connect(address, PATIENCE)?)
            }
        })
    }
    // ANCHOR_END: open
}

/// How far the far rungs are: the time that a server lets pass before it answers.
#[derive(Clone, Copy, Debug)]
pub struct Distances {
    /// To another machine of the region.
    pub region: Duration,
    /// To another country.
    pub country: Duration,
}

impl Default for Distances {
    fn default() -> Distances {
        Distances {
            region: Duration::from_micros(500),
            country: Duration::from_millis(20),
        }
    }
}

// ANCHOR: ask
/// Asks the same question so many times, at least once, and says what the last answer was and how long
/// all of them took. Written once, for every distance.
///
/// # Errors
///
/// The first question that had no answer.
pub fn ask<D: Directory + ?Sized>(
    directory: &mut D,
    client: Ipv4Addr,
    questions: u64,
) -> Result<(Holder, Duration), Unresolved> {
    let start = Instant::now();
    for _ in 1..questions {
        let answer = directory.holder(black_box(client));
        // Looked at where it lies: to move it would cost more than all of the nearest rung.
        if let Err(why) = black_box(&answer) {
            return Err(*why);
        }
    }
    let last = directory.holder(black_box(client))?;
    Ok((last, start.elapsed()))
}
// ANCHOR_END: ask

/// Asks at one rung, so many times, at least once.
///
/// # Errors
///
/// As [`ask`].
pub fn climb(
    rung: Rung,
    directory: &mut dyn Directory,
    client: Ipv4Addr,
    questions: u64,
) -> Result<(Holder, Duration), Unresolved> {
    match rung {
        // Here the compiler knows whom it calls.
        Rung::Function => ask(&mut Table::new(), client, questions),
        _ => ask(black_box(directory), client, questions),
    }
}
