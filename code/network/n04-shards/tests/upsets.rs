//! Upsets at random moments: 6 runs from seeds, or as many as `N04_UPSETS` says, from `N04_SEED` on. In each of them a
//! server is killed, becomes slow, or a shard is added; each report has to be exact.

use std::sync::Arc;

use crate::common::{Own, processes, replicas, run_with};
use n04_shards::choice::Dice;
use traffic::directory::{Config, Server, Table};
use traffic::generator::{Workload, write_log};
use traffic::oracle::Oracle;
use traffic::testing::in_time;
use traffic::{Directory, Input, Meter, Plan};

const LINES: u64 = 3_000;

fn number(variable: &str, default: usize) -> usize {
    std::env::var(variable).map_or(default, |text| text.parse().expect("a number"))
}

/// What a seed comes to: the flags of a run.
fn upset(seed: usize) -> Vec<Own> {
    let dice = Dice::default();
    // The dice of a seed are those of the first, so much later.
    (0..seed * 16).for_each(|_| _ = dice.below(2));
    let (shards, copies) = (2 + dice.below(2), 1 + dice.below(2));
    let server = 1 + dice.below(shards * copies);
    let share = dice.below(LINES as usize);
    let what = match seed % 3 {
        0 => format!("kill:{server}@{}", share / shards / copies),
        1 => format!("slow:{server}@{}", share / shards / copies),
        _ => format!("add@{share}"),
    };
    [
        processes(shards * copies),
        vec![
            replicas(copies),
            ("upset", what),
            ("service", "20us".into()),
        ],
    ]
    .concat()
}

#[test]
fn any_server_may_be_killed_or_slow_and_one_may_be_added() {
    let mut log = Vec::new();
    write_log(Workload::Messy, 9, LINES, &mut log, &mut |_| true).expect("memory takes all");
    let oracle = Oracle::of(&[&log]);
    let server = Server::start(Config {
        delay: std::time::Duration::from_micros(100),
        table: Arc::new(Table::iana()),
        ..Config::default()
    });
    let server = server.expect("a server on loopback");
    let first = number("N04_SEED", 0);
    for seed in first..first + number("N04_UPSETS", 6) {
        let own = upset(seed);
        let what = format!("seed {seed}: {own:?}");
        let directory = Directory::at(server.address()).expect("an address");
        let log = log.clone();
        let report = in_time("n04-shards", &what, directory, move |directory| {
            let input = Input::from_bytes(&[&log]).expect("a temporary file");
            let plan = Plan {
                batch: 16,
                ..Plan::default()
            };
            run_with(own, &input, &directory, &plan, &Meter::new())
        });
        let report = report.unwrap_or_else(|err| panic!("{what}: {err}"));
        oracle.assert_equal(&report, "n04-shards", &what);
    }
}
