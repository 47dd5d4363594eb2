//! Measuring whole programs: their time and memory, their instructions, their profile.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::filing;
use super::order::{Order, Progress};
use super::programs::build_programs;
use super::reports::Reports;
use super::rounds;
use super::samples::Samples;
use crate::instructions::Counter;
use crate::suites::{Beside, Counted, Process};
use crate::{counted, process, profile};

/// What is kept of a case of which nothing is timed.
const COUNTED: [&str; 6] = [
    "hit_share",
    "keys",
    "lines",
    "memory_bytes",
    "requests",
    "unresolved",
];

/// One turn of a round.
struct Turn<'a> {
    id: String,
    case: &'a Process,
    binaries: &'a Path,
}

impl rounds::Turn for Turn<'_> {
    fn id(&self) -> &str {
        &self.id
    }

    fn beside(&self) -> Beside {
        self.case.beside
    }

    fn play(&self) -> Result<process::Run> {
        process::run(self.binaries, self.case)
    }
}

/// Runs the cases in rounds.
///
/// # Errors
///
/// If something does not build or run, or comes to another report than the others on its log.
pub(super) fn measure(
    root: &Path,
    order: &Order,
    cases: &[Process],
    into: &Path,
    samples: &mut Samples,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let named = |case: &Process| format!("{}/{}{}", order.suite, case.program, case.parameters);
    let cases: Vec<&Process> = cases
        .iter()
        .filter(|case| order.has(&named(case)))
        .collect();
    ensure!(!cases.is_empty(), "no case of {} is called so", order.suite);
    let names: Vec<&str> = cases.iter().map(|case| case.program).collect();
    let binaries = build_programs(root, &names, say)?;
    let turn = |case| Turn {
        id: named(case),
        case,
        binaries: &binaries,
    };
    let turns: Vec<Turn> = cases.into_iter().map(turn).collect();
    let mut reports = Reports::default();
    let take = |turn: &Turn, run: process::Run| {
        reports.hold_if_whole(&turn.id, turn.case, &run)?;
        for (metric, (unit, value)) in run.metrics {
            if turn.case.beside != Beside::Always || COUNTED.contains(&metric.as_str()) {
                samples.add(&turn.id, &metric, unit, [value]);
            }
        }
        if turn.case.series {
            samples.series.insert(turn.id.clone(), run.series);
        }
        Ok(())
    };
    let before = filing::still_true(root, into, order.suite);
    rounds::play(&turns, order.effort, before.as_ref(), take, say)
}

/// Counts once: what is counted does not vary as what is timed does.
pub(super) fn count_instructions(
    root: &Path,
    order: &Order,
    programs: &[&str],
    samples: &mut Samples,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let counter = Counter::new()?;
    let named = |program: &str| format!("{}/{program}", order.suite);
    let mut programs = programs.to_vec();
    programs.retain(|program| order.has(&named(program)));
    ensure!(
        !programs.is_empty(),
        "no case of {} is called so",
        order.suite
    );
    let binaries = build_programs(root, &programs, say)?;
    for (done, program) in programs.iter().enumerate() {
        let id = named(program);
        say(&Progress {
            done,
            total: programs.len(),
            what: id.clone(),
        });
        let counted = counter.per_line(&binaries.join(program))?;
        samples.add(&id, "instructions_per_line", "instructions", [counted]);
    }
    Ok(())
}

/// Counts the instructions and the mispredicted branches of a line, once: nothing of it varies much.
pub(super) fn count(
    root: &Path,
    order: &Order,
    cases: &[Counted],
    samples: &mut Samples,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let named = |case: &Counted| format!("{}/{}{}", order.suite, case.program, case.parameters);
    let cases: Vec<&Counted> = cases
        .iter()
        .filter(|case| order.has(&named(case)))
        .collect();
    ensure!(!cases.is_empty(), "no case of {} is called so", order.suite);
    let counter = counted::Counter::new()?;
    let names: Vec<&str> = cases.iter().map(|case| case.program).collect();
    let binaries = build_programs(root, &names, say)?;
    for (done, case) in cases.iter().enumerate() {
        let id = named(case);
        say(&Progress {
            done,
            total: cases.len(),
            what: id.clone(),
        });
        let line = counter.per_line(&binaries, case)?;
        samples.add(
            &id,
            "instructions_per_line",
            "instructions",
            [line.instructions],
        );
        samples.add(
            &id,
            "mispredicted_per_line",
            "branches",
            [line.mispredicted],
        );
        samples.note(&id, "counted_by", counter.how().to_owned());
    }
    Ok(())
}

/// Files a profile for each case: `<program>@<machine>.folded`, with its origin in the first line.
pub(super) fn take_profiles(
    root: &Path,
    order: &Order,
    cases: &[Process],
    into: &Path,
    say: &mut dyn FnMut(&Progress),
) -> Result<PathBuf> {
    let cases: Vec<&Process> = cases
        .iter()
        .filter(|case| order.has(&format!("{}/{}", order.suite, case.program)))
        .collect();
    ensure!(!cases.is_empty(), "no case of {} is called so", order.suite);
    let names: Vec<&str> = cases.iter().map(|case| case.program).collect();
    let binaries = build_programs(root, &names, say)?;
    std::fs::create_dir_all(into).with_context(|| format!("cannot create {}", into.display()))?;
    let machine = results::Machine::this();
    for (done, case) in cases.iter().enumerate() {
        say(&Progress {
            done,
            total: cases.len(),
            what: format!("{}/{}", order.suite, case.program),
        });
        let stacks = profile::fold(&binaries, case)?;
        let origin = format!(
            "# {}, {} cores, {}; {}; {}\n",
            machine.cpu,
            machine.cores,
            machine.os,
            results::said("date", &["-u", "+%Y-%m-%d"]),
            profile::command(case)
        );
        let file = into.join(format!("{}@{}.folded", case.program, machine.name));
        std::fs::write(&file, origin + &stacks)
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(into.to_owned())
}
