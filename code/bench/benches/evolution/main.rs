//! Every step of the evolution on the same workload.
//!
//! The unit is lines a second. A slow step reads fewer lines than a fast one, or a full run would take
//! an hour; what that means for a cache is said where it matters. The directory is started once for
//! each distance, as a step's own command line would start it.

mod cost;

use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use traffic::directory::{Config, Directory, Server, Table};
use traffic::generator::{Workload, write_log};
use traffic::harness::Run;
use traffic::testing::Oracle;
use traffic::{Input, Meter, Plan};

/// The book's distance to the directory.
const DELAY: Duration = Duration::from_micros(500);

/// What every step with a cache reads: the share of lines that a cache answers depends on how many.
const LINES: u64 = 20_000;

/// Tasks in flight at most, for the steps that have them: more than any distance here has use for.
const IN_FLIGHT: usize = 1024;

struct Case {
    id: &'static str,
    run: Run,
    lines: u64,
    workload: Workload,
    delay: Duration,
    plan: Plan,
}

fn cases() -> Vec<Case> {
    let case = |id, run: Run, lines| Case {
        id,
        run,
        lines,
        workload: Workload::Steady,
        delay: DELAY,
        plan: Plan::default(),
    };
    // As many workers at most as the step's own command line allows.
    let many = |id, run: Run, lines| Case {
        plan: Plan {
            workers: 64,
            ..Plan::default()
        },
        ..case(id, run, lines)
    };
    let near = |id, run: Run, lines| Case {
        delay: Duration::ZERO,
        ..case(id, run, lines)
    };
    let cold = |id, run: Run, lines| Case {
        workload: Workload::Cold,
        ..case(id, run, lines)
    };
    let tasks = |id, run: Run| Case {
        plan: Plan {
            workers: IN_FLIGHT,
            ..Plan::default()
        },
        ..case(id, run, LINES)
    };
    vec![
        case("s00-baseline", s00_baseline::run, 400),
        case("s01-cache", s01_cache::run, LINES),
        case("s02-pipeline", s02_pipeline::run, LINES),
        case("s03-replicas", s03_replicas::run, LINES),
        case("s04-release", s04_release::run, LINES),
        many("s05-elastic", s05_elastic::run, LINES),
        tasks("s06-tasks", s06_tasks::run),
        tasks("s07-deadline", s07_deadline::run),
        tasks("s08-coalesce", s08_coalesce::run),
        tasks("s09-batch", s09_batch::run),
        case("cost", cost::run, LINES),
        cold("s00-baseline[workload=cold]", s00_baseline::run, 400),
        cold("s01-cache[workload=cold]", s01_cache::run, 400),
        near("s00-baseline[delay=0]", s00_baseline::run, 10_000),
        near("s01-cache[delay=0]", s01_cache::run, LINES),
        near("s02-pipeline[delay=0]", s02_pipeline::run, LINES),
        near("s03-replicas[delay=0]", s03_replicas::run, LINES),
        near("s04-release[delay=0]", s04_release::run, LINES),
        near("s05-elastic[delay=0]", s05_elastic::run, LINES),
    ]
}

fn evolution(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("evolution");
    group.sampling_mode(SamplingMode::Flat);
    for case in cases() {
        group.throughput(Throughput::Elements(case.lines));
        group.bench_function(case.id, |bencher| {
            let scene = Scene::of(&case);
            bencher.iter_custom(|times| (0..times).map(|_| scene.play(&case)).sum());
        });
    }
    group.finish();
}

/// What one case needs, made only when it is measured: criterion skips what its filter leaves out.
struct Scene {
    log: Vec<u8>,
    oracle: Oracle,
    server: Server,
}

impl Scene {
    fn of(case: &Case) -> Scene {
        let mut log = Vec::new();
        write_log(case.workload, 1, case.lines, &mut log, &mut |_| true).expect("memory takes all");
        let table = Arc::new(Table::iana());
        let config = Config {
            delay: case.delay,
            table,
            ..Config::default()
        };
        Scene {
            oracle: Oracle::of(&[&log]),
            server: Server::start(config).expect("a server on loopback"),
            log,
        }
    }

    /// One run, from the first byte of input to the sorted report, and its answer asserted.
    fn play(&self, case: &Case) -> Duration {
        let input = Input::from_bytes(&[&self.log]).expect("a temporary file");
        let directory = Directory::at(self.server.address()).expect("an address");
        let meter = Meter::new();
        let start = Instant::now();
        let report =
            (case.run)(&input, &directory, &case.plan, &meter).expect("the log is readable");
        let rows = report.rows();
        let took = start.elapsed();
        assert_eq!(rows, self.oracle.rows(), "{} is wrong", case.id);
        took
    }
}

criterion_group!(benches, evolution);
criterion_main!(benches);
