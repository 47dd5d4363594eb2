//! How we know that a step is right: the inputs on which every step must equal the [oracle](crate::oracle).
//!
//! A step's `tests/oracle.rs` is one line: `traffic::equals_oracle!(s01_cache::run);`. Each check has
//! a time limit, so that a step that hangs fails and is named.

mod logs;
pub mod planted;
pub mod process;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::directory::{Config, Directory, Fault, Policy, Server, Table};
use crate::generator::{Workload, write_log};
use crate::harness::Run;
use crate::oracle::{Neighbours, Oracle, hostile_logs, real_lines};
use crate::{Error, Input, Meter, Plan, Report, Row};

pub use logs::{any_log, mutated};

/// A step that has not answered by then hangs. Far longer than any check takes on a busy machine.
const TIME_LIMIT: Duration = Duration::from_secs(120);

/// The numbers of workers with which every step is checked.
const WORKERS: [usize; 4] = [1, 2, 7, 64];

/// Those of one case: all where everything is tested (`CI` is set), and else one. Cases and steps take turns, so that
/// each number meets each kind of case in some step.
fn workers(step: &str, case: usize) -> Vec<usize> {
    if std::env::var_os("CI").is_some() {
        return WORKERS.to_vec();
    }
    let turn = case + step.bytes().map(usize::from).sum::<usize>();
    vec![WORKERS[turn % WORKERS.len()]]
}

/// Everything that we know a directory to do wrong.
const FAULTS: [Fault; 5] = [
    Fault::Slow,
    Fault::Refuse,
    Fault::Hang,
    Fault::Garbage,
    Fault::Die {
        after: 200,
        returns_after: None,
    },
];

/// Makes the tests that prove a step equal to the oracle. A step that needs what a machine may lack says whether it is there: a
/// function that takes a test's name, and tells of the test that it is skipped.
#[macro_export]
macro_rules! equals_oracle {
    ($run:path) => {
        $crate::equals_oracle!($run, if $crate::testing::always);
    };
    ($run:path, if $is_there:path) => {
        #[test]
        fn hostile_logs() {
            if $is_there("hostile_logs") {
                $crate::testing::check_hostile(stringify!($run), $run);
            }
        }
        #[test]
        fn real_lines() {
            if $is_there("real_lines") {
                $crate::testing::check_real(stringify!($run), $run);
            }
        }
        #[test]
        fn neighbours() {
            if $is_there("neighbours") {
                $crate::testing::check_neighbours(stringify!($run), $run);
            }
        }
        #[test]
        fn generated_workloads() {
            if $is_there("generated_workloads") {
                $crate::testing::check_workloads(stringify!($run), $run);
            }
        }
        #[test]
        fn random_logs() {
            if $is_there("random_logs") {
                $crate::testing::check_random(stringify!($run), $run);
            }
        }
        #[test]
        fn faulty_directories() {
            if $is_there("faulty_directories") {
                $crate::testing::check_faults(stringify!($run), $run);
            }
        }
        #[test]
        fn an_input_that_is_stopped() {
            if $is_there("an_input_that_is_stopped") {
                $crate::testing::check_stopped(stringify!($run), $run);
            }
        }
    };
}

/// That a test can run, where nothing is needed for it.
pub fn always(_test: &str) -> bool {
    true
}

/// A directory that answers at once, for checks that are about the lines.
fn instant_server() -> Server {
    server(Table::iana(), Duration::ZERO, None)
}

fn server(table: Table, delay: Duration, fault: Option<Fault>) -> Server {
    Server::start(Config {
        delay,
        table: Arc::new(table),
        fault,
        ..Config::default()
    })
    .expect("a server on loopback")
}

fn parsed(table: &str) -> Table {
    Table::parse("neighbours", table.as_bytes()).expect("a table")
}

/// Short times, so that a dead directory costs a test milliseconds. A slow one answers, and each of its answers
/// must count, however busy the machine is that tests: it gets the time that it has by default.
fn patience(fault: Fault) -> Policy {
    if matches!(fault, Fault::Slow) {
        return Policy::default();
    }
    Policy {
        timeout: Duration::from_millis(200),
        backoff: Duration::from_millis(1),
        ..Policy::default()
    }
}

