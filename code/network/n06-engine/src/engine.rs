//! The engine, started: its workers in this process, and its connections to the others.

use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::Sender;
use std::thread;

use timely::WorkerConfig;
use timely::communication::allocator::zero_copy::initialize::initialize_networking_from_sockets;
use timely::communication::allocator::{AllocatorBuilder, ProcessBuilder};
use timely::communication::{Hooks, WorkerGuards};
use timely::execute::execute_from;

use crate::counted::Counted;
use crate::fate::{Event, THREADS, Witness};
use crate::work::{Job, work};

/// This process among all of the run.
#[derive(Debug)]
pub struct Seat {
    /// Its number, from 0.
    pub process: usize,
    /// How many workers it has; all have as many.
    pub threads: usize,
    /// The connections to all processes, in their order, and none to itself.
    pub sockets: Vec<Option<UnixStream>>,
    /// Counts the bytes on them.
    pub bytes: Arc<AtomicU64>,
}

/// Starts the workers of this process. What the first of all workers has to tell comes on the channel, and so does
/// the end.
///
/// # Errors
///
/// If threads cannot be started; what cannot is said in the engine's words.
pub fn begin(job: Arc<Job>, seat: Seat, news: Sender<Event>) -> Result<(), String> {
    let guards = start(job, seat, news.clone())?;
    // Its own thread: the engine panics there, too, when it has lost a part of itself.
    let waits = move || {
        let _witness = Witness::of_this_thread(&news);
        let is_whole = guards.join().iter().all(Result::is_ok);
        let _ = news.send(if is_whole {
            Event::Joined
        } else {
            Event::Broken
        });
    };
    let named = thread::Builder::new().name(format!("{THREADS}join"));
    named.spawn(waits).map_err(|err| err.to_string())?;
    Ok(())
}

fn start(job: Arc<Job>, seat: Seat, news: Sender<Event>) -> Result<WorkerGuards<()>, String> {
    let Seat {
        process,
        threads,
        sockets,
        bytes,
    } = seat;
    let hooks = Hooks::default();
    let inner =
        ProcessBuilder::new_typed_vector(threads, hooks.refill.clone(), hooks.spill.clone());
    let logic = move |worker: &mut timely::worker::Worker| {
        let _witness = Witness::of_this_thread(&news);
        let news = news.clone();
        // A run that has ended has no ears.
        work(worker, &job, move |told, after| {
            drop(news.send(Event::News(told, after)));
        });
    };
    if sockets.len() < 2 {
        let builders = inner.into_iter().map(AllocatorBuilder::Process).collect();
        return execute_from(builders, Box::new(()), WorkerConfig::default(), logic);
    }
    let counted = |socket: Option<UnixStream>| Some(Counted::new(socket?, &bytes));
    let sockets = sockets.into_iter().map(counted).collect();
    let (builders, guard) =
        initialize_networking_from_sockets(inner, sockets, process, threads, hooks)
            .map_err(|err| err.to_string())?;
    let builders = builders.into_iter().map(AllocatorBuilder::Tcp).collect();
    execute_from(builders, Box::new(guard), WorkerConfig::default(), logic)
}
