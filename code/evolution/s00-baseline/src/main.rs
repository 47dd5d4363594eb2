//! The command line of this step.

use std::process::ExitCode;

fn main() -> ExitCode {
    traffic::harness::Step::new(env!("CARGO_PKG_NAME"), s00_baseline::run)
        .lines(2_000)
        .main()
}