/// A step's `run`, or a way to call it that brings flags of the step's own along.
pub trait AnyRun:
    Fn(&Input, &Directory, &Plan, &Meter) -> Result<Report, Error> + Clone + Send + 'static
{
}

impl<R> AnyRun for R where
    R: Fn(&Input, &Directory, &Plan, &Meter) -> Result<Report, Error> + Clone + Send + 'static
{
}

/// Runs a step under the time limit; a panic inside it is passed on.
fn run_in_time(
    step: &'static str,
    run: impl AnyRun,
    what: &str,
    logs: &[&[u8]],
    directory: &Directory,
    workers: usize,
) -> Report {
    let input = Input::from_bytes(logs).expect("a temporary file");
    let plan = Plan {
        workers,
        ..Plan::default()
    };
    in_time(step, what, directory.clone(), move |directory| {
        run(&input, &directory, &plan, &Meter::new()).expect("the log is readable")
    })
}

/// Does some work under the time limit; a panic inside it is passed on.
///
/// # Panics
///
/// If the work hangs.
pub fn in_time<T: Send + 'static>(
    step: &'static str,
    what: &str,
    directory: Directory,
    work: impl FnOnce(Directory) -> T + Send + 'static,
) -> T {
    let (answer, answered) = channel();
    let worker = std::thread::spawn(move || {
        // The receiver may have given up.
        let _ = answer.send(work(directory));
    });
    match answered.recv_timeout(TIME_LIMIT) {
        Ok(value) => value,
        Err(RecvTimeoutError::Timeout) => panic!("{step} hangs on {what}"),
        Err(RecvTimeoutError::Disconnected) => match worker.join() {
            Err(panic) => std::panic::resume_unwind(panic),
            Ok(()) => unreachable!("the worker answers or panics"),
        },
    }
}

/// Fixed logs that were made to break things.
pub fn check_hostile(step: &'static str, run: Run) {
    let server = instant_server();
    for (case, (what, logs)) in hostile_logs().into_iter().enumerate() {
        let logs: Vec<&[u8]> = logs.iter().map(Vec::as_slice).collect();
        for workers in workers(step, case) {
            let directory = Directory::at(server.address()).expect("an address");
            let report = run_in_time(step, run, what, &logs, &directory, workers);
            Oracle::of(&logs).assert_equal(&report, step, what);
        }
    }
}

/// Lines of real logs, each as a log of its own, so that the one that goes wrong is named, and all together.
pub fn check_real(step: &'static str, run: Run) {
    let server = instant_server();
    let real = real_lines();
    let all = real
        .iter()
        .map(|real| real.line.as_slice())
        .collect::<Vec<_>>()
        .join(&b'\n');
    let each = real.iter().map(|real| (real.what, &real.line));
    for (what, log) in each.chain([("all real lines", &all)]) {
        let directory = Directory::at(server.address()).expect("an address");
        let report = run_in_time(step, run, what, &[log], &directory, 2);
        Oracle::of(&[log]).assert_equal(&report, step, what);
    }
}

/// A table and a log in which neighbours differ: whatever a step mixes up shows.
pub fn check_neighbours(step: &'static str, run: Run) {
    let Neighbours { table, log } = Neighbours::new();
    let oracle = Oracle::with_table(&[&log], &table);
    let server = server(parsed(&table), Duration::ZERO, None);
    for workers in WORKERS {
        let directory = Directory::at(server.address()).expect("an address");
        let report = run_in_time(step, run, "neighbours", &[&log], &directory, workers);
        oracle.assert_equal(&report, step, "neighbours");
    }
}

/// Every workload of the generator.
pub fn check_workloads(step: &'static str, run: Run) {
    let server = instant_server();
    for (case, workload) in Workload::ALL.into_iter().enumerate() {
        for workers in workers(step, case) {
            check_workload(step, run, &server, workload, 3_000, workers);
        }
    }
}

fn check_workload(
    step: &'static str,
    run: impl AnyRun,
    server: &Server,
    workload: Workload,
    lines: u64,
    workers: usize,
) {
    let mut log = Vec::new();
    write_log(workload, 7, lines, &mut log, &mut |_| true).expect("memory takes all");
    let directory = Directory::at(server.address()).expect("an address");
    let report = run_in_time(step, run, workload.name(), &[&log], &directory, workers);
    Oracle::of(&[&log]).assert_equal(&report, step, workload.name());
}

