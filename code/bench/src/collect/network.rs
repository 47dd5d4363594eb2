//! Measuring the network: one hop by criterion; then, in rounds of their own, whole programs in several processes,
//! and their bytes on the wire.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, ensure};
use traffic::Row;

use super::benches::{self, Figure};
use super::order::{Effort, Order, Progress};
use super::programs::build_programs;
use super::samples::Samples;
use crate::suites::{How, Process, network};
use crate::{kill, process, wire};

/// What whole processes do varies: as many samples as a claim wants to have.
const ROUNDS: usize = 9;

/// How long a hop is measured in a round: there are many, and the fastest takes a millionth of that.
const HOP_SECONDS: f64 = 0.5;

/// Programs that need others, which a machine may lack.
const NEEDS: [(&str, &str); 2] = [
    ("n05-servers", "nats-server"),
    ("n05-servers", "redis-server"),
];

/// One turn of a round.
struct Turn {
    id: String,
    case: Process,
    how: How,
}

/// Measures what the order is about.
///
/// # Errors
///
/// If something does not build or run, or comes to another report than the others on its log.
pub(super) fn measure(
    root: &Path,
    order: &Order,
    samples: &mut Samples,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let mut turns = turns(order);
    turns.retain(|turn| is_there(root, turn.case.program) && can_run(turn.case.program));
    if wants_hops(order, &turns) {
        let figure = Figure::Time;
        benches::measure(root, order, figure, None, HOP_SECONDS, samples, say)?;
    }
    if turns.is_empty() {
        return Ok(());
    }
    let mut names: Vec<&str> = turns.iter().map(|turn| turn.case.program).collect();
    names.push("weather");
    let binaries = build_programs(root, &names, say)?;
    let rounds = match order.effort {
        Effort::Quick => 1,
        Effort::Full => ROUNDS,
    };
    let mut reports = BTreeMap::new();
    for round in 0..rounds {
        for (number, turn) in turns.iter().enumerate() {
            say(&Progress {
                done: round * turns.len() + number,
                total: rounds * turns.len(),
                what: format!("{}, round {} of {rounds}", turn.id, round + 1),
            });
            let run = match turn.how {
                How::Timed | How::Refused | How::Changing => process::run(&binaries, &turn.case)?,
                How::Counted(wire) => wire::run(&binaries, &turn.case, wire)?,
                How::Killed => kill::run(&binaries, &turn.case)?,
                How::Rerun => kill::rerun(&binaries, &turn.case)?,
            };
            if !matches!(turn.how, How::Refused | How::Changing) {
                same_report(&mut reports, turn, run.rows)?;
            }
            for (metric, (unit, value)) in run.metrics {
                // What goes through the counting proxy is counted, and its time is nobody's.
                if !matches!(turn.how, How::Counted(_)) || metric.starts_with("wire_") {
                    samples.add(&turn.id, &metric, unit, [value]);
                }
            }
        }
    }
    Ok(())
}

/// Whether the tree has a program: an earlier one may be without the last step, and is measured without it.
fn is_there(root: &Path, program: &str) -> bool {
    let parts = ["code/evolution", "code/network"];
    let manifests = parts.map(|part| root.join(part).join(program).join("Cargo.toml"));
    manifests.iter().any(|manifest| manifest.is_file())
}

/// Whether this machine has what a program needs besides; if not, says loudly that it is left out.
fn can_run(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_on_path =
        |name: &&str| std::env::split_paths(&path).any(|folder| folder.join(name).is_file());
    let missing = (NEEDS.iter()).find(|(of, needed)| *of == program && !is_on_path(needed));
    if let Some((_, needed)) = missing {
        eprintln!("*** SKIPPED {program}: {needed} is not on this machine");
    }
    missing.is_none()
}

/// All whole programs that the order is about.
fn turns(order: &Order) -> Vec<Turn> {
    let turns = network::cases().into_iter().map(|(case, how)| Turn {
        id: format!("{}/{}{}", order.suite, case.program, case.parameters),
        case,
        how,
    });
    turns.filter(|turn| order.has(&turn.id)).collect()
}

/// Whether the order is about hops, too: if all that it names are programs, the bench need not even be built.
fn wants_hops(order: &Order, turns: &[Turn]) -> bool {
    order.only.is_none_or(|only| {
        let is_program = |part: &str| turns.iter().any(|turn| turn.id.contains(part));
        !only.split(',').all(is_program)
    })
}

/// Different programs in any number of processes have one report of a log, or one of them is wrong.
fn same_report(
    reports: &mut BTreeMap<String, Vec<Row>>,
    turn: &Turn,
    rows: Vec<Row>,
) -> Result<()> {
    let log = turn.case.log();
    let expected = reports.entry(log).or_insert_with(|| rows.clone());
    ensure!(*expected == rows, "{} has another report", turn.id);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(only: Option<&str>) -> Order<'_> {
        Order {
            suite: "network",
            only,
            effort: Effort::Quick,
        }
    }

    #[test]
    fn the_bench_is_built_only_for_its_cases() {
        for (only, hops, programs) in [
            (None, true, true),
            (Some("hop"), true, false),
            (Some("n01"), false, true),
            (Some("n00-tasks,hop/tarpc"), true, true),
        ] {
            let order = order(only);
            let turns = turns(&order);
            assert_eq!(wants_hops(&order, &turns), hops, "{only:?}");
            assert_eq!(!turns.is_empty(), programs, "{only:?}");
        }
    }

    #[test]
    fn another_report_of_the_same_log_is_an_error() {
        let turns = turns(&order(None));
        let mut reports = BTreeMap::new();
        let row = Row {
            holder: "a".into(),
            route: "b".into(),
            hits: 1,
            bytes: 2,
            errors: 0,
        };
        assert!(same_report(&mut reports, &turns[0], vec![row.clone()]).is_ok());
        assert!(same_report(&mut reports, &turns[1], vec![row]).is_ok());
        assert!(same_report(&mut reports, &turns[2], Vec::new()).is_err());
    }
}
