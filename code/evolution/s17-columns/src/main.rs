//! The command line of this step.

use std::process::ExitCode;

use traffic::Parameter::{Refresh, Workers};

fn main() -> ExitCode {
    traffic::harness::Step::new(env!("CARGO_PKG_NAME"), s17_columns::run)
        .lines(5_000_000)
        .maps()
        .worker_per_core()
        .uses(&[Workers, Refresh])
        .main()
}
