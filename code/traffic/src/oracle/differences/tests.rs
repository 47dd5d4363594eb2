//! Every way in which a report can differ, and none where it does not.

use super::*;

fn rows(rows: &[(&str, &str, u64)]) -> Vec<Row> {
    let rows = rows.iter().map(|&(holder, route, hits)| Row {
        holder: holder.to_owned(),
        route: route.to_owned(),
        hits,
        bytes: u128::from(hits) * 10,
        errors: 0,
    });
    rows.collect()
}

fn report(counts: &[(&str, &str, u64)]) -> Outcome {
    let rows = rows(counts);
    let of = |holder: &str| {
        rows.iter()
            .filter(|row| row.holder == holder)
            .map(|row| row.hits)
            .sum()
    };
    Outcome {
        step: "a step".to_owned(),
        lines: rows.iter().map(|row| row.hits).sum::<u64>() + 1,
        malformed: 1,
        unresolved: of(UNRESOLVED),
        seconds: 1.0,
        partial: false,
        rows,
    }
}

/// Two holders, two routes, ten hits.
fn expected() -> Outcome {
    report(&[
        ("a", "/x", 4),
        ("b", "/x", 3),
        ("a", "/y", 2),
        ("unknown", "/y", 1),
    ])
}

fn told(counts: &[(&str, &str, u64)], rule: Rule) -> Vec<String> {
    let differences = differences(&expected(), &report(counts), rule);
    let told = differences.iter().map(|difference| match difference {
        Difference::Total(name, should, is) => format!("{name} {should} {is}"),
        Difference::Row {
            holder,
            route,
            expected,
            found,
        } => {
            let hits = |counts: &Option<Counts>| counts.map(|counts| counts.hits);
            format!("{holder} {route} {:?} {:?}", hits(expected), hits(found))
        }
        Difference::Twice(holder, route) => format!("{holder} {route} twice"),
        Difference::Misplaced(holder, route) => format!("{holder} {route} misplaced"),
    });
    told.collect()
}

#[test]
fn the_oracles_rows_are_right() {
    let right = [
        ("a", "/x", 4),
        ("b", "/x", 3),
        ("a", "/y", 2),
        ("unknown", "/y", 1),
    ];
    assert!(told(&right, Rule::Equal).is_empty());
    assert!(told(&right, Rule::ButUnresolved).is_empty());
}

#[test]
fn missing_extra_and_different_rows_are_told() {
    let wrong = [("a", "/x", 4), ("c", "/x", 3), ("a", "/y", 1)];
    assert_eq!(
        told(&wrong, Rule::Equal),
        [
            "lines 11 9",
            "b /x Some(3) None",
            "c /x None Some(3)",
            "a /y Some(2) Some(1)",
            "unknown /y Some(1) None"
        ]
    );
}

#[test]
fn lost_lines_repeated_rows_and_their_order_are_told() {
    let lost = [("a", "/x", 4), ("b", "/x", 3), ("a", "/y", 2)];
    assert_eq!(
        told(&lost, Rule::Equal),
        ["lines 11 10", "unknown /y Some(1) None"]
    );
    let twice = [
        ("a", "/x", 4),
        ("b", "/x", 3),
        ("a", "/y", 1),
        ("a", "/y", 2),
        ("unknown", "/y", 1),
    ];
    assert_eq!(told(&twice, Rule::Equal)[1], "a /y twice");
    let order = [
        ("b", "/x", 3),
        ("a", "/x", 4),
        ("a", "/y", 2),
        ("unknown", "/y", 1),
    ];
    assert_eq!(told(&order, Rule::Equal), ["a /x misplaced"]);
}

#[test]
fn what_a_failing_directory_did_not_answer_is_unresolved() {
    let some = [
        ("a", "/x", 4),
        (UNRESOLVED, "/x", 3),
        (UNRESOLVED, "/y", 2),
        ("unknown", "/y", 1),
    ];
    assert!(told(&some, Rule::ButUnresolved).is_empty());
    assert_eq!(
        told(&some, Rule::Equal).len(),
        5,
        "{:?}",
        told(&some, Rule::Equal)
    );
    assert_eq!(told(&some, Rule::AllUnresolved), ["a /x None Some(4)"]);
    // As many, but not of this route.
    let elsewhere = [
        ("a", "/x", 4),
        (UNRESOLVED, "/x", 2),
        (UNRESOLVED, "/y", 3),
        ("unknown", "/y", 1),
    ];
    assert_eq!(
        told(&elsewhere, Rule::ButUnresolved),
        [
            "unresolved /x Some(3) Some(2)",
            "unresolved /y Some(2) Some(3)"
        ]
    );
    let invented = [("a", "/x", 7), ("a", "/y", 2), ("unknown", "/y", 1)];
    assert_eq!(
        told(&invented, Rule::ButUnresolved),
        ["a /x Some(4) Some(7)", "unresolved /x Some(3) None"]
    );
}
