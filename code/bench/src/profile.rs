//! Profiles: where the processors are while a program runs, as folded stacks for a flame graph.
//!
//! The profiler is Linux's `perf`; where it is missing, or may not look, that is said. What it samples is
//! folded as Brendan Gregg's stackcollapse does: `thread;caller;callee count`. Left out are the making of
//! the log, which is no part of what a program is measured for, and what every stack begins with.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, ensure};

use crate::suites::Process;

/// Samples a second: no divisor of the usual timers' rates, so as not to march in step with them.
const SAMPLES_PER_SECOND: &str = "997";

/// How stacks are found: by the debugger's tables, from a copy of so many bytes of each.
const STACKS: &str = "dwarf,16384";

/// A stack with one of these is the making of the log.
const PREPARATION: [&str; 3] = [
    "traffic::generator::",
    "traffic::input::Input::generate",
    "traffic::input::Input::open",
];

/// What all threads begin with, and says nothing: a stack is shown from behind the last of them.
const BEGINNINGS: [&str; 12] = [
    "_start",
    "__libc_start_main",
    "__libc_start_call_main",
    "main",
    "clone3",
    "__clone3",
    "start_thread",
    "thread_start",
    "std::rt::",
    "std::sys::",
    "core::ops::function::",
    "std::thread::",
];

/// The command that takes the samples, as people would type it in the project's root.
pub(crate) fn command(case: &Process) -> String {
    format!(
        "perf record -F {SAMPLES_PER_SECOND} --call-graph {STACKS} target/release/{} {}",
        case.program,
        case.arguments.join(" ")
    )
}

/// Runs a program once under the profiler, and folds its samples.
///
/// # Errors
///
/// If there is no profiler, it may not look, or the program fails.
pub(crate) fn fold(binaries: &Path, case: &Process) -> Result<String> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let samples = folder.path().join("perf.data");
    let recorded = perf()
        .args(["record", "--quiet", "-F", SAMPLES_PER_SECOND])
        .args(["--call-graph", STACKS, "-o"])
        .arg(&samples)
        .arg(binaries.join(case.program))
        .args(&case.arguments)
        .output();
    succeeded(recorded)?;
    let script = perf()
        .args(["script", "--no-inline", "-F", "comm,ip,sym", "-i"])
        .arg(&samples)
        .output();
    let script = succeeded(script)?;
    Ok(folded(&String::from_utf8_lossy(&script.stdout)))
}

fn perf() -> Command {
    let mut perf = Command::new("perf");
    perf.stdin(Stdio::null());
    perf
}

fn succeeded(output: std::io::Result<Output>) -> Result<Output> {
    let output = output.context("a profile needs Linux's perf, which cannot be run here")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "perf failed: {}", said.trim());
    Ok(output)
}

/// Folds what `perf script` prints: for each sample the thread's name, its frames from the innermost
/// outwards, and an empty line.
fn folded(script: &str) -> String {
    let mut stacks: BTreeMap<String, usize> = BTreeMap::new();
    for sample in script.split("\n\n") {
        let mut lines = sample.lines().filter(|line| !line.trim().is_empty());
        let Some(thread) = lines.next() else {
            continue;
        };
        let mut frames: Vec<String> = lines.map(function).collect();
        frames.reverse();
        let prepares = |frame: &String| PREPARATION.iter().any(|part| frame.contains(part));
        if frames.iter().any(prepares) {
            continue;
        }
        let begins = |frame: &String| BEGINNINGS.iter().any(|name| begins_with(frame, name));
        let behind = frames.iter().take_while(|frame| begins(frame)).count();
        // A stack that ends where all begin is shown as far as it is known.
        let shown = frames.get(behind..).unwrap_or_default();
        let stack = [thread.trim()]
            .into_iter()
            .chain(shown.iter().map(String::as_str));
        *stacks
            .entry(stack.collect::<Vec<_>>().join(";"))
            .or_default() += 1;
    }
    let lines = stacks
        .iter()
        .map(|(stack, count)| format!("{stack} {count}\n"));
    lines.collect()
}

/// A path's beginning, or a whole name; a function may be a closure of a type, in angle brackets.
fn begins_with(frame: &str, name: &str) -> bool {
    match name.strip_suffix("::") {
        Some(_) => frame.trim_start_matches('<').starts_with(name),
        None => frame.split('@').next() == Some(name),
    }
}

/// The function of one frame: `ffffffff81234567 name::h0123456789abcdef` without address and hash.
fn function(frame: &str) -> String {
    let frame = frame.trim();
    let name = frame.split_once(' ').map_or(frame, |(_, name)| name).trim();
    let name = match name.rsplit_once("::h") {
        Some((name, hash)) if hash.len() == 16 => name,
        _ => name,
    };
    // What separates frames in the file cannot be in a name; array types have it.
    name.replace(';', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_folded() {
        let script = "\
s09-batch
            aaaa memcpy
            bbbb s09_batch::read::h0123456789abcdef
            cccc std::sys::backtrace::__rust_begin_short_backtrace::h0123456789abcdef
            dddd start_thread

s09-batch
            aaaa memcpy
            bbbb s09_batch::read::h0123456789abcdef
            dddd start_thread

s09-batch
            aaaa traffic::generator::write_log::h0123456789abcdef
            dddd main

directory
            ffff <[u8; 4] as Trait>::get
";
        assert_eq!(
            folded(script),
            "directory;<[u8, 4] as Trait>::get 1\ns09-batch;s09_batch::read;memcpy 2\n"
        );
    }
}
