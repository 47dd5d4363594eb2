//! The programs of a simulation's machines, a run and its workers: n03's, and here is what their `main` does there.

use std::rc::Rc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;
use traffic::{Directory, Error, Meter, Plan, Report};
use turmoil::net::TcpListener;

use crate::coordinator::Coordinator;
use crate::cores::Cores;
use crate::place::{Places, STAGE};
use crate::ranges::Range;
use crate::serve::serve;
use crate::terms::Terms;
use crate::wired::Wired;

/// The machine of the run.
pub const RUN: &str = "run";

/// Where a worker waits for runs.
const PORT: u16 = 7000;

/// Where no directory is: none is asked.
const DIRECTORY: &str = "192.0.2.1:1";

/// The machine of a worker, which are counted from 0.
pub fn worker_name(worker: usize) -> String {
    format!("worker-{}", worker + 1)
}

/// The plan of a run with so many workers: their places, and flags of n03's.
pub fn plan(workers: usize, flags: &[(&'static str, &str)]) -> Plan {
    let places = (0..workers).map(|worker| {
        let place = format!("{STAGE}={}:{PORT}", worker_name(worker));
        ("place", place)
    });
    let flags = flags.iter().map(|&(flag, value)| (flag, value.to_owned()));
    Plan {
        own: places.chain(flags).collect(),
        ..Plan::default()
    }
}

/// A worker: it works for runs, as many as come.
///
/// # Errors
///
/// If it can no longer wait for them.
pub async fn worker() -> turmoil::Result {
    let listener = TcpListener::bind(("0.0.0.0", PORT)).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        let stream = Wired::new(stream)?;
        // How it ended is told by the run.
        tokio::spawn(async { serve(stream).await.is_ok() });
    }
}

/// What reading costs a run, where that is simulated: so long a range, on these processors.
pub type Reading = Option<(Cores, Duration)>;

/// A run: it has all ranges worked on, and says how long that took.
///
/// # Errors
///
/// As a run of n03.
pub async fn run(
    ranges: Vec<Range>,
    reading: Reading,
    plan: Plan,
    meter: Rc<Meter>,
) -> Result<(Report, Duration), Error> {
    let (places, terms) = (Places::of(&plan)?, Terms::of(&plan)?);
    let directory = Directory::at(DIRECTORY)?;
    let coordinator = Coordinator::begin(&places, &directory, &plan, terms, &meter).await?;
    meter.be_ready();
    let start = Instant::now();
    let (ranges_in, ranges_out) = mpsc::channel(1);
    let reader = tokio::spawn(read(ranges, reading, ranges_in));
    let report = coordinator.coordinate(ranges_out).await;
    reader.abort();
    Ok((report?, start.elapsed()))
}

async fn read(ranges: Vec<Range>, reading: Reading, ranges_in: mpsc::Sender<Range>) {
    for range in ranges {
        if let Some((cores, work)) = &reading {
            cores.spend(*work).await;
        }
        // Without a receiver the coordinator is gone, and says why.
        if ranges_in.send(range).await.is_err() {
            return;
        }
    }
}
