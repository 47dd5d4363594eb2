//! What is worked out from the network's measurements, and what the simulation makes of them; and, to hold it
//! against, the same runs measured.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use results::{Machine, Suite};

use super::filing;
use super::order::{Effort, Order, Progress};
use super::programs::build_programs;
use super::reports::Reports;
use super::samples::Samples;
use crate::far::Costs;
use crate::process;
use crate::suites::far::{LINES, PROCESSES, RANGE_LINES, cases};

/// As many as other whole processes have.
const ROUNDS: usize = 9;

/// Measures, simulates and works out.
///
/// # Errors
///
/// If the network was not measured on this machine, something does not build or run, or two runs come to different reports.
pub(super) fn measure(
    root: &Path,
    order: &Order,
    into: &Path,
    samples: &mut Samples,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let costs = Costs::of(&network(root, into)?)?;
    for (case, metric, unit, value) in costs.figures() {
        if order.has(&case) {
            samples.add(&case, metric, unit, [value]);
        }
    }
    let mut turns = cases();
    turns.retain(|case| order.has(&id(case.program, &case.parameters)));
    if !turns.is_empty() {
        let binaries = build_programs(root, &["n03-failure"], say)?;
        let mut reports = Reports::default();
        let rounds = match order.effort {
            Effort::Quick => 1,
            Effort::Full => ROUNDS,
        };
        for round in 0..rounds {
            for (number, case) in turns.iter().enumerate() {
                let id = id(case.program, &case.parameters);
                say(&Progress {
                    done: round * turns.len() + number,
                    total: rounds * turns.len(),
                    what: format!("{id}, round {} of {rounds}", round + 1),
                });
                let run = process::run(&binaries, case).with_context(|| id.clone())?;
                reports.hold_if_whole(&id, case, &run)?;
                for (metric, (unit, value)) in run.metrics {
                    samples.add(&id, &metric, unit, [value]);
                }
            }
        }
    }
    simulate(root, order, &costs, samples, say)
}

fn id(program: &str, parameters: &str) -> String {
    format!("far/{program}{parameters}")
}

/// What was measured of the network on this machine: just now, or for the book.
fn network(root: &Path, into: &Path) -> Result<Suite> {
    let found = filing::measured_before(root, into, "network", &needed())?;
    found.context(
        "what is worked out here comes from the suite `network`: measure that on this machine first",
    )
}

/// The cases of the network that the costs are worked out from.
fn needed() -> Vec<String> {
    let ranges = [100, 1_000, 8_000, 64_000];
    let n03 =
        ranges.map(|range| format!("network/n03-failure[lines=300000,processes=2,range={range}]"));
    let hops = [
        "remoc-unix[batch=64,size=4096]",
        "remoc-tcp[batch=1,size=64]",
    ];
    let hops = hops.map(|hop| format!("network/hop/{hop}"));
    n03.into_iter().chain(hops).collect()
}

/// The simulation of the runs that are measured.
fn simulate(
    root: &Path,
    order: &Order,
    costs: &Costs,
    samples: &mut Samples,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let parameters = |processes: u32| format!("[processes={processes}]");
    let mut wanted = PROCESSES.to_vec();
    wanted.retain(|&processes| order.has(&id("simulation", &parameters(processes))));
    if wanted.is_empty() {
        return Ok(());
    }
    // By a command of its own: what a simulated clock needs of tokio must not get into what is timed.
    let binaries = build_programs(root, &["simulation"], say)?;
    let ns = |seconds: f64| (seconds * 1e9).round().to_string();
    for processes in wanted {
        let output = Command::new(binaries.join("simulation"))
            .arg("rate")
            .args(["--processes", &processes.to_string()])
            .args(["--cores", &Machine::this().cores.to_string()])
            .args(["--ranges", &(LINES / RANGE_LINES).to_string()])
            .args(["--range", &RANGE_LINES.to_string()])
            .args(["--run-line", &ns(costs.run_line)])
            .args(["--run-range", &ns(costs.range)])
            .args(["--worker-line", &ns(costs.worker_line)])
            .args(["--worker-range", &ns(costs.range)])
            .output()
            .context("cannot run the simulation")?;
        let text = String::from_utf8_lossy(&output.stdout);
        let rate = text.split_whitespace().next();
        let rate = rate.and_then(|rate| rate.parse::<f64>().ok());
        ensure!(
            output.status.success() && rate.is_some(),
            "the simulation says: {text}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let id = id("simulation", &parameters(processes));
        samples.add(&id, "lines_per_s", "lines/s", rate);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use results::{Metric, testing};

    use super::*;

    /// What was measured of a case: numbers that fit together.
    fn measured(case: &str) -> results::Case {
        let ranges = match case {
            case if case.contains("range=100]") => 3_000.0,
            case if case.contains("range=1000]") => 300.0,
            _ => 30.0,
        };
        let figures = [
            ("lines", 300_000.0),
            ("seconds", 1.0),
            ("done.ranges", ranges),
            ("cpu_s", 1.0 + ranges * 1e-4),
            ("busy_share.read", 0.05),
            ("busy_share.merge", 0.05),
            ("ns", 1_000.0),
        ];
        let metric = |(name, value): (&str, f64)| {
            let unit = String::new();
            let samples = vec![value];
            (name.to_owned(), Metric { unit, samples })
        };
        let mut case = testing::case(1.0);
        case.metrics = figures.map(metric).into();
        case
    }

    #[test]
    fn the_costs_are_worked_out_from_what_is_needed_and_from_nothing_else() {
        let needed = needed();
        let cases = needed.iter().map(|case| (case.clone(), measured(case)));
        let all = testing::suite_of("network", "m", cases.collect());
        Costs::of(&all).expect("all is there");
        for case in &needed {
            let mut others = all.clone();
            others.cases.remove(case);
            assert!(Costs::of(&others).is_err(), "{case}");
        }
    }
}
