//! Failure: any process may be lost at any moment, and the report is exact.
//!
//! What had to be redrawn for that is one shape. The parent's jobs have their answers' channel in them, and
//! with a connection all of its channels are lost. Here the input is cut into ranges, each with a number that
//! outlives every connection; a worker reports a range whole; and the run forgets a range when its report is
//! merged, once. The lookup is the same file as before, and so is how workers are started, connected to and
//! greeted. (Some of those files can do more than is used here, such as carry jobs.)

pub mod arrows;
pub mod batch;
mod bulk;
pub mod channel;
mod child;
mod coded;
pub mod coordinator;
mod crew;
pub mod environment;
pub mod flight;
pub mod health;
mod heard;
pub mod hello;
pub mod job;
pub mod keys;
pub mod leave;
pub mod ledger;
pub mod lookup;
mod losses;
pub mod member;
mod muster;
pub mod peer;
pub mod place;
pub mod ranges;
mod reach;
mod repairs;
pub mod serve;
pub mod start;
mod sync;
pub mod terms;
pub mod ticket;
mod tls;
pub mod wire;
pub mod work;
pub mod worker;

use std::thread;

use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use traffic::{Directory, Error, Input, Lines, Meter, Plan, Report, Stage};

use crate::coordinator::Coordinator;
use crate::place::Places;
use crate::ranges::{Cutter, Range};
use crate::terms::Terms;

// ANCHOR: run
/// Reports who asks for what.
///
/// # Errors
///
/// If a worker is refused, the input can no longer be read, or the runtime cannot be started. If a worker is
/// lost that is no error, unless no acknowledgements were asked for.
pub fn run(
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    let (places, terms) = (Places::of(plan)?, Terms::of(plan)?);
    let reading = meter.stage("read");
    let runtime = Runtime::new().map_err(|source| Error::System {
        what: "cannot start the tasks' runtime",
        source,
    })?;
    let coordinator = Coordinator::begin(&places, directory, plan, terms, meter);
    let coordinator = runtime.block_on(coordinator)?;
    meter.be_ready();
    let (ranges_in, ranges) = mpsc::channel(1);
    thread::scope(|scope| {
        // The one thread that is left: it may wait for a disk, a pipe, or the hour of the next line.
        let reader = scope.spawn(move || read(input, &reading, terms.range_lines, &ranges_in));
        let report = runtime.block_on(coordinator.coordinate(ranges));
        if report.is_err() {
            input.stop(); // or the reader would wait for lines that nothing wants
        }
        reader.join().expect("the reader does not panic")?;
        report
    })
}

fn read(
    input: &Input,
    stage: &Stage,
    lines_max: usize,
    ranges_in: &mpsc::Sender<Range>,
) -> Result<(), Error> {
    let mut lines = input.lines();
    let mut cutter = Cutter::new(lines_max);
    loop {
        let ranges = stage.busy_batch(|| {
            let ranges = gather(&mut lines, &mut cutter);
            let lines = ranges.iter().flatten().flatten();
            (lines.map(|range| range.part.len()).sum(), ranges)
        })?;
        if ranges.iter().all(Option::is_none) {
            return Ok(());
        }
        for range in ranges.into_iter().flatten() {
            // Without a receiver the coordinator is gone, and says why.
            if ranges_in.blocking_send(range).is_err() {
                return Ok(());
            }
        }
    }
}

/// The next ranges: as many lines as one holds, or as there are. Without one there are no more.
fn gather(lines: &mut Lines, cutter: &mut Cutter) -> Result<[Option<Range>; 2], Error> {
    for line in lines {
        let ranges = cutter.push(&line?);
        if ranges.iter().any(Option::is_some) {
            return Ok(ranges);
        }
    }
    Ok([cutter.rest(), None])
}
// ANCHOR_END: run
