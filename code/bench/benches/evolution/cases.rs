//! What is measured: every step on one log, at the book's distance and at none; the fast ones on a long log.

use std::num::NonZero;
use std::thread;
use std::time::Duration;

use traffic::Plan;
use traffic::generator::Workload;
use traffic::harness::Run;

use crate::{ahead, cost, multiplexed};

/// The book's distance to the directory.
const DELAY: Duration = Duration::from_micros(500);

/// As far as another country.
const DELAY_FAR: Duration = Duration::from_millis(20);

/// Threads, or tasks, that ask at a time where the two are compared.
const TOGETHER: usize = 64;

/// What every step with a cache reads: the share of lines that a cache answers depends on how many.
const LINES: u64 = 20_000;

/// What the baseline reads, which has no cache, and would take half a minute for as many as the others.
const LINES_BASELINE: u64 = 400;

/// What the fast steps read, too. It takes the slowest of them about a second.
pub const LINES_LONG: u64 = 1_000_000;

/// Tasks in flight at most, for the steps that have them: more than any distance here has use for.
const IN_FLIGHT: usize = 1024;

/// As many workers at most as the elastic step's own command line allows.
const ELASTIC: usize = 64;

/// One case of the suite.
pub struct Case {
    /// Its name behind `evolution/`.
    pub id: String,
    pub run: Run,
    pub lines: u64,
    pub workload: Workload,
    pub delay: Duration,
    pub plan: Plan,
}

impl Case {
    fn new(step: &str, parameters: &str, run: Run, workers: usize) -> Case {
        Case {
            id: format!("{step}{parameters}"),
            run,
            lines: LINES,
            workload: Workload::Steady,
            delay: DELAY,
            plan: Plan {
                workers,
                ..Plan::default()
            },
        }
    }

    fn lines(self, lines: u64) -> Case {
        Case { lines, ..self }
    }

    fn near(self) -> Case {
        Case {
            delay: Duration::ZERO,
            ..self
        }
    }

    fn far(self) -> Case {
        Case {
            delay: DELAY_FAR,
            ..self
        }
    }

    fn cold(self) -> Case {
        Case {
            workload: Workload::Cold,
            ..self
        }
    }
}

/// All cases.
pub fn cases() -> Vec<Case> {
    let usual = Plan::default().workers;
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    // What a step does before its first line would be a good part of a fast one's time on a short log.
    let (slow, fast) = (false, true);
    let steps: [(&str, Run, usize, bool); 18] = [
        ("s01-cache", s01_cache::run, usual, slow),
        ("s02-pipeline", s02_pipeline::run, usual, slow),
        ("s03-replicas", s03_replicas::run, usual, slow),
        ("s04-release", s04_release::run, usual, slow),
        ("s05-elastic", s05_elastic::run, ELASTIC, slow),
        ("s06-tasks", s06_tasks::run, IN_FLIGHT, slow),
        ("s07-deadline", s07_deadline::run, IN_FLIGHT, slow),
        ("s08-coalesce", s08_coalesce::run, IN_FLIGHT, slow),
        ("s09-batch", s09_batch::run, IN_FLIGHT, fast),
        ("s10-shard", s10_shard::run, IN_FLIGHT, fast),
        ("s11-combine", s11_combine::run, cores, fast),
        ("s12-partition", s12_partition::run, cores, fast),
        ("s13-replicate", s13_replicate::run, cores, fast),
        ("s14-locality", s14_locality::run, cores, fast),
        ("s15-steal", s15_steal::run, cores, fast),
        ("s16-range", s16_range::run, usual, fast),
        ("s17-columns", s17_columns::run, cores, fast),
        ("s18-in-flight", s18_in_flight::run, cores, fast),
    ];
    let baseline = |parameters| Case::new("s00-baseline", parameters, s00_baseline::run, usual);
    let cache = Case::new("s01-cache", "[workload=cold]", s01_cache::run, usual);
    let mut cases = vec![
        baseline("").lines(LINES_BASELINE),
        baseline("[delay=0]").lines(10_000).near(),
        baseline("[workload=cold]").lines(LINES_BASELINE).cold(),
        cache.lines(LINES_BASELINE).cold(),
        Case::new("cost", "", cost::run, 1),
        Case::new("cost", "[lines=1M]", cost::run, 1).lines(LINES_LONG),
    ];
    // The competent thread is one of theirs, too.
    let competent: [(&str, Run); 2] = [
        ("s14-locality", s14_locality::run),
        ("s17-columns", s17_columns::run),
    ];
    for (step, run) in competent {
        cases.push(Case::new(step, "[workers=1]", run, 1));
        cases.push(Case::new(step, "[lines=1M,workers=1]", run, 1).lines(LINES_LONG));
    }
    cases.extend(controls());
    for (step, run, workers, is_fast) in steps {
        cases.push(Case::new(step, "", run, workers));
        cases.push(Case::new(step, "[delay=0]", run, workers).near());
        if is_fast {
            cases.push(Case::new(step, "[lines=1M]", run, workers).lines(LINES_LONG));
        }
    }
    cases
}

/// What tells two changes apart that came together, in a step or in several.
fn controls() -> Vec<Case> {
    let reads_ahead = |parameters| Case::new("ahead", parameters, ahead::run, 1);
    let mut cases = vec![
        // A parameter keeps them out of the charts of all steps.
        reads_ahead("[threads=1]"),
        reads_ahead("[delay=0,threads=1]").near(),
        reads_ahead("[lines=1M,threads=1]").lines(LINES_LONG),
    ];
    let askers: [(&str, Run); 3] = [
        ("s04-release", s04_release::run),
        ("multiplexed", multiplexed::run),
        ("s06-tasks", s06_tasks::run),
    ];
    for (name, run) in askers {
        let ask = |parameters| Case::new(name, parameters, run, TOGETHER);
        cases.push(ask("[workers=64]"));
        cases.push(ask("[delay=0,workers=64]").near());
        cases.push(ask("[delay=20ms,workers=64]").far());
    }
    cases
}
