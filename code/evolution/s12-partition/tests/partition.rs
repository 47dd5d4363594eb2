//! What partitions promise: every line counted and every client asked for once, whatever the number of
//! workers, the batch and the queues; and a memory that has an end.

use std::sync::Arc;
use std::time::Duration;

use s12_partition::cache::Cache;
use traffic::directory::{Config, Directory, Server, Table};
use traffic::generator::{Workload, write_log};
use traffic::testing::in_time;
use traffic::{Input, Meter, Plan};

fn server() -> Server {
    Server::start(Config {
        delay: Duration::from_micros(300),
        table: Arc::new(Table::iana()),
        ..Config::default()
    })
    .expect("a server on loopback")
}

/// Lines counted and clients asked for.
fn run(server: &Server, log: &[u8], plan: Plan) -> (u64, u64) {
    let directory = Directory::at(server.address()).expect("an address");
    let input = Input::from_bytes(&[log]).expect("a temporary file");
    let what = format!("{plan:?}");
    in_time("s12-partition", &what, directory, move |directory| {
        let report = s12_partition::run(&input, &directory, &plan, &Meter::new());
        (report.expect("readable").lines(), directory.stats().keys)
    })
}

#[test]
fn every_line_is_counted_and_every_client_asked_for_once() {
    let server = server();
    for workload in [Workload::Flash, Workload::Skew, Workload::Cold] {
        let mut log = Vec::new();
        write_log(workload, 1, 4_000, &mut log, &mut |_| true).expect("memory takes all");
        let plan = |workers, batch, capacity| Plan {
            workers,
            batch,
            capacity,
            ..Plan::default()
        };
        let alone = run(&server, &log, plan(1, 64, 64));
        assert_eq!(alone.0, 4_000);
        for (workers, batch, capacity) in
            [(2, 64, 64), (3, 1, 1), (5, 7, 0), (16, 1_000, 2), (2, 1, 0)]
        {
            let outcome = run(&server, &log, plan(workers, batch, capacity));
            assert_eq!(outcome, alone, "{workers} {batch} {capacity} {workload}");
        }
    }
}

/// More hits wait than may: the reader waits, and everything goes on when the answers come.
#[test]
fn a_directory_that_is_far_away_is_waited_for() {
    let far = Server::start(Config {
        delay: Duration::from_millis(300),
        table: Arc::new(Table::iana()),
        ..Config::default()
    })
    .expect("a server on loopback");
    let lines = 60_000;
    let mut log = Vec::new();
    write_log(Workload::Cold, 1, lines, &mut log, &mut |_| true).expect("memory takes all");
    let plan = Plan {
        workers: 2,
        batch: 1_000,
        ..Plan::default()
    };
    assert_eq!(run(&far, &log, plan), (lines, lines));
}

#[test]
fn a_cache_forgets_when_it_is_full_and_not_before() {
    let mut cache = Cache::new(10);
    for number in 0_u32..1_000 {
        let key = number.to_be_bytes();
        cache.insert(&key, number);
        assert_eq!(cache.get(&key), Some(&number));
        assert_eq!(cache.entries(), 10.min(number as usize + 1));
    }
    let last: Vec<_> = (0_u32..1_000)
        .filter(|number| cache.get(&number.to_be_bytes()).is_some())
        .collect();
    assert_eq!(last.len(), 10);
}
