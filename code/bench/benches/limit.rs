//! The limit: counting the newlines of a file is the least that a program can do that looks at all of its bytes.
//!
//! The same mapped file for all, a million lines long, and as many threads. The counting takes no line apart,
//! asks nobody and keeps nothing; what the last steps need more than that is what a report costs.

#[path = "evolution/cost.rs"]
mod cost;
#[path = "common/log.rs"]
mod log;

use std::cell::LazyCell;
use std::hint::black_box;
use std::ops::Range;
use std::sync::Arc;
use std::thread;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use traffic::directory::{Config, Directory, Server};
use traffic::generator::Workload;
use traffic::harness::Run;
use traffic::{Input, Mapped, Meter, Plan};

const LINES: u64 = 1_000_000;

const THREADS: [usize; 2] = [1, 2];

const STEPS: [(&str, Run); 4] = [
    ("s14-locality", s14_locality::run),
    ("s15-steal", s15_steal::run),
    ("s17-columns", s17_columns::run),
    ("s18-in-flight", s18_in_flight::run),
];

fn limit(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("limit");
    group.sampling_mode(SamplingMode::Flat);
    // Criterion wants to know before it says which case is wanted. The log has the same length each time.
    let bytes = steady().len_bytes();
    group.throughput(Throughput::Bytes(bytes));
    for threads in THREADS {
        group.bench_function(format!("newlines[threads={threads}]"), |bencher| {
            let input = steady();
            bencher.iter(|| assert_eq!(newlines(black_box(&input), threads), LINES));
        });
        for (name, run) in STEPS {
            // Criterion calls what is given to it for each of its samples, and skips it where another case is measured.
            let asked = LazyCell::new(|| {
                let server = Server::start(Config::default()).expect("a server on loopback");
                let directory = Directory::at(server.address()).expect("an address");
                (server, directory)
            });
            let rows_of = |run: Run| {
                let plan = Plan {
                    workers: threads,
                    ..Plan::default()
                };
                let report = run(&steady(), &asked.1, &plan, &Meter::new());
                report.expect("readable").rows()
            };
            let expected = LazyCell::new(|| rows_of(cost::run));
            group.bench_function(format!("{name}[threads={threads}]"), |bencher| {
                let expected = &*expected;
                bencher.iter(|| assert_eq!(rows_of(run), *expected, "{name} is wrong"));
            });
        }
    }
    group.finish();
}

fn steady() -> Arc<Input> {
    static LOG: std::sync::OnceLock<Arc<Input>> = std::sync::OnceLock::new();
    Arc::clone(LOG.get_or_init(|| Arc::new(log::long(Workload::Steady, LINES))))
}

fn newlines(input: &Input, threads: usize) -> u64 {
    let mapped = &input.map().expect("the file can be mapped");
    thread::scope(|scope| {
        let count = |span| scope.spawn(move || newlines_of(mapped, span));
        let counts: Vec<_> = mapped.spans(threads).map(count).collect();
        let joined = counts.into_iter().map(thread::ScopedJoinHandle::join);
        joined.map(|count| count.expect("no panic")).sum()
    })
}

fn newlines_of(mapped: &Mapped, span: Range<u64>) -> u64 {
    let chunks = span.map(|number| mapped.chunk(number).expect("not stopped"));
    chunks
        .map(|chunk| memchr::memchr_iter(b'\n', chunk.bytes()).count() as u64)
        .sum()
}

criterion_group!(benches, limit);
criterion_main!(benches);
