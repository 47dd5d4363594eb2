//! What the tests of this step share: servers, the programs that use them, and the flags of those.

#![allow(dead_code, reason = "each test file uses some of it")]

pub mod feed;
pub mod program;
pub mod run;
pub mod servers;

/// The program, as a worker's.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_n05-servers");

/// A flag of the step's own, with its value.
pub type Own = (&'static str, String);

/// A worker in a process of its own.
pub fn process() -> Own {
    ("place", format!("lookup={PROGRAM}"))
}

/// A worker in this process.
pub fn here() -> Own {
    ("place", "lookup=here".into())
}

/// Ranges so small that a log of a test has many.
pub fn small() -> Own {
    ("range", "50".into())
}
