//! The judges, judged: what is wrong in one place is found out, and what is right is not.

use std::panic::catch_unwind;

use super::planted::{PLANTED, right};
use super::*;
use crate::event::Outcome;
use crate::oracle::{Difference, Rule, differences};

#[test]
fn each_planted_mistake_is_found_among_neighbours() {
    for (what, run) in PLANTED {
        let panic = catch_unwind(|| check_neighbours(what, run)).expect_err(what);
        let message = panic.downcast_ref::<String>().map_or("", String::as_str);
        assert!(
            message.contains("differs on neighbours"),
            "{what}: {message}"
        );
    }
    check_neighbours("nothing wrong", right());
}

/// Each address stands beside one that has another holder, or none.
#[test]
fn neighbours_are_told_apart() {
    let Neighbours { table, log } = Neighbours::new();
    let oracle = Oracle::with_table(&[&log], &table);
    assert_eq!(oracle.malformed(), 0);
    let holders: std::collections::BTreeSet<String> =
        oracle.rows().into_iter().map(|row| row.holder).collect();
    assert_eq!(
        holders.len(),
        table.lines().count(),
        "a holder for each row, and for the gaps"
    );
}

/// How what a step reports on the log in which neighbours differ is not what it must be.
fn judged(run: Run) -> Vec<Difference> {
    let Neighbours { table, log } = Neighbours::new();
    let server = server(parsed(&table), Duration::ZERO, None);
    let directory = Directory::at(server.address()).expect("an address");
    let report = run_in_time("a step", run, "neighbours", &[&log], &directory, 2);
    let printed = Outcome::new("a step", &report, report.rows(), 1.0, false);
    let expected = Oracle::with_table(&[&log], &table).outcome();
    differences(&expected, &printed, Rule::Equal)
}

#[test]
fn each_planted_mistake_is_told() {
    assert_eq!(judged(right()), []);
    for (what, run) in PLANTED {
        assert!(!judged(run).is_empty(), "{what} is not told");
    }
}
