//! The command line of this step.

use std::process::ExitCode;

use traffic::Parameter::{Batch, Capacity, Linger, Workers};

fn main() -> ExitCode {
    traffic::harness::Step::new(env!("CARGO_PKG_NAME"), n00_tasks::run)
        .lines(1_000_000)
        .workers(1024)
        .uses(&[Workers, Capacity, Batch, Linger])
        .main()
}
