//! Runs with the services in other places: the program itself is what they are started from.

#![allow(dead_code, reason = "each test file uses some of it")]

pub mod hops;
pub mod joined;
pub mod probe;
pub mod program;

use traffic::{Directory, Error, Input, Meter, Plan, Report};

/// The program, as a service's.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_n02-rpc");

/// A service in a process of its own.
pub fn process(service: &str) -> (&'static str, String) {
    ("place", format!("{service}={PROGRAM}"))
}

/// Runs with flags of the step's own.
///
/// # Errors
///
/// As the step.
pub fn run_with(
    own: Vec<(&'static str, String)>,
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    let plan = Plan {
        own,
        ..plan.clone()
    };
    n02_rpc::run(input, directory, &plan, meter)
}
