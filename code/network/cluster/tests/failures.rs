//! The cluster itself: it is built and run, a worker is lost in each way, each server and the run are killed, and every report
//! is exact.
//!
//! It takes an engine of Docker that answers, and where there is none the test says so and is skipped, in CI as well. An
//! engine cannot be had everywhere: it needs root, and a kernel that lets it make namespaces, bridges and groups of processes.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Output};

/// The exit code of `failures` where it cannot run.
const NO_ENGINE: i32 = 3;

fn told(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

fn run(script: &str, arguments: &[&str]) -> Output {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
    let output = Command::new(path).args(arguments).output();
    output.expect("bash is there")
}

#[test]
fn each_part_is_lost_and_the_report_is_exact() {
    // No way to lose one: is there an engine at all?
    let engine = run("failures", &["--check"]);
    if engine.status.code() == Some(NO_ENGINE) {
        let why = told(&engine);
        let message = format!(
            "\n*** SKIPPED each_part_is_lost_and_the_report_is_exact: {}.\n\n",
            why.trim()
        );
        let _ = io::stderr().write_all(message.as_bytes());
        return;
    }
    let prepared = run("prepare", &["--debug"]);
    assert!(prepared.status.success(), "{}", told(&prepared));
    let lost = run("failures", &[]);
    assert!(lost.status.success(), "{}", told(&lost));
    let ways = ["the report is exact", "left out: "];
    let ways = ways.map(|says| told(&lost).matches(says).count());
    assert_eq!(ways.iter().sum::<usize>(), 8, "{}", told(&lost));
}
