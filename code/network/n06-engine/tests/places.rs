//! Every workload and every fault of the directory, in two processes and in three, with and without a combiner.

mod common;

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use common::program::Program;
use common::{Own, epoch, processes, run_with};
use traffic::directory::{Config, Server};
use traffic::generator::{Workload, write_log};
use traffic::testing::check_each_once;
use traffic::{Directory, Input, Meter, Plan};

fn check(what: &'static str, own: Vec<Own>) {
    check_each_once(what, move |input, directory, plan, meter| {
        let plan = Plan {
            workers: plan.workers.min(7),
            ..plan.clone()
        };
        run_with(own.clone(), input, directory, &plan, meter)
    });
}

#[test]
fn two_processes() {
    check("two processes", processes(2));
}

#[test]
fn three_processes_in_small_epochs() {
    check("three processes", [processes(3), vec![epoch(3)]].concat());
}

#[test]
fn two_processes_that_send_each_hit_to_its_holders_worker() {
    let own = vec![
        ("combine", "off".into()),
        ("key", "holder".into()),
        epoch(7),
    ];
    check("two processes, each hit", [processes(2), own].concat());
}

/// What a stage of the meter has counted.
fn counted(meter: &Meter, stage: &str) -> u64 {
    let readings = meter.read();
    let reading = readings.iter().find(|reading| reading.name == stage);
    reading.unwrap_or_else(|| panic!("no stage {stage}")).done
}

/// What a run of 3,000 lines of a workload has counted.
fn meter_of(workload: Workload, own: &[Own]) -> Meter {
    let mut log = Vec::new();
    write_log(workload, 7, 3_000, &mut log, &mut |_| true).expect("memory takes all");
    let input = Input::from_bytes(&[&log]).expect("a temporary file");
    let server = Server::start(Config::default()).expect("a server on loopback");
    let directory = Directory::at(server.address()).expect("an address");
    let plan = Plan {
        workers: 2,
        ..Plan::default()
    };
    let meter = Meter::new();
    let own = [processes(2), own.to_vec()].concat();
    run_with(own, &input, &directory, &plan, &meter).expect("a report");
    meter
}

#[test]
fn a_combiner_sends_a_part_for_each_row_and_not_for_each_hit() {
    let each = meter_of(Workload::Steady, &[("combine", "off".into())]);
    let combined = meter_of(Workload::Steady, &[]);
    assert_eq!(counted(&each, "exchange"), 3_000);
    let parts = counted(&combined, "exchange");
    assert!(parts < 2_500, "{parts}");
    assert!(counted(&combined, "wire") < counted(&each, "wire"));
    for meter in [&each, &combined] {
        assert_eq!(counted(meter, "work"), 3_000);
        let counting = counted(meter, "count-1") + counted(meter, "count-2");
        assert_eq!(counting, counted(meter, "exchange"));
    }
}

#[test]
fn a_holder_with_most_hits_makes_one_worker_count_most_unless_they_are_combined() {
    let share = |own: &[Own]| {
        let meter = meter_of(Workload::Skew, own);
        let [one, other] = ["count-1", "count-2"].map(|stage| counted(&meter, stage));
        (one.max(other), one + other)
    };
    let by_holder = ("key", "holder".to_owned());
    let (most, all) = share(&[by_holder.clone(), ("combine", "off".into())]);
    assert!(3 * most > 2 * all, "{most} of {all}");
    let (combined, _) = share(&[by_holder]);
    assert!(combined < most, "{combined}, and {most} without a combiner");
}

#[test]
fn each_epoch_is_final_once() {
    // A small log has 64 chunks, or somewhat less.
    let meter = meter_of(Workload::Steady, &[epoch(4)]);
    assert!((14..=16).contains(&counted(&meter, "final")));
}

#[test]
fn what_other_processes_read_is_credited_here() {
    static LINES: AtomicU64 = AtomicU64::new(0);
    check_each_once("credit", |input, directory, plan, meter| {
        let plan = Plan {
            workers: 2,
            ..plan.clone()
        };
        let report = run_with(processes(2), input, directory, &plan, meter)?;
        assert_eq!(input.progress().0, report.lines());
        LINES.fetch_add(report.lines(), Relaxed);
        Ok(report)
    });
    assert!(LINES.load(Relaxed) > 0);
}

#[test]
fn a_program_that_is_none_is_refused() {
    let run = |path: &str| Program::run(&["--lines", "1k", "--processes", "2", "--program", path]);
    run("/no/such/program").assert_refused(2, "cannot start a process");
    // It ends at once, without a greeting.
    run("/usr/bin/true").assert_refused(2, "cannot be used: it ended early");
}
