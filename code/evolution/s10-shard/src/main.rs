//! The command line of this step.

use std::process::ExitCode;

fn main() -> ExitCode {
    traffic::harness::Step::new(env!("CARGO_PKG_NAME"), s10_shard::run)
        .lines(100_000)
        .workers(1024)
        .uses(&["workers", "capacity", "batch", "linger", "shards"])
        .main()
}
