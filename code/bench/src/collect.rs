//! The collector: runs the suites, interleaved, and files what they measured.
//!
//! Cases are not measured one after the other but in rounds, each case once a round, so that a noisy
//! minute falls on all of them alike. The benches are built once and invoked for each round and case. What is
//! measured in two languages has its turns next to each other: behind the last case of a program in Rust come those
//! of its twin in Go, in each round.

mod benches;
mod earlier;
mod far;
mod filing;
mod go;
mod needs;
mod network;
mod order;
mod processes;
mod programs;
mod published;
mod reports;
mod rounds;
mod samples;
mod waiting;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};

use self::benches::{Figure, SECONDS, SECONDS_OF_MANY};
pub use self::filing::About;
pub(crate) use self::filing::file;
pub use self::order::{Effort, Order, Progress};
pub(crate) use self::programs::build_programs;
pub(crate) use self::samples::Samples;

use crate::suites::{Kind, SUITES};
use crate::{derive, peers};

/// The names of all suites.
pub fn suites() -> impl Iterator<Item = &'static str> {
    SUITES.iter().map(|suite| suite.name)
}

/// The names of the suites that run on any machine. What needs a tool that not every machine has is for
/// those who ask for it.
pub fn usual_suites() -> impl Iterator<Item = &'static str> {
    let usual = SUITES.iter().filter(|suite| !needs_a_tool(suite.kind));
    usual.map(|suite| suite.name)
}

fn needs_a_tool(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Profile(_) | Kind::Instructions(_) | Kind::Counted(_)
    )
}

/// Measures one suite, and files it in `into`.
///
/// # Errors
///
/// If there is no such suite or case, it does not build, or an answer it computes is wrong.
pub fn run(
    root: &Path,
    order: &Order,
    into: &Path,
    say: &mut dyn FnMut(&Progress),
) -> Result<PathBuf> {
    let name = order.suite;
    let Some(suite) = SUITES.iter().find(|suite| suite.name == name) else {
        bail!(
            "there is no suite {name}; there are {}",
            suites().collect::<Vec<_>>().join(", ")
        );
    };
    if let Kind::Profile(cases) = suite.kind {
        return processes::take_profiles(root, order, &cases(), into, say);
    }
    let file = filing::place(into, name);
    let earlier = earlier::cases(&file, order)?;
    let load_before = results::load_average();
    let mut samples = Samples::default();
    measure(suite.kind, root, order, into, &mut samples, say)?;
    let left_out = std::mem::take(&mut samples.left_out);
    let measured = samples.into_cases(root)?;
    // Which cases there are only a bench itself can tell, once it is built.
    ensure!(
        !measured.is_empty(),
        "no case of {name} has {} in its name",
        order.only.unwrap_or("anything")
    );
    let earlier = earlier::staying(root, earlier, order, &left_out);
    let mut cases = earlier::joined(earlier, measured, order);
    derive::all(&mut cases);
    let about = About {
        suite: name,
        workload: suite.workload,
        command: &order.command(),
    };
    let (_, file) = filing::file(root, into, &about, load_before, cases)?;
    Ok(file)
}

/// Measures what the order is about, in the way of a suite.
fn measure(
    kind: Kind,
    root: &Path,
    order: &Order,
    into: &Path,
    samples: &mut Samples,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    match kind {
        Kind::Criterion { metric, unit } => {
            let figure = Figure::Rate(metric, unit);
            benches::measure(root, order, figure, None, SECONDS, samples, say)?;
        }
        Kind::Times => {
            benches::measure(root, order, Figure::Time, None, SECONDS, samples, say)?;
        }
        Kind::Concepts => {
            let twins = go::Twins::new(root, order, say)?;
            if twins.is_none() {
                samples.left_out.push("go/".to_owned());
            }
            let (figure, twins) = (Figure::Time, twins.as_ref());
            benches::measure(root, order, figure, twins, SECONDS_OF_MANY, samples, say)?;
        }
        Kind::Published => published::count(root, order, samples, say)?,
        Kind::Network => network::measure(root, order, into, samples, say)?,
        Kind::Process(cases) => {
            processes::measure(root, order, &cases(), into, samples, say)?;
        }
        Kind::Instructions(programs) => {
            processes::count_instructions(root, order, programs, samples, say)?;
        }
        Kind::Counted(cases) => processes::count(root, order, cases, samples, say)?,
        Kind::Profile(_) => unreachable!("profiles have no samples of a metric"),
        Kind::Peers => peers::measure(root, order, samples, say)?,
        Kind::Far => far::measure(root, order, into, samples, say)?,
    }
    Ok(())
}
