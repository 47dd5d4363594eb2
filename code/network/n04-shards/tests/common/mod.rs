//! Runs with servers in other places: the program itself is what they are started from.

#![allow(dead_code, reason = "each test file uses some of it")]

pub mod program;

use traffic::{Directory, Error, Input, Meter, Plan, Report};

/// The program, as a server's.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_n04-shards");

/// A flag of the step's own.
pub type Own = (&'static str, String);

/// So many servers in processes of their own.
pub fn processes(servers: usize) -> Vec<Own> {
    vec![("place", format!("server={PROGRAM}")); servers]
}

/// So many servers in this process.
pub fn here(servers: usize) -> Vec<Own> {
    vec![("place", "server=here".to_owned()); servers]
}

/// So many servers of each shard.
pub fn replicas(replicas: usize) -> Own {
    ("replicas", replicas.to_string())
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
    n04_shards::run(input, directory, &plan, meter)
}
