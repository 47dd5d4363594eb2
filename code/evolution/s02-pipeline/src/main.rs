//! The command line of this step.

use std::process::ExitCode;

use traffic::Parameter::Capacity;

fn main() -> ExitCode {
    traffic::harness::Step::new(env!("CARGO_PKG_NAME"), s02_pipeline::run)
        .lines(10_000)
        .uses(&[Capacity])
        .main()
}
