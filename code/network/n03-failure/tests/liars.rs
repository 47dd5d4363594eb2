//! Workers that do not do what they should, among them the one that the whole step is about: declared dead, and
//! alive. The report is exact all the same; and it is seen not to be under the two repairs that are broken on
//! purpose.

mod common;

use std::future::Future;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use common::worker::{Hands, until_stage, worker};
use common::{here, run_with};
use n03_failure::start::Start;
use tokio::runtime::Runtime;
use tokio::time::sleep;
use traffic::directory::{Config, Server, Table};
use traffic::generator::{Workload, write_log};
use traffic::oracle::Oracle;
use traffic::testing::in_time;
use traffic::{Directory, Error, Input, Meter, Pace, Plan, Report};

/// Lines of a range: all of one size, or the broken repairs would be found out by it.
const RANGE: usize = 20;

/// Far more lines than there is time for: a test ends its input when it has seen enough.
const LINES: u64 = 40_000;

/// They are the same for all.
static LOG: OnceLock<Vec<u8>> = OnceLock::new();

/// A run that goes on until its one worker elsewhere has done its part, and what its report should be.
struct Against {
    report: Result<Report, Error>,
    oracle: Oracle,
    meter: Arc<Meter>,
}

/// Runs against a worker that works so, beside one that works well.
fn run_against<W>(
    own: &[(&'static str, &str)],
    work: impl FnOnce(Hands, Arc<Meter>) -> W + Send + 'static,
) -> Against
where
    W: Future<Output = Hands> + Send,
{
    let runtime = Runtime::new().expect("a runtime");
    let log = LOG.get_or_init(|| {
        let mut log = Vec::new();
        write_log(Workload::Messy, 13, LINES, &mut log, &mut |_| true).expect("memory takes all");
        log
    });
    let pace: Pace = "2k".parse().expect("a rate");
    let input = Arc::new(
        Input::from_bytes(&[log])
            .expect("a temporary file")
            .paced(pace),
    );
    let meter = Arc::new(Meter::new());
    let (stop, metered) = (Arc::clone(&input), Arc::clone(&meter));
    let address = worker(&runtime, |start: Start| async move {
        let mut hands = work(Hands::of(start), metered).await;
        stop.stop();
        // Until the run has no more of it, or is gone.
        hands.work(usize::MAX).await;
    });
    let range = RANGE.to_string();
    let mut all = vec![
        ("place", format!("lookup={address}")),
        here(),
        ("range", range),
        ("restarts", "0".into()),
        // A worker that beats is not silent, however busy the machine is.
        ("silence", "1s".into()),
    ];
    all.extend(own.iter().map(|&(flag, value)| (flag, value.to_owned())));
    let table = Arc::new(Table::iana());
    let server = Server::start(Config {
        table,
        delay: Duration::ZERO,
        ..Config::default()
    });
    let server = server.expect("a server on loopback");
    let directory = Directory::at(server.address()).expect("an address");
    let (reading, metered) = (Arc::clone(&input), Arc::clone(&meter));
    let report = in_time("n03-failure", "a liar", directory, move |directory| {
        run_with(all, &reading, &directory, &Plan::default(), &metered)
    });
    let read = usize::try_from(input.progress().0).expect("it fits");
    let end = log.split_inclusive(|&byte| byte == b'\n').take(read);
    let end = end.map(<[u8]>::len).sum::<usize>();
    Against {
        report,
        oracle: Oracle::of(&[&log[..end]]),
        meter,
    }
}

impl Against {
    fn assert_exact(&self, what: &str) {
        let report = self
            .report
            .as_ref()
            .unwrap_or_else(|err| panic!("{what}: {err}"));
        self.oracle.assert_equal(report, "n03-failure", what);
    }

    fn repaired(&self) -> u64 {
        let stages = self.meter.read();
        stages
            .iter()
            .find(|stage| stage.name == "repair")
            .expect("a stage")
            .done
    }
}

/// Takes a range, is silent until it is given up and the range was done by another, comes back, is given new
/// ranges, and then reports the first one.
async fn answer_late(mut hands: Hands, meter: Arc<Meter>) -> Hands {
    let first = hands.take().await.expect("a range");
    let report = hands.report_on(&first).await;
    until_stage(&meter, "ranges", |stage| stage.workers == 1).await;
    until_stage(&meter, "repair", |stage| stage.done >= 1).await;
    hands.beat();
    // The ranges that were on their way to it are not its any more, and nothing tells it so.
    until_stage(&meter, "ranges", |stage| stage.workers == 2).await;
    loop {
        let task = hands.take().await.expect("a range");
        if task.lease.token > first.lease.token + 8 {
            hands.say(first.lease, report).await;
            let report = hands.report_on(&task).await;
            hands.say(task.lease, report).await;
            break;
        }
    }
    hands.work(3).await;
    hands
}

#[test]
fn a_late_report_is_fenced_off() {
    let against = run_against(&[], answer_late);
    against.assert_exact("a worker that was declared dead and answers late");
    assert!(against.repaired() >= 1);
}

/// This is what the step is for, and what the test above would not show if it could not fail.
#[test]
fn the_naive_repair_counts_the_late_report_twice() {
    let against = run_against(&[("repair", "naive")], answer_late);
    let report = against.report.expect("it believes that all went well");
    let twice = report.lines() - against.oracle.lines();
    assert!(twice > 0, "nothing was counted twice");
    assert_eq!(
        twice % RANGE as u64,
        0,
        "whole ranges are counted twice: {twice} lines"
    );
}

/// A wrong death without a fence: as many lines as there should be, and wrong rows.
#[test]
fn without_a_fence_a_late_report_is_taken_for_another() {
    // On a busy machine the worker may be given up once more before its late report is heard. Then it has no other range
    // for which that could be taken, and the rows are right.
    let are_wrong = (0..5).any(|_| {
        let against = run_against(&[("repair", "unfenced")], answer_late);
        let report = against.report.expect("it believes that all went well");
        assert_eq!(
            report.lines(),
            against.oracle.lines(),
            "every range was merged once"
        );
        report.rows() != against.oracle.rows()
    });
    assert!(are_wrong, "and yet the rows are right");
}

#[test]
fn a_report_that_comes_twice_is_counted_once() {
    // A beat that a busy machine delays is no loss here.
    let against = run_against(&[("silence", "60s")], |mut hands, _| async {
        hands.beat();
        for _ in 0..3 {
            let task = hands.take().await.expect("a range");
            let report = hands.report_on(&task).await;
            hands.say(task.lease, report.clone()).await;
            hands.say(task.lease, report).await;
        }
        hands
    });
    against.assert_exact("reports that come twice");
    assert_eq!(against.repaired(), 0);
}

#[test]
fn a_report_on_other_lines_costs_a_worker_its_place() {
    let against = run_against(&[], |mut hands, meter| async move {
        hands.beat();
        let task = hands.take().await.expect("a range");
        hands.say(task.lease, Report::new()).await;
        until_stage(&meter, "ranges", |stage| stage.workers == 1).await;
        until_stage(&meter, "repair", |stage| stage.done >= 1).await;
        hands
    });
    against.assert_exact("a report on other lines");
}

#[test]
fn a_worker_that_keeps_a_range_is_given_up_though_it_is_not_silent() {
    let against = run_against(&[("lease", "300ms")], |mut hands, meter| async move {
        hands.beat();
        let kept = hands.take().await.expect("a range");
        until_stage(&meter, "ranges", |stage| stage.workers == 1).await;
        until_stage(&meter, "repair", |stage| stage.done >= 1).await;
        // That it is there does not bring it back; that it has done something does, late as it is.
        sleep(Duration::from_millis(100)).await;
        let report = hands.report_on(&kept).await;
        hands.say(kept.lease, report).await;
        until_stage(&meter, "ranges", |stage| stage.workers == 2).await;
        hands
    });
    against.assert_exact("a worker that keeps a range");
}

#[test]
fn a_worker_that_leaves_is_lost() {
    let against = run_against(&[], |mut hands, meter| async move {
        let left = hands.take().await.expect("a range");
        // Its channel ends as gracefully as can be.
        (hands.start.words, _) = n03_failure::start::words();
        until_stage(&meter, "ranges", |stage| stage.workers == 1).await;
        until_stage(&meter, "repair", |stage| stage.done >= 1).await;
        drop(left);
        hands
    });
    against.assert_exact("a worker that leaves");
}

#[test]
fn without_acknowledgements_a_worker_that_is_lost_ends_the_run() {
    let against = run_against(&[("ack", "none")], |mut hands, _| async {
        let task = hands.take().await.expect("a range");
        drop(task);
        // Not heard of again: its channel ends.
        (hands.start.words, _) = n03_failure::start::words();
        hands
    });
    match against.report {
        Err(Error::Lost(why)) => assert!(why.contains("is lost: "), "{why}"),
        other => panic!("{:?}", other.map(|report| report.lines())),
    }
}
