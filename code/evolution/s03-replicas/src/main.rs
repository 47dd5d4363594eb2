//! The command line of this step.

use std::process::ExitCode;

fn main() -> ExitCode {
    traffic::harness::Step::new(env!("CARGO_PKG_NAME"), s03_replicas::run)
        .lines(10_000)
        .uses(&["workers", "capacity"])
        .main()
}
