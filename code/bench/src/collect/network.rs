//! Measuring the network: one hop by criterion; then, in rounds of their own, whole programs in several processes,
//! and their bytes on the wire.

use std::path::Path;

use anyhow::{Result, bail};

use super::benches::{self, Figure, SECONDS_OF_MANY};
use super::filing;
use super::needs;
use super::order::{Order, Progress};
use super::programs::build_programs;
use super::reports::Reports;
use super::rounds;
use super::samples::Samples;
use crate::process::Run;
use crate::suites::{Beside, How, Process, network};
use crate::{kill, process, wire};

/// A case that is wanted.
struct Wanted {
    id: String,
    case: Process,
    how: How,
}

/// One turn of a round.
struct Turn<'a> {
    wanted: &'a Wanted,
    binaries: &'a Path,
}

impl rounds::Turn for Turn<'_> {
    fn id(&self) -> &str {
        &self.wanted.id
    }

    fn beside(&self) -> Beside {
        match self.wanted.how {
            How::Counted(_) => Beside::Always,
            How::Killed | How::Rerun => Beside::Never,
            How::Timed | How::Refused | How::Changing => self.wanted.case.beside,
        }
    }

    fn play(&self) -> Result<Run> {
        let (binaries, case) = (self.binaries, &self.wanted.case);
        match self.wanted.how {
            How::Timed | How::Refused | How::Changing => process::run(binaries, case),
            How::Counted(wire) => wire::run(binaries, case, wire),
            How::Killed => kill::run(binaries, case),
            How::Rerun => kill::rerun(binaries, case),
        }
    }
}

/// Measures what the order is about.
///
/// # Errors
///
/// If something does not build or run, or comes to another report than the others on its log.
pub(super) fn measure(
    root: &Path,
    order: &Order,
    into: &Path,
    samples: &mut Samples,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let mut wanted = wanted(order);
    let wants_hops = wants_hops(order, &wanted);
    wanted.retain(|wanted| is_there(root, wanted.case.program));
    let missing = needs::missing();
    leave_out(&mut wanted, wants_hops, &missing)?;
    let cases = missing.iter().map(|(cases, _)| (*cases).to_owned());
    samples.left_out.extend(cases);
    if wants_hops {
        let figure = Figure::Time;
        benches::measure(root, order, figure, None, SECONDS_OF_MANY, samples, say)?;
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let mut names: Vec<&str> = wanted.iter().map(|wanted| wanted.case.program).collect();
    names.push("weather");
    let binaries = build_programs(root, &names, say)?;
    let turn = |wanted| Turn {
        wanted,
        binaries: &binaries,
    };
    let turns: Vec<Turn> = wanted.iter().map(turn).collect();
    let mut reports = Reports::default();
    let take = |turn: &Turn, run: Run| {
        let Wanted { id, case, how } = turn.wanted;
        if !matches!(how, How::Refused | How::Changing) {
            reports.hold(id, case, &run)?;
        }
        for (metric, (unit, value)) in run.metrics {
            // What goes through the counting proxy is counted, and its time is nobody's.
            if !matches!(how, How::Counted(_)) || metric.starts_with("wire_") {
                samples.add(id, &metric, unit, [value]);
            }
        }
        Ok(())
    };
    let before = filing::still_true(root, into, order.suite);
    rounds::play(&turns, order.effort, before.as_ref(), take, say)
}

/// Whether the tree has a program: an earlier one may be without the last step, and is measured without it.
fn is_there(root: &Path, program: &str) -> bool {
    let parts = ["code/evolution", "code/network"];
    let manifests = parts.map(|part| root.join(part).join(program).join("Cargo.toml"));
    manifests.iter().any(|manifest| manifest.is_file())
}

/// Leaves out what lacks a server of others here, and says so loudly.
///
/// # Errors
///
/// If nothing else is wanted: what is missing.
fn leave_out(wanted: &mut Vec<Wanted>, wants_hops: bool, missing: &[(&str, &str)]) -> Result<()> {
    let lacks = |id: &str| missing.iter().find(|(cases, _)| id.starts_with(cases));
    let without = wanted.iter().find_map(|wanted| lacks(&wanted.id));
    wanted.retain(|wanted| lacks(&wanted.id).is_none());
    match without {
        Some((cases, needed)) if wanted.is_empty() && !wants_hops => {
            bail!("{cases} cannot run here: {needed} is not on this machine")
        }
        Some((cases, needed)) => {
            eprintln!("*** SKIPPED {cases}: {needed} is not on this machine");
            Ok(())
        }
        None => Ok(()),
    }
}

/// All whole programs that the order is about.
fn wanted(order: &Order) -> Vec<Wanted> {
    let all = network::cases().into_iter().map(|(case, how)| Wanted {
        id: format!("{}/{}{}", order.suite, case.program, case.parameters),
        case,
        how,
    });
    all.filter(|wanted| order.has(&wanted.id)).collect()
}

/// Whether the order is about hops, too: if all that it names are programs, the bench need not even be built.
fn wants_hops(order: &Order, wanted: &[Wanted]) -> bool {
    order.parts().is_none_or(|mut parts| {
        let is_program = |part: &str| wanted.iter().any(|wanted| wanted.id.contains(part));
        !parts.all(is_program)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::order::Effort;

    fn order(only: Option<&str>) -> Order<'_> {
        Order {
            suite: "network",
            only,
            effort: Effort::Quick,
        }
    }

    #[test]
    fn what_lacks_a_server_is_left_out_and_told_if_nothing_else_is_wanted() {
        let missing = [("network/n05-servers", "nats-server")];
        let of = |only| {
            let order = order(Some(only));
            let mut wanted = wanted(&order);
            let wants_hops = wants_hops(&order, &wanted);
            let left = leave_out(&mut wanted, wants_hops, &missing);
            let said = left.map_err(|error| error.to_string());
            (wants_hops, wanted.len(), said)
        };
        let said = "network/n05-servers cannot run here: nats-server is not on this machine";
        assert_eq!(of("n05"), (false, 0, Err(said.to_owned())));
        let (wants_hops, programs, said) = of("n05,n03");
        assert!(!wants_hops && programs > 0, "{programs}");
        assert_eq!(said, Ok(()));
        assert_eq!(of("n05,hop"), (true, 0, Ok(())));
    }

    #[test]
    fn the_bench_is_built_only_for_its_cases() {
        for (only, hops, programs) in [
            (None, true, true),
            (Some("hop"), true, false),
            (Some("n01"), false, true),
            (Some("n00-tasks,hop/tarpc"), true, true),
            (
                Some("n01-remote-channels[lines=300000,processes=1]"),
                false,
                true,
            ),
            (Some("hop/tokio[batch=64,size=4096]"), true, false),
        ] {
            let order = order(only);
            let wanted = wanted(&order);
            assert_eq!(wants_hops(&order, &wanted), hops, "{only:?}");
            assert_eq!(!wanted.is_empty(), programs, "{only:?}");
        }
    }
}
