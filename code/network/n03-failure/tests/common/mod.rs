//! Runs with the work in other places: the program itself is what they are started from.

#![allow(dead_code, reason = "each test file uses some of it")]

pub mod ends;
pub mod feed;
pub mod joined;
pub mod managed;
pub mod program;
pub mod worker;

use traffic::{Directory, Error, Input, Meter, Plan, Report};

/// The program, as a worker's.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_n03-failure");

/// A worker in a process of its own.
pub fn process() -> (&'static str, String) {
    ("place", format!("lookup={PROGRAM}"))
}

/// A worker in this process.
pub fn here() -> (&'static str, String) {
    ("place", "lookup=here".into())
}

/// Ranges so small that a log of a test has many.
pub fn small() -> (&'static str, String) {
    ("range", "50".into())
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
    n03_failure::run(input, directory, &plan, meter)
}
