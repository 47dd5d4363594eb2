//! Runs with several processes: the program itself is what they are started from.

#![allow(dead_code, reason = "each test file uses some of it")]

pub mod program;

use traffic::{Directory, Error, Input, Meter, Plan, Report};

/// The program, as a worker's.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_n06-engine");

/// A flag of the step's own.
pub type Own = (&'static str, String);

/// So many processes, this one included.
pub fn processes(number: usize) -> Vec<Own> {
    vec![
        ("processes", number.to_string()),
        ("program", PROGRAM.to_owned()),
    ]
}

/// Epochs of so many chunks.
pub fn epoch(chunks: usize) -> Own {
    ("epoch", chunks.to_string())
}

/// Runs with flags of the step's own.
///
/// # Errors
///
/// As the step.
pub fn run_with(
    own: Vec<Own>,
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    let plan = Plan {
        own,
        ..plan.clone()
    };
    n06_engine::run(input, directory, &plan, meter)
}
