//! The dataflow: parts are exchanged by their rows, added up where they meet, and gathered by the first worker.
//!
//! Every item bears its epoch as its time. An operator is told a *frontier*, the least time that may still come; what
//! is below it is final. The engine computes it from counts of what every worker holds and of what is under way (Naiad,
//! 2013), so no operator has to guess.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use timely::container::CapacityContainerBuilder;
use timely::dataflow::Stream;
use timely::dataflow::channels::pact::Exchange;
use timely::dataflow::operators::{Capability, Operator};
use timely::progress::frontier::MutableAntichain;
use traffic::{Counts, Holder};

use crate::parts::{Counted, Key, Part, Read, Said, Told};

/// What the first worker hears of the whole run.
#[derive(Debug)]
pub enum News {
    /// An epoch is final: nothing of it can come any more, from any worker.
    Final(Final),
    /// A row of the report.
    Row(Part),
    /// All rows have come.
    End,
}

/// All that was read and counted of an epoch.
#[derive(Debug, Default)]
pub struct Final {
    /// The epoch's number, from 0.
    pub epoch: u64,
    /// What each worker has read of it.
    pub read: Vec<Read>,
    /// What each worker has counted of it.
    pub counted: Vec<Counted>,
}

/// What the last operator sends: it only passes the frontier on.
type Nothing = CapacityContainerBuilder<Vec<()>>;

/// The rows of one worker.
type Rows = HashMap<(Option<Holder>, Vec<u8>), Counts, RandomState>;

// ANCHOR: dataflow
/// What becomes of all that is said: parts are counted by the workers that they belong to, and the first worker tells
/// what is final.
pub fn report<'scope>(
    said: Stream<'scope, u64, Vec<Said>>,
    key: Key,
    worker: usize,
    end: u64,
    tell: impl FnMut(News) + 'static,
) -> Stream<'scope, u64, Vec<()>> {
    gather(count(said, key, worker, end), worker, tell)
}

/// Adds up the parts that belong to this worker.
fn count<'scope>(
    said: Stream<'scope, u64, Vec<Said>>,
    key: Key,
    worker: usize,
    end: u64,
) -> Stream<'scope, u64, Vec<Told>> {
    let by_row = Exchange::new(move |said: &Said| said.owner(key));
    said.unary_frontier(by_row, "count", move |capability, _| {
        // A capability is leave to send. This one is kept to the end, and holds back the end and no epoch before.
        let mut at_end = Some(capability.delayed(&end));
        let mut rows = Rows::default();
        let mut open: BTreeMap<u64, (Capability<u64>, Counted)> = BTreeMap::new();
        move |(input, frontier), output| {
            input.for_each_stamp(|leave, batches| {
                let leave = leave.retain_least(0).expect("what is said has an epoch");
                let epoch = *leave.time();
                let is_behind = open
                    .keys()
                    .next_back()
                    .is_some_and(|&newest| epoch < newest);
                let counted = Counted {
                    worker,
                    ..Counted::default()
                };
                let (capability, counted) = open.entry(epoch).or_insert((leave, counted));
                let mut session = output.session(capability);
                for said in batches.flat_map(|batch| batch.drain(..)) {
                    match said {
                        Said::Part(part) => add(&mut rows, counted, part, is_behind),
                        Said::Read(read) => session.give(Told::Read(read)),
                    }
                }
            });
            // What is below the frontier cannot come any more.
            while let Some((_, (capability, counted))) = passed(&mut open, frontier) {
                output.session(&capability).give(Told::Counted(counted));
            }
            if frontier.is_empty()
                && let Some(capability) = at_end.take()
            {
                output
                    .session(&capability)
                    .give_iterator(rows.drain().map(row));
            }
        }
    })
}

/// Brings everything to the first worker, and tells it in the order of epochs.
fn gather<'scope>(
    told: Stream<'scope, u64, Vec<Told>>,
    worker: usize,
    mut tell: impl FnMut(News) + 'static,
) -> Stream<'scope, u64, Vec<()>> {
    let to_the_first = Exchange::new(|_: &Told| 0);
    told.unary_frontier::<Nothing, _, _, _>(to_the_first, "gather", move |_, _| {
        let mut open: BTreeMap<u64, Final> = BTreeMap::new();
        // One worker's may come before another's last epoch.
        let mut rows = Vec::new();
        let mut has_ended = worker != 0;
        move |(input, frontier), _| {
            input.for_each_stamp(|leave, batches| {
                let epoch = *leave.least().expect("what is told has an epoch");
                for told in batches.flat_map(|batch| batch.drain(..)) {
                    match told {
                        Told::Read(read) => open.entry(epoch).or_default().read.push(read),
                        Told::Counted(counted) => {
                            open.entry(epoch).or_default().counted.push(counted);
                        }
                        Told::Row(part) => rows.push(part),
                    }
                }
            });
            while let Some((epoch, all)) = passed(&mut open, frontier) {
                tell(News::Final(Final { epoch, ..all }));
            }
            if frontier.is_empty() && !has_ended {
                has_ended = true;
                rows.drain(..).for_each(|part| tell(News::Row(part)));
                tell(News::End);
            }
        }
    })
}

// ANCHOR: passed
/// Takes out the first epoch, if the frontier has passed it.
fn passed<T>(open: &mut BTreeMap<u64, T>, frontier: &MutableAntichain<u64>) -> Option<(u64, T)> {
    let first = open.first_entry()?;
    (!frontier.less_equal(first.key())).then(|| first.remove_entry())
}
// ANCHOR_END: passed
// ANCHOR_END: dataflow

fn add(rows: &mut Rows, counted: &mut Counted, part: Part, is_behind: bool) {
    let Part {
        holder,
        route,
        counts,
    } = part;
    counted.parts += 1;
    counted.behind += u64::from(is_behind);
    counted.hits += counts.hits;
    counted.errors += counts.errors;
    rows.entry((holder, route)).or_default().merge(counts);
}

fn row(((holder, route), counts): ((Option<Holder>, Vec<u8>), Counts)) -> Told {
    Told::Row(Part {
        holder,
        route,
        counts,
    })
}
