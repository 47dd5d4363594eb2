//! The command line of this step.

use std::process::ExitCode;

fn main() -> ExitCode {
    traffic::harness::Step::new(env!("CARGO_PKG_NAME"), n00_tasks::run)
        .lines(1_000_000)
        .workers(1024)
        .uses(&["workers", "capacity", "batch", "linger"])
        .main()
}
