//! Servers: the queue that outlives us all, and the cache that many share.
//!
//! The parent keeps the ranges that are under way, decides which worker is dead, and leases to another what that one had. Here a
//! server does that, which is made for it: a durable queue ([`queue`]). The run gives ranges to it and merges the reports that it gives back, each
//! once ([`once`]); workers take ranges and put reports, and neither knows of the other. In front of the directory stands
//! a cache that all workers share ([`commons`]), and in front of that each worker keeps a small one of its own ([`near`]).
//! What works on lines is the parent's. (Some of those files can do more than is used here, such as lease.)

pub mod arrows;
pub mod batch;
mod bulk;
pub mod channel;
mod coded;
pub mod commons;
mod desk;
pub mod flight;
mod giving;
pub mod job;
mod kin;
mod making;
pub mod near;
pub mod once;
pub mod queue;
pub mod ranges;
pub mod servers;
pub mod serving;
pub mod settings;
mod staff;
pub mod start;
mod sync;
pub mod taking;
pub mod ticket;
pub mod working;

use std::thread;

use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use traffic::{Directory, Error, Input, Lines, Meter, Plan, Report, Stage};

use crate::desk::Desk;
use crate::ranges::{Cutter, Range};
use crate::servers::Servers;
use crate::settings::Settings;

pub use crate::desk::AHEAD_MAX;

// ANCHOR: run
/// Reports who asks for what.
///
/// # Errors
///
/// If a server cannot be had, or is away for too long, the input can no longer be read, or the runtime cannot be started. A
/// worker that is lost is no error, and a server that comes back is none.
pub fn run(
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    let settings = Settings::of(plan)?;
    let reading = meter.stage("read");
    let runtime = Runtime::new().map_err(|source| Error::System {
        what: "cannot start the tasks' runtime",
        source,
    })?;
    let servers = Servers::start(&settings)?;
    let desk = Desk::begin(&settings, servers, directory, plan, meter);
    let desk = runtime.block_on(desk)?;
    meter.be_ready();
    let (ranges_in, ranges) = mpsc::channel(1);
    thread::scope(|scope| {
        // The one thread that is left: it may wait for a disk, a pipe, or the hour of the next line.
        let reader = scope.spawn(move || read(input, &reading, settings.range_lines, &ranges_in));
        let report = runtime.block_on(desk.merge_all(ranges));
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
