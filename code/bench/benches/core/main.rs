//! What a line costs inside a core, in nanoseconds: the step of columns beside its parent and the branch behind it, and parts of them.
//!
//! The same mapped files for all, a million lines long, and the directory without distance: what is left is work. A
//! case with a `part` does the beginning of a step's work and throws away what comes of it, in one thread and on all
//! chunks: the difference of two parts is what the second does more than the first. The compiler could leave out what
//! is not used, so each part gives a sum of what it has found.

#[path = "../common/log.rs"]
mod log;
mod parts;
mod tables;

use std::cell::LazyCell;
use std::sync::Arc;
use std::thread;

use criterion::measurement::WallTime;
use criterion::{
    BenchmarkGroup, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use s17_columns::masks::Masks;
use s18_in_flight::stretches::Indexed;
use traffic::directory::{Config, Directory, Server, Table};
use traffic::generator::Workload;
use traffic::{Error, Hit, Input, Mapped, Meter, Plan, Report, Row};

const LINES: u64 = 1_000_000;

const THREADS: [usize; 2] = [1, 2];

/// The logs: a few thousand rows in the report, and a hundred thousand.
const WORKLOADS: [Workload; 2] = [Workload::Steady, Workload::Wide];

/// A step with what is not usual about it.
type Run<'a> = &'a dyn Fn(&Input, &Directory, &Plan, &Meter) -> Result<Report, Error>;

fn core(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("core");
    group.sampling_mode(SamplingMode::Flat);
    group.throughput(Throughput::Elements(LINES));
    for workload in WORKLOADS {
        for threads in THREADS {
            let parameters = format!("threads={threads},workload={workload}");
            // Neighbours, so that a noisy minute falls on all.
            whole(&mut group, "s15-steal", &parameters, &s15_steal::run);
            whole(&mut group, "s17-columns", &parameters, &s17_columns::run);
            whole(
                &mut group,
                "s18-in-flight",
                &parameters,
                &s18_in_flight::run,
            );
        }
        // Without what a processor may have; the usual cases take the best that it has.
        let parameters = format!("masks=plain,threads=1,workload={workload}");
        let run: Run = &|input, directory, plan, meter| {
            s17_columns::run_with(Masks::PLAIN, input, directory, plan, meter)
        };
        whole(&mut group, "s17-columns", &parameters, run);
    }
    let steady = LazyCell::new(|| log_of("workload=steady"));
    for threads in THREADS {
        group.bench_function(
            format!("newlines[threads={threads},workload=steady]"),
            |bencher| {
                bencher.iter(|| assert_eq!(newlines(&steady, threads), LINES));
            },
        );
    }
    for part in parts::ALL {
        alone(&mut group, &part, "threads=1,workload=steady");
    }
    // A whole run under a large table is mostly the fetching of it, so only the searches are done under one.
    for parameters in [
        "threads=1,workload=wide",
        "ranges=1M,threads=1,workload=wide",
    ] {
        for part in parts::SEARCHES {
            alone(&mut group, &part, parameters);
        }
    }
    group.finish();
}

/// A whole run, from the first byte to the sorted rows, and its answer asserted.
fn whole(group: &mut BenchmarkGroup<WallTime>, step: &str, parameters: &str, run: Run) {
    // Criterion calls what is given to it for each of its samples, and skips it where another case is measured.
    let scene = LazyCell::new(|| {
        let (input, table) = (log_of(parameters), Arc::new(Table::iana()));
        let expected = expected(&input, &table);
        let server = Server::start(Config {
            table,
            ..Config::default()
        });
        (input, expected, server.expect("a server on loopback"))
    });
    let threads = value(parameters, "threads").expect("each case has it");
    let plan = Plan {
        workers: threads.parse().expect("a number"),
        ..Plan::default()
    };
    group.bench_function(format!("{step}[{parameters}]"), |bencher| {
        let (input, expected, server) = &*scene;
        let directory = Directory::at(server.address()).expect("an address");
        let rows = || {
            let report = run(input, &directory, &plan, &Meter::new());
            report.expect("readable").rows()
        };
        bencher.iter(|| assert_eq!(rows(), *expected, "{step} is wrong"));
    });
}

/// A part in one thread.
fn alone(group: &mut BenchmarkGroup<WallTime>, part: &parts::Part, parameters: &str) {
    let id = format!("{}[part={},{parameters}]", part.step, part.name);
    let scene = LazyCell::new(|| (log_of(parameters), Indexed::new(table(parameters))));
    group.bench_function(id, |bencher| {
        let (input, table) = &*scene;
        bencher.iter(|| {
            let mapped = input.map().expect("the file can be mapped");
            (part.work)(&mut parts::chunks(&mapped), table)
        });
    });
}

/// What a parameter of a case is.
fn value<'a>(parameters: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = parameters
        .split(',')
        .filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The table that a case names; without a name the built-in one.
fn table(parameters: &str) -> Table {
    match value(parameters, "ranges") {
        Some(_) => tables::million(),
        None => Table::iana(),
    }
}

/// The right answer, by one plain thread.
fn expected(input: &Input, table: &Table) -> Vec<Row> {
    let mut report = Report::new();
    for line in input.lines() {
        let line = line.expect("readable");
        match Hit::parse(&line.bytes) {
            Ok(hit) => report.count(&Ok(table.lookup(hit.client)), &hit),
            Err(why) => report.malformed(&line, why),
        }
    }
    report.rows()
}

/// The log that a case names.
fn log_of(parameters: &str) -> Input {
    let workload = value(parameters, "workload").expect("each case has it");
    let workload: Workload = workload.parse().expect("one of ours");
    log::long(workload, LINES)
}

fn newlines(input: &Input, threads: usize) -> u64 {
    let mapped: &Mapped = &input.map().expect("the file can be mapped");
    thread::scope(|scope| {
        let count = |span| scope.spawn(move || parts::newlines(&mut parts::of_span(mapped, span)));
        let counts: Vec<_> = mapped.spans(threads).map(count).collect();
        let joined = counts.into_iter().map(thread::ScopedJoinHandle::join);
        joined.map(|count| count.expect("no panic")).sum()
    })
}

criterion_group!(benches, core);
criterion_main!(benches);