/// Every workload and every fault once, for a step that is to be checked in many places: the numbers of
/// workers take turns.
pub fn check_each_once(step: &'static str, run: impl AnyRun) {
    let server = instant_server();
    let mut workers = WORKERS.into_iter().cycle();
    let mut workers = || workers.next().expect("there is always another");
    for workload in Workload::ALL {
        check_workload(step, run.clone(), &server, workload, 1_500, workers());
    }
    for fault in FAULTS {
        check_fault(step, run.clone(), fault, workers());
    }
}

/// Logs that proptest makes up, and shrinks when one fails.
pub fn check_random(step: &'static str, run: Run) {
    let Neighbours { table, .. } = Neighbours::new();
    let server = server(parsed(&table), Duration::ZERO, None);
    let config = proptest::test_runner::Config {
        cases: 64,
        failure_persistence: None,
        ..Default::default()
    };
    proptest::test_runner::TestRunner::new(config)
        .run(&(any_log(), 1..9_usize), |(logs, workers)| {
            let logs: Vec<&[u8]> = logs.iter().map(Vec::as_slice).collect();
            let directory = Directory::at(server.address()).expect("an address");
            let report = run_in_time(step, run, "a random log", &logs, &directory, workers);
            Oracle::with_table(&logs, &table).assert_equal(&report, step, "a random log");
            Ok(())
        })
        .unwrap_or_else(|err| panic!("{err}"));
}

/// A directory that fails in every way we know: nothing may be lost, and no answer may be wrong.
pub fn check_faults(step: &'static str, run: Run) {
    for (case, fault) in FAULTS.into_iter().enumerate() {
        for workers in workers(step, case) {
            check_fault(step, run, fault, workers);
        }
    }
}

fn check_fault(step: &'static str, run: impl AnyRun, fault: Fault, workers: usize) {
    let mut log = Vec::new();
    write_log(Workload::Messy, 3, 1_200, &mut log, &mut |_| true).expect("memory takes all");
    let server = server(Table::iana(), Duration::ZERO, Some(fault));
    let directory = Directory::with_policy(server.address(), patience(fault)).expect("an address");
    let what = format!("a directory with the fault {fault} and {workers} workers");
    let report = run_in_time(step, run, &what, &[&log], &directory, workers);
    Oracle::of(&[&log]).assert_equal_but_unresolved(&report, step, &what);
    if matches!(fault, Fault::Refuse | Fault::Hang) {
        // What could be no address or host name is never asked for, and known to be unknown.
        let answered = |row: &Row| !["unresolved", "unknown"].contains(&row.holder.as_str());
        let invented = report.rows().into_iter().find(answered);
        assert_eq!(invented, None, "{step}: an answer out of nowhere on {what}");
    }
    if matches!(fault, Fault::Slow) {
        assert_eq!(report.unresolved(), 0, "{step} lost answers on {what}");
    }
}

/// An input that ends early drains: what was read is counted, once.
pub fn check_stopped(step: &'static str, run: Run) {
    let mut log = Vec::new();
    write_log(Workload::Steady, 5, 3_000, &mut log, &mut |_| true).expect("memory takes all");
    let server = server(Table::iana(), Duration::from_micros(200), None);
    let directory = Directory::at(server.address()).expect("an address");
    let input = Arc::new(Input::from_bytes(&[&log]).expect("a temporary file"));
    let stopper = Arc::clone(&input);
    std::thread::spawn(move || {
        while stopper.progress().0 < 50 {
            std::thread::yield_now();
        }
        stopper.stop();
    });
    let (report, read) = in_time(
        step,
        "an input that is stopped",
        directory,
        move |directory| {
            let report =
                run(&input, &directory, &Plan::default(), &Meter::new()).expect("readable");
            let (read, _) = input.progress();
            (report, read)
        },
    );
    assert_eq!(report.lines(), read, "{step} lost lines that it had read");
    // Which lines those are is up to the step: the first, or the first of each worker's part.
    Oracle::of(&[&log]).assert_part(&report, step, "an input that is stopped");
}
