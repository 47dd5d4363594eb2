//! A worker: reads its chunks of each epoch, counts what it can by itself, and gives it to the dataflow.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::{Duration, Instant};

use timely::container::CapacityContainerBuilder;
use timely::dataflow::operators::Probe;
use timely::dataflow::{InputHandle, ProbeHandle};
use timely::worker::Worker;
use traffic::{Chunk, Hit, Input, Stage};

use crate::combine::{Answers, Combiner};
use crate::dataflow::{News, report};
use crate::epochs::Epochs;
use crate::parts::{Key, Part, Read, Said};

/// Epochs of a worker that are given to the dataflow and are not final, at most. The engine's own queues have no
/// bound, and would take all that a fast worker has for a slow one. This is the bound: the frontier gives leave to go on.
pub const AHEAD_MAX: u64 = 2;

/// How long a worker sleeps at most that has nothing to do. What it waits for wakes it.
const SLEEP: Duration = Duration::from_millis(100);

/// What a worker says into the dataflow.
type Says = InputHandle<u64, CapacityContainerBuilder<Vec<Said>>>;

/// What all workers of a process have in common.
#[derive(Debug)]
pub struct Job {
    /// The log.
    pub log: Input,
    /// What the directory says.
    pub answers: Answers,
    /// How the log is divided.
    pub epochs: Epochs,
    /// What decides where something is counted.
    pub key: Key,
    /// Whether a worker adds up what it can before it sends.
    pub combines: bool,
    /// Where the work is counted.
    pub stage: Stage,
}

/// Works until all is read, and tells what is final if this is the first worker: each epoch with the time since it was
/// begun here.
pub fn work(worker: &mut Worker, job: &Job, mut tell: impl FnMut(News, Duration) + 'static) {
    let (index, workers) = (worker.index(), worker.peers());
    let (epochs, begun) = (
        job.epochs.number(),
        Rc::<RefCell<VecDeque<Instant>>>::default(),
    );
    let mut said = Says::new();
    let probe = ProbeHandle::new();
    worker.dataflow(|scope| {
        let begun = Rc::clone(&begun);
        let tell = move |news: News| {
            let epoch_begun = match news {
                News::Final(_) => begun.borrow_mut().pop_front(),
                News::Row(_) | News::End => None,
            };
            tell(
                news,
                epoch_begun.map_or(Duration::ZERO, |begun| begun.elapsed()),
            );
        };
        report(said.to_stream(scope), job.key, index, epochs, tell).probe_with(&probe);
    });
    let log = job.log.map().expect("it was mapped before");
    let mut combiner = Combiner::new(&job.answers);
    for epoch in 0..epochs {
        begun.borrow_mut().push_back(Instant::now());
        let mut read = Read {
            worker: index,
            ..Read::default()
        };
        for number in job.epochs.share(epoch, index, workers) {
            // Without a chunk the input was ended early, or was cut short.
            let chunk = (number < log.chunks()).then(|| log.chunk(number)).flatten();
            let Some(chunk) = chunk else {
                break;
            };
            job.stage.busy_batch(|| {
                let (lines, hits) = match job.combines {
                    true => look_at(&chunk, &mut read, |hit| combiner.count(hit)),
                    false => look_at(&chunk, &mut read, |hit| {
                        said.send(Said::Part(job.part(hit)));
                    }),
                };
                read.parts += if job.combines { 0 } else { hits };
                (lines, ())
            });
            if !job.combines {
                worker.step(); // or all that is said would wait for the end of the epoch
            }
        }
        for part in combiner.drain() {
            read.parts += 1;
            said.send(Said::Part(part));
        }
        said.send(Said::Read(read));
        advance(worker, &mut said, &probe, epoch + 1);
    }
}

// ANCHOR: advance
/// Says that this worker says nothing more of what is before an epoch, and waits until the others are near.
fn advance(worker: &mut Worker, said: &mut Says, probe: &ProbeHandle<u64>, epoch: u64) {
    said.advance_to(epoch);
    worker.step();
    while probe.less_than(&(epoch + 1).saturating_sub(AHEAD_MAX)) {
        worker.step_or_park(Some(SLEEP));
    }
}
// ANCHOR_END: advance

/// Looks at the lines of a chunk, and says how many they are, and how many of them are hits.
fn look_at(chunk: &Chunk, read: &mut Read, mut count: impl FnMut(&Hit)) -> (usize, u64) {
    let (mut lines, mut hits) = (0, 0);
    for (place, line) in chunk.lines() {
        match Hit::parse(line) {
            Ok(hit) => {
                hits += 1;
                count(&hit);
            }
            Err(why) => read.malformed.malformed_at(place, why),
        }
        lines += 1;
    }
    read.lines += lines as u64;
    read.bytes += chunk.bytes().len() as u64;
    (lines, hits)
}

impl Job {
    /// A part that is one hit.
    fn part(&self, hit: &Hit) -> Part {
        let mut counts = traffic::Counts::default();
        counts.count(hit);
        Part {
            holder: self.answers.holder(self.answers.number(hit.client)),
            route: hit.route.to_vec(),
            counts,
        }
    }
}
