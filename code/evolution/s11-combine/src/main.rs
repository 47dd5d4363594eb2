//! The command line of this step.

use std::process::ExitCode;

use traffic::Parameter::{Batch, Capacity, Linger, Shards, Workers};

fn main() -> ExitCode {
    traffic::harness::Step::new(env!("CARGO_PKG_NAME"), s11_combine::run)
        .lines(1_000_000)
        .worker_per_core()
        .uses(&[Workers, Capacity, Batch, Linger, Shards])
        .main()
}
