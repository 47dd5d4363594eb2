//! What the simulation says about the rate of a run that nothing happens to, from what its parts cost.
//!
//! All processes share the processors of one machine, as in the measurements that this is compared with.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, UNIX_EPOCH};

use traffic::Meter;
use turmoil::Builder;

use crate::cores::Cores;
use crate::log::Log;
use crate::run::{RUN, plan, run, worker, worker_name};
use crate::world::{self, Pace};

/// Simulated time is so many times slower. Timers have milliseconds, and inside a machine a message takes a part of one.
const SLOW_MOTION: u32 = 40;

/// What is not waited for: an hour of the machine that is simulated.
const LIMIT: Duration = Duration::from_secs(3600 * SLOW_MOTION as u64);

/// What the parts of a run cost.
#[derive(Clone, Copy, Debug)]
pub struct Costs {
    /// To the run, for a line.
    pub run_line: Duration,
    /// To the run, for a range.
    pub run_range: Duration,
    /// To a worker, for a line.
    pub worker_line: Duration,
    /// To a worker, for a range.
    pub worker_range: Duration,
}

/// What runs where.
#[derive(Clone, Copy, Debug)]
pub struct Machine {
    /// Processes of workers.
    pub processes: usize,
    /// Processors, which those and the run share.
    pub cores: usize,
}

/// How many lines a second such a run counts, with so many ranges of so many lines.
///
/// # Errors
///
/// If the run fails, which it has no reason to.
pub fn lines_per_s(
    costs: &Costs,
    machine: &Machine,
    ranges: usize,
    range_lines: usize,
) -> Result<f64, String> {
    let cores = Cores::new(machine.cores);
    world::begin(Pace::Measured {
        range: costs.worker_range * SLOW_MOTION,
        line: costs.worker_line * SLOW_MOTION,
        cores: cores.clone(),
    });
    let mut sim = Builder::new()
        .rng_seed(0)
        .epoch(UNIX_EPOCH)
        .simulation_duration(LIMIT)
        .min_message_latency(Duration::ZERO)
        .max_message_latency(Duration::ZERO)
        .build();
    for number in 0..machine.processes {
        sim.host(worker_name(number), worker);
    }
    let lines = u32::try_from(range_lines).map_err(|err| err.to_string())?;
    let reading = (costs.run_range + costs.run_line * lines) * SLOW_MOTION;
    let log = Log::new(ranges, range_lines);
    let plan = plan(machine.processes, &[]);
    let seconds = Rc::new(Cell::new(0.0));
    let (took, expected) = (Rc::clone(&seconds), log.lines);
    sim.client(RUN, async move {
        let reading = Some((cores, reading));
        let (report, time) = run(log.ranges, reading, plan, Rc::new(Meter::new())).await?;
        assert_eq!(report.lines(), expected, "nothing happened to it");
        took.set(time.as_secs_f64());
        Ok(())
    });
    sim.run().map_err(|err| err.to_string())?;
    drop(sim);
    world::end();
    Ok(expected as f64 / seconds.get() * f64::from(SLOW_MOTION))
}
