//! One simulation: machines, what happens to them, and what the run comes to.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, UNIX_EPOCH};

use traffic::oracle::differences_of_rows;
use traffic::{Error, Meter, Report};
use turmoil::{Builder, Sim};

use crate::log::Log;
use crate::run::{RUN, plan, run, worker, worker_name};
use crate::strike::{self, Fate, Strike};
use crate::terms::Repair;
use crate::world::{self, Pace};

/// How far time goes at once: messages arrive at the ends of such steps.
const TICK: Duration = Duration::from_millis(10);

/// A message is under way for so long at most.
const LATENCY_MAX: Duration = Duration::from_millis(10);

/// By then every run has ended: a greeting that is lost is waited for for 5 s, and a worker has at most four of them.
const LIMIT: Duration = Duration::from_secs(60);

/// Ranges for each worker, and lines of a range: a run of a tenth of a second, if nothing happens.
const RANGES: usize = 4;
const RANGE_LINES: usize = 3;

/// n03's patience, shorter than its own, as the ranges are.
const SILENCE: &str = "150ms";
const LEASE: &str = "400ms";

/// What is simulated.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// What happens, and when.
    pub seed: u64,
    /// The machines besides that of the run.
    pub workers: usize,
    /// Which reports are merged.
    pub repair: Repair,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Each line was counted once, and each row is right.
    Exact,
    /// The report is wrong.
    Wrong {
        /// Lines that were counted, of so many that there are.
        lines: (u64, u64),
        /// Rows that differ.
        rows: usize,
    },
    /// There is no report, for this reason.
    Failed(String),
    /// It was stopped.
    Stopped,
}

/// What has come of a simulation.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What happened to workers.
    pub strikes: Vec<Strike>,
    /// How it ended.
    pub verdict: Verdict,
    /// How long it was, in its own time.
    pub took: Duration,
    /// Reports that came too late and were not counted.
    pub late: usize,
    /// A hash of all that happened, and how much that was.
    pub trace: (u64, u64),
}

/// The log that so many workers are given.
pub fn log(workers: usize) -> Log {
    Log::new(RANGES * workers, RANGE_LINES)
}

/// Simulates one run, and tells what it tells.
pub fn simulate(
    setting: &Setting,
    log: &Log,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(Duration, &str),
) -> Outcome {
    let strikes = strike::draw(setting.seed, setting.workers);
    world::begin(Pace::Drawn(setting.seed));
    let mut sim = Builder::new()
        .rng_seed(setting.seed)
        .epoch(UNIX_EPOCH)
        .tick_duration(TICK)
        .simulation_duration(LIMIT)
        .min_message_latency(Duration::ZERO)
        .max_message_latency(LATENCY_MAX)
        .build();
    let (meter, report) = machines(&mut sim, setting, log);
    let mut events = events(&strikes).into_iter().peekable();
    let (mut began, mut late) = (None, 0);
    let verdict = loop {
        // n03 promises nothing before all workers have greeted. Strikes are counted from there.
        if meter.ready().is_some() {
            began.get_or_insert(sim.elapsed());
        }
        let now = began.map(|began| sim.elapsed() - began);
        while let Some((_, strike, begins)) =
            events.next_if(|(at, ..)| now.is_some_and(|now| *at <= now))
        {
            strike_at(&mut sim, strike, begins);
            if begins {
                tell(sim.elapsed(), &format!("*** {strike}"));
            }
        }
        let stepped = sim.step();
        for sentence in meter.told() {
            world::note((sim.elapsed(), &sentence));
            late += usize::from(sentence.contains("too late"));
            tell(sim.elapsed(), &sentence);
        }
        match stepped {
            Ok(true) => break verdict(report.take(), log),
            Ok(false) if stop.load(Relaxed) => break Verdict::Stopped,
            Ok(false) => {}
            Err(why) => break Verdict::Failed(why.to_string()),
        }
    };
    let took = sim.elapsed();
    // The machines end with what they have open, which is noted, too.
    drop(sim);
    let trace = world::end();
    Outcome {
        strikes,
        verdict,
        took,
        late,
        trace: (trace.hash(), trace.events()),
    }
}

/// Where the run's report will be.
type Reported = Rc<RefCell<Option<Result<Report, Error>>>>;

/// Sets up the run and its workers.
fn machines(sim: &mut Sim<'_>, setting: &Setting, log: &Log) -> (Rc<Meter>, Reported) {
    for number in 0..setting.workers {
        sim.host(worker_name(number), worker);
    }
    let (meter, report) = (Rc::new(Meter::new()), Reported::default());
    let repair = match setting.repair {
        Repair::Fenced => "fenced",
        Repair::Naive => "naive",
        Repair::Unfenced => "unfenced",
    };
    let flags = [("silence", SILENCE), ("lease", LEASE), ("repair", repair)];
    let plan = plan(setting.workers, &flags);
    let (ranges, told, reported) = (log.ranges.clone(), Rc::clone(&meter), Rc::clone(&report));
    sim.client(RUN, async move {
        let outcome = run(ranges, None, plan, told).await;
        reported.replace(Some(outcome.map(|(report, _)| report)));
        Ok(())
    });
    (meter, report)
}

/// When each strike begins, and when it is over.
fn events(strikes: &[Strike]) -> Vec<(Duration, &Strike, bool)> {
    let mut events: Vec<_> = (strikes.iter())
        .flat_map(|strike| {
            let over = strike.at + strike.lasts;
            [(strike.at, strike, true), (over, strike, false)]
        })
        .collect();
    events.sort_by_key(|(at, ..)| *at);
    events
}

// ANCHOR: strike
fn strike_at(sim: &mut Sim<'_>, strike: &Strike, begins: bool) {
    for worker in strike.workers.iter().map(|&worker| worker_name(worker)) {
        let worker = worker.as_str();
        match (strike.fate, begins) {
            (Fate::Killed, true) => sim.crash(worker),
            (Fate::Killed, false) => sim.bounce(worker),
            (Fate::PowerLost, true) => {
                // First the cable, so that no system is left that could tell.
                sim.partition(RUN, worker);
                sim.crash(worker);
            }
            (Fate::PowerLost, false) => {
                sim.repair(RUN, worker);
                sim.bounce(worker);
            }
            (Fate::Stalled, true) => sim.hold(RUN, worker),
            (Fate::Stalled, false) => sim.release(RUN, worker),
            (Fate::CutOff, true) => sim.partition(RUN, worker),
            (Fate::CutOff, false) => sim.repair(RUN, worker),
        }
    }
}
// ANCHOR_END: strike

fn verdict(report: Option<Result<Report, Error>>, log: &Log) -> Verdict {
    match report {
        None => Verdict::Failed("the run ended without a word".into()),
        Some(Err(err)) => Verdict::Failed(err.to_string()),
        Some(Ok(report)) => {
            let (lines, rows) = (report.lines(), report.rows());
            if lines == log.lines && rows == log.rows {
                return Verdict::Exact;
            }
            Verdict::Wrong {
                lines: (lines, log.lines),
                rows: differences_of_rows(&log.rows, &rows).len(),
            }
        }
    }
}
