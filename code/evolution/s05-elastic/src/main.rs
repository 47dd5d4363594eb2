//! The command line of this step.

use std::process::ExitCode;

use traffic::Parameter::{Capacity, Workers};

fn main() -> ExitCode {
    traffic::harness::Step::new(env!("CARGO_PKG_NAME"), s05_elastic::run)
        .lines(100_000)
        .workers(64)
        .uses(&[Workers, Capacity])
        .main()
}
