//! An engine: the same report as a dataflow, on workers that may be threads of many processes.
//!
//! The parent's workers each have a part of the log, and a report, and one thread merges. Here workers exchange what they
//! have counted, so that each row is added up by one of them, and a library of others carries it between threads and
//! processes: Timely Dataflow, which grew from Naiad. It also knows when nothing more can come of a stretch of the log.
//! What it does not do is survive: a worker that is lost is the end of the run.

pub mod arrows;
pub mod combine;
mod counted;
pub mod dataflow;
mod engine;
pub mod epochs;
mod fate;
pub mod flags;
mod lines;
pub mod parts;
mod processes;
mod rights;
pub mod serve;
pub mod start;
mod totals;
pub mod work;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use traffic::{Directory, Error, Input, Meter, Plan, Report};

use crate::combine::Answers;
use crate::dataflow::News;
use crate::engine::{Seat, begin};
use crate::epochs::Epochs;
use crate::fate::Event;
use crate::flags::Flags;
use crate::processes::Processes;
use crate::start::{Order, Start};
use crate::totals::Totals;
use crate::work::Job;

/// How often a run looks whether it is to end early, or has lost something.
const TICK: Duration = Duration::from_millis(20);

// ANCHOR: run
/// Reports who asks for what.
///
/// # Errors
///
/// If the input cannot be mapped, a process cannot be had, or anything of the run is lost.
pub fn run(
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    fate::be_quiet();
    let flags = Flags::of(plan)?;
    let mut totals = Totals::new(meter, &flags);
    // The engine's threads have a log of their own, of the same files: they outlive what they could borrow.
    let log = Input::of_open_files(input.open_files()?)?;
    let epochs = Epochs {
        chunks: log.map()?.chunks(),
        chunks_each: flags.chunks_each,
    };
    let files = input.open_files()?;
    let start = Start {
        process: 0,
        processes: flags.processes,
        threads: flags.threads,
        ends: files.iter().map(|file| file.end).collect(),
        directory: directory.addresses().to_vec(),
        policy: directory.policy(),
        epochs,
        key: flags.key,
        combines: flags.combines,
    };
    let (mut processes, sockets) = Processes::start(flags.program.as_deref(), &start, &files)?;
    for (number, id) in processes.ids() {
        meter.tell(format!("worker process {number} ({id}) is at work"));
    }
    meter.be_ready();
    processes.order(Order::Go);
    let job = Arc::new(Job {
        log,
        answers: Answers::of(directory.table().ok()),
        epochs,
        key: flags.key,
        combines: flags.combines,
        stage: totals.work.clone(),
    });
    let bytes = Arc::<AtomicU64>::default();
    let seat = Seat {
        process: 0,
        threads: flags.threads,
        sockets,
        bytes: Arc::clone(&bytes),
    };
    let (news, events) = channel();
    begin(Arc::clone(&job), seat, news).map_err(Error::Lost)?;
    let listening = Listening {
        input,
        log: &job.log,
        meter,
        patience: (flags.processes > 1).then_some(flags.patience),
    };
    listening.to(&events, &mut processes, &mut totals)?;
    for (seen, asked) in processes.end(flags.patience)? {
        input.was_seen(&seen);
        directory.add(asked);
    }
    input.was_seen(&job.log.seen());
    Ok(totals.end(&bytes))
}

/// What the run does while the engine works.
struct Listening<'a> {
    input: &'a Input,
    /// The same, as this process's workers have it.
    log: &'a Input,
    meter: &'a Meter,
    patience: Option<Duration>,
}

impl Listening<'_> {
    /// Listens until all has ended.
    fn to(
        &self,
        events: &Receiver<Event>,
        processes: &mut Processes,
        totals: &mut Totals,
    ) -> Result<(), Error> {
        let (mut read, mut last_news, mut is_told) = ((0, 0), Instant::now(), false);
        loop {
            match events.recv_timeout(TICK) {
                Ok(Event::News(News::Final(epoch), after)) => {
                    last_news = Instant::now();
                    let (lines, bytes) = totals.add(epoch, after, self.meter);
                    self.input.was_read(lines, bytes);
                }
                Ok(Event::News(News::Row(part), _)) => totals.row(part),
                Ok(Event::News(News::End, _)) => last_news = Instant::now(),
                Ok(Event::Joined) => {
                    self.credit(&mut read);
                    return Ok(());
                }
                Ok(Event::Broken) | Err(RecvTimeoutError::Disconnected) => {
                    let lost = processes.lost_soon();
                    return Err(ended_by(
                        lost.unwrap_or_else(|| "a part of the engine is lost".into()),
                    ));
                }
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(lost) = processes.lost() {
                        return Err(ended_by(lost));
                    }
                }
            }
            if self.credit(&mut read) {
                last_news = Instant::now();
            }
            if self.input.is_stopped() && !is_told {
                is_told = true;
                self.log.stop();
                processes.order(Order::Stop);
            }
            if self
                .patience
                .is_some_and(|patience| last_news.elapsed() > patience)
            {
                let time = last_news.elapsed().as_secs();
                return Err(ended_by(format!(
                    "nothing has become final for {time} s, so a process hangs"
                )));
            }
        }
    }

    /// Credits what the workers of this process have read since the last time, and says whether they have.
    fn credit(&self, read: &mut (u64, u64)) -> bool {
        let (lines, bytes) = self.log.progress();
        let has_read = (lines, bytes) != *read;
        self.input.was_read(lines - read.0, bytes - read.1);
        *read = (lines, bytes);
        has_read
    }
}

/// All or nothing.
fn ended_by(lost: String) -> Error {
    Error::Lost(format!(
        "{lost}; with one worker all are lost, and there is no report"
    ))
}
// ANCHOR_END: run
