//! What may be combined and what may not; and that combining loses nothing and asks for nothing twice.

use std::sync::Arc;
use std::time::Duration;

use hdrhistogram::Histogram;
use traffic::directory::{Config, Directory, Server, Table};
use traffic::generator::{Workload, write_log};
use traffic::testing::in_time;
use traffic::{Input, Meter, Plan};

// ANCHOR: mean
/// The sizes of some answers, as two workers saw them: one hit here, three there.
const HERE: [u64; 1] = [100];
const THERE: [u64; 3] = [500, 500, 900];

#[test]
fn a_mean_of_means_is_not_the_mean() {
    let mean = |sizes: &[u64]| sizes.iter().sum::<u64>() as f64 / sizes.len() as f64;
    let all = [&HERE[..], &THERE].concat();
    assert_eq!(mean(&all), 500.0);

    // Merged as it is read: one hit weighs as much as three.
    let means = [mean(&HERE), mean(&THERE)];
    assert_ne!(means.iter().sum::<f64>() / 2.0, mean(&all));

    // Merged as a sum and a count, and divided in the end.
    let sum_and_count = |sizes: &[u64]| (sizes.iter().sum::<u64>(), sizes.len());
    let ((sum, count), (more, others)) = (sum_and_count(&HERE), sum_and_count(&THERE));
    assert_eq!((sum + more) as f64 / (count + others) as f64, mean(&all));
}
// ANCHOR_END: mean

// ANCHOR: median
#[test]
fn a_sketch_of_sketches_is_the_sketch() {
    let sketch = |sizes: &[u64]| {
        let mut sketch = Histogram::<u64>::new(3).expect("a valid precision");
        sizes.iter().for_each(|&size| sketch += size);
        sketch
    };
    let median = |sketch: &Histogram<u64>| sketch.value_at_quantile(0.5);
    let (here, there) = ([1, 2, 900, 901, 902], [3, 4, 5]);
    let all = sketch(&[&here[..], &there].concat());

    // The median of one worker's hits and that of another's say nothing of the median of all.
    assert_eq!([median(&sketch(&here)), median(&sketch(&there))], [900, 4]);
    assert_eq!(median(&all), 4);

    // The histograms are counts, and counts may be added.
    let mut merged = sketch(&here);
    merged.add(sketch(&there)).expect("of one precision");
    assert_eq!(merged, all);
}
// ANCHOR_END: median

/// However many workers count, each line is counted once, each client asked for once, and the few
/// malformed lines that are shown are the first of the whole log.
#[test]
fn nothing_is_lost_and_nothing_asked_for_twice() {
    let server = Server::start(Config {
        delay: Duration::from_micros(300),
        table: Arc::new(Table::iana()),
        ..Config::default()
    })
    .expect("a server on loopback");
    for workload in [Workload::Flash, Workload::Messy] {
        let mut log = Vec::new();
        write_log(workload, 1, 5_000, &mut log, &mut |_| true).expect("memory takes all");
        let run = |workers| {
            let directory = Directory::at(server.address()).expect("an address");
            let input = Input::from_bytes(&[&log]).expect("a temporary file");
            let plan = Plan {
                workers,
                batch: 7,
                ..Plan::default()
            };
            in_time(
                "s11-combine",
                workload.name(),
                directory,
                move |directory| {
                    let report = s11_combine::run(&input, &directory, &plan, &Meter::new());
                    let report = report.expect("readable");
                    assert_eq!(report.lines(), 5_000);
                    let examples: Vec<_> = report.examples().collect();
                    (examples, directory.stats().keys)
                },
            )
        };
        let alone = run(1);
        for workers in [2, 3, 16] {
            assert_eq!(run(workers), alone, "{workers} workers on {workload}");
        }
    }
}
