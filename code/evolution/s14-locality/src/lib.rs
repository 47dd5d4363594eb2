//! Locality.

mod tally;

use std::ops::Range;
use std::thread;

use traffic::directory::Table;
use traffic::{Directory, Error, Hit, Input, Mapped, Meter, Plan, Report, Stage};

use crate::tally::Tally;

// ANCHOR: run
/// Reports who asks for what.
///
/// # Errors
///
/// If the input cannot be mapped.
pub fn run(
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    let working = &meter.stage("work");
    let log = &input.map()?;
    let table = &directory.table().ok();
    working.workers(plan.workers);
    Ok(thread::scope(|scope| {
        let worker = |span| scope.spawn(move || work(working, log, span, table.as_ref()));
        let workers: Vec<_> = log.spans(plan.workers).map(worker).collect();
        let mut report = Report::new();
        for worker in workers {
            report.merge(worker.join().expect("a worker does not panic"));
        }
        report
    }))
}

fn work(stage: &Stage, log: &Mapped, span: Range<u64>, table: Option<&Table>) -> Report {
    let mut report = Report::new();
    let mut tally = Tally::new(table);
    for number in span {
        let Some(chunk) = log.chunk(number) else {
            break;
        };
        stage.busy_batch(|| {
            let mut lines = 0;
            for (place, line) in chunk.lines() {
                lines += 1;
                match Hit::parse(line) {
                    Ok(hit) => tally.count(&hit),
                    Err(why) => report.malformed_at(place, why),
                }
            }
            (lines, ())
        });
    }
    tally.into_report(&mut report);
    report
}
// ANCHOR_END: run
