//! `lines = sum of hits + malformed`, and every row as the oracle has it, on mutated lines.
//!
//! `MUTATED_LINES=10M cargo test --release -p traffic --features testing --test accounting` is the
//! long run; the default takes seconds.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use traffic::directory::Table;
use traffic::generator::{Generator, Workload};
use traffic::harness::count;
use traffic::oracle::Oracle;
use traffic::testing::mutated;
use traffic::{Hit, Input, Report};

/// Lines a log: small enough that a failure is soon found in it.
const LINES_A_LOG: u64 = 1_000;

#[test]
fn no_line_is_lost_however_it_is_mutated() {
    let wanted = std::env::var("MUTATED_LINES").unwrap_or_else(|_| "50k".into());
    let wanted = count(&wanted).expect("MUTATED_LINES is a number");
    let table = Table::iana();
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let mut generators = Workload::ALL.map(|workload| Generator::new(workload, 11));
    let mut lines = 0;
    while lines < wanted {
        let mut log = Vec::new();
        for number in 0..LINES_A_LOG {
            let mut line = Vec::new();
            generators[(number % 6) as usize].next_line(&mut line);
            // A megabyte says no more than its first lines' worth, a thousand times as slowly.
            line.truncate(2_000);
            mutated(&mut line, || random.next_u64());
            log.append(&mut line);
        }
        let input = Input::from_bytes(&[&log]).expect("a temporary file");
        let mut report = Report::new();
        for line in input.lines() {
            let line = line.expect("readable");
            match Hit::parse(&line.bytes) {
                Ok(hit) => report.count(&Ok(table.lookup(hit.client)), &hit),
                Err(why) => report.malformed(&line, why),
            }
        }
        let what = format!("mutated lines from {lines} on");
        Oracle::of(&[&log]).assert_equal(&report, "the parser", &what);
        lines += report.lines();
    }
}
