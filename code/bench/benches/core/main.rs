//! What a line costs inside a core, in nanoseconds: the step of columns beside its parent, and the parts of both.
//!
//! The same mapped files for all, a million lines long, and the directory without distance: what is left is work. A
//! case with a `part` does the beginning of a step's work and throws away what comes of it, in one thread and on all
//! chunks: the difference of two parts is what the second does more than the first. The compiler could leave out what
//! is not used, so each part gives a sum of what it has found.

#[path = "../evolution/cost.rs"]
mod cost;
mod parts;

use std::sync::Arc;
use std::thread;

use criterion::measurement::WallTime;
use criterion::{
    BenchmarkGroup, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use s17_columns::masks::Masks;
use traffic::directory::{Config, Directory, Server};
use traffic::generator::Workload;
use traffic::{Error, Input, Mapped, Meter, Plan, Report};

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
            // Neighbours, so that a noisy minute falls on both.
            whole(&mut group, "s15-steal", &parameters, &s15_steal::run);
            whole(&mut group, "s17-columns", &parameters, &s17_columns::run);
        }
        // Without what a processor may have; the usual cases take the best that it has.
        let parameters = format!("masks=plain,threads=1,workload={workload}");
        let run: Run = &|input, directory, plan, meter| {
            s17_columns::run_with(Masks::PLAIN, input, directory, plan, meter)
        };
        whole(&mut group, "s17-columns", &parameters, run);
    }
    for threads in THREADS {
        group.bench_function(
            format!("newlines[threads={threads},workload=steady]"),
            |bencher| {
                let input = log(Workload::Steady);
                bencher.iter(|| assert_eq!(newlines(&input, threads), LINES));
            },
        );
    }
    for part in parts::ALL {
        let id = format!(
            "{}[part={},threads=1,workload=steady]",
            part.step, part.name
        );
        group.bench_function(id, |bencher| {
            let input = log(Workload::Steady);
            bencher.iter(|| {
                let mapped = input.map().expect("the file can be mapped");
                (part.work)(&mut parts::chunks(&mapped))
            });
        });
    }
    group.finish();
}

/// A whole run, from the first byte to the sorted rows, and its answer asserted.
fn whole(group: &mut BenchmarkGroup<WallTime>, step: &str, parameters: &str, run: Run) {
    group.bench_function(format!("{step}[{parameters}]"), |bencher| {
        let value = |name: &str| {
            let pairs = parameters
                .split(',')
                .filter_map(|pair| pair.split_once('='));
            let found = pairs.into_iter().find(|(key, _)| *key == name);
            found.expect("each case has it").1.to_owned()
        };
        let workload: Workload = value("workload").parse().expect("one of ours");
        let input = log(workload);
        let server = Server::start(Config::default()).expect("a server on loopback");
        let directory = Directory::at(server.address()).expect("an address");
        let plan = Plan {
            workers: value("threads").parse().expect("a number"),
            ..Plan::default()
        };
        let rows_of = |run: Run| {
            let report = run(&input, &directory, &plan, &Meter::new());
            report.expect("readable").rows()
        };
        let expected = rows_of(&cost::run);
        bencher.iter(|| assert_eq!(rows_of(run), expected, "{step} is wrong"));
    });
}

fn log(workload: Workload) -> Arc<Input> {
    let input = Input::generate(workload, 1, LINES, &mut |_| true);
    Arc::new(input.expect("a temporary file"))
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
