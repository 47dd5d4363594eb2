//! The command line of this step.

use std::process::ExitCode;

use traffic::Parameter::{Capacity, Workers};

fn main() -> ExitCode {
    traffic::harness::Step::new(env!("CARGO_PKG_NAME"), s03_replicas::run)
        .lines(10_000)
        .uses(&[Workers, Capacity])
        .main()
}
