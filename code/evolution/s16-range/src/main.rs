//! The command line of this step.

use std::process::ExitCode;

fn main() -> ExitCode {
    traffic::harness::Step::new(env!("CARGO_PKG_NAME"), s16_range::run)
        .lines(1_000_000)
        .main()
}
