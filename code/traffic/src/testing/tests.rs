//! The judges, judged: what is wrong in one place is found out, and what is right is not.

use std::panic::catch_unwind;

use super::planted::{PLANTED, right};
use super::*;

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
