//! Every step of the evolution on the same workload.
//!
//! The unit is lines a second. The baseline reads fewer lines than the others, or a full run would take
//! an hour. The fast steps also read a log that is long enough for their rate not to be that of their
//! start; what its length means for a cache is said where it matters.

mod ahead;
mod cases;
mod cost;
#[path = "../common/log.rs"]
mod log;
mod multiplexed;
mod patient;

use std::cell::LazyCell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use traffic::directory::{Config, Directory, Server, Table};
use traffic::generator::write_log;
use traffic::harness::Run;
use traffic::oracle::Oracle;
use traffic::{Input, Meter, Row};

use crate::cases::{Case, LINES_LONG};

fn evolution(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("evolution");
    group.sampling_mode(SamplingMode::Flat);
    for case in cases::cases() {
        // Criterion calls what is given to it for each of its samples, and skips it where another case is measured.
        let scene = LazyCell::new(|| Scene::of(&case));
        if patient::takes(&case, || scene.play(&case)) {
            continue;
        }
        group.throughput(Throughput::Elements(case.lines));
        group.bench_function(&case.id, |bencher| {
            bencher.iter_custom(|times| (0..times).map(|_| scene.play(&case)).sum());
        });
    }
    group.finish();
}

/// What one case needs.
struct Scene {
    input: Input,
    expected: Vec<Row>,
    server: Server,
}

impl Scene {
    fn of(case: &Case) -> Scene {
        let (input, oracle) = match case.lines {
            LINES_LONG.. => (log::long(case.workload, case.lines), None),
            lines => {
                let mut log = Vec::new();
                write_log(case.workload, 1, lines, &mut log, &mut |_| true)
                    .expect("memory takes all");
                let input = Input::from_bytes(&[&log]).expect("a temporary file");
                (input, Some(Oracle::of(&[&log]).rows()))
            }
        };
        let table = Arc::new(Table::iana());
        let config = Config {
            delay: case.delay,
            table,
            ..Config::default()
        };
        let server = Server::start(config).expect("a server on loopback");
        let mut scene = Scene {
            input,
            expected: Vec::new(),
            server,
        };
        // The oracle would take minutes for a long log; the plain thread equals it on the short one.
        scene.expected = oracle.unwrap_or_else(|| scene.run(cost::run, case).0);
        scene
    }

    /// One run, from the first byte of input to the sorted report, and its answer asserted.
    fn play(&self, case: &Case) -> Duration {
        let (rows, took) = self.run(case.run, case);
        assert_eq!(rows, self.expected, "{} is wrong", case.id);
        took
    }

    fn run(&self, run: Run, case: &Case) -> (Vec<Row>, Duration) {
        let directory = Directory::at(self.server.address()).expect("an address");
        let meter = Meter::new();
        let start = Instant::now();
        let report = run(&self.input, &directory, &case.plan, &meter).expect("the log is readable");
        let rows = report.rows();
        (rows, start.elapsed())
    }
}

criterion_group!(benches, evolution);
criterion_main!(benches);
