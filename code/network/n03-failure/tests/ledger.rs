//! The ledger under any schedule: workers are given up, reports come late, twice, or never.

use std::sync::Arc;
use std::time::Duration;

use n03_failure::ledger::{Ledger, TRIES_MAX, Verdict};
use n03_failure::ranges::{Cutter, Lease, Range, Task};
use n03_failure::terms::Repair;
use proptest::prelude::*;
use tokio::time::Instant;
use traffic::{Line, Place};

const RANGES: u64 = 6;
const WORKERS: usize = 3;
/// The worker that is never given up.
const HERE: usize = WORKERS;
const TIME: Duration = Duration::from_secs(1);

/// What can happen next.
#[derive(Clone, Copy, Debug)]
enum Step {
    HandOut(usize),
    GiveUp(usize),
    /// A lease that was given at some time is reported: by its place among all of them.
    Report(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..WORKERS).prop_map(Step::HandOut),
        1 => (0..WORKERS).prop_map(Step::GiveUp),
        3 => (0..64_usize).prop_map(Step::Report),
    ]
}

fn range(number: u64) -> Range {
    let mut cutter = Cutter::new(1);
    let line = Line {
        bytes: Vec::new(),
        place: Place { file: 0, offset: 0 },
        due: None,
    };
    let [_, range] = cutter.push(&line);
    let part = range.expect("it is full").part;
    Range { number, part }
}

/// How often each range is merged under a schedule, after which this process does what is left.
fn merges(repair: Repair, steps: &[Step]) -> Vec<u32> {
    let (mut ledger, now) = (Ledger::new(repair), Instant::now());
    let mut leases: Vec<(usize, Lease)> = Vec::new();
    let mut merges = vec![0; RANGES as usize];
    let mut judge = |ledger: &mut Ledger, (worker, lease): (usize, Lease)| {
        if let Verdict::Merge(_) = ledger.judge(worker, lease, 1) {
            merges[lease.range as usize] += 1;
        }
    };
    (0..RANGES).for_each(|number| ledger.add(range(number)));
    for &step in steps {
        match step {
            Step::HandOut(worker) => {
                if let Some(task) = ledger.hand_out(worker, now, Some(TIME)) {
                    let newest = leases.iter().map(|(_, lease)| lease.token).max();
                    assert!(Some(task.lease.token) > newest, "tokens grow");
                    leases.push((worker, task.lease));
                }
            }
            Step::GiveUp(worker) => {
                ledger.take_back(worker, now);
                assert_eq!(ledger.held(worker), 0);
            }
            Step::Report(at) if !leases.is_empty() => {
                judge(&mut ledger, leases[at % leases.len()]);
            }
            Step::Report(_) => {}
        }
    }
    (0..WORKERS).for_each(|worker| drop(ledger.take_back(worker, now)));
    while let Some(task) = ledger.hand_out(HERE, now, None) {
        judge(&mut ledger, (HERE, task.lease));
    }
    assert!(ledger.is_empty());
    merges
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_schedule_merges_each_range_once(steps in prop::collection::vec(step(), 0..80)) {
        prop_assert_eq!(merges(Repair::Fenced, &steps), vec![1; RANGES as usize]);
    }
}

#[test]
fn a_range_is_merged_once_whatever_is_lost_and_whatever_comes_twice() {
    // The shortest schedule under which it matters: given up, done again, and then the late report; twice.
    let steps = [
        Step::HandOut(0),
        Step::GiveUp(0),
        Step::HandOut(1),
        Step::Report(1),
        Step::Report(0),
        Step::Report(1),
    ];
    assert_eq!(merges(Repair::Fenced, &steps), [1, 1, 1, 1, 1, 1]);
    assert_eq!(merges(Repair::Naive, &steps), [3, 1, 1, 1, 1, 1]);
}

#[test]
fn what_was_lost_is_given_away_first_and_in_order() {
    let (mut ledger, now) = (Ledger::new(Repair::Fenced), Instant::now());
    (0..4).for_each(|number| ledger.add(range(number)));
    assert!(ledger.has_waiting());
    let numbers = |ledger: &mut Ledger, worker, many: usize| -> Vec<u64> {
        let tasks = (0..many).map_while(|_| ledger.hand_out(worker, now, Some(TIME)));
        tasks.map(|task| task.lease.range).collect()
    };
    assert_eq!(numbers(&mut ledger, 0, 2), [0, 1]);
    assert_eq!(numbers(&mut ledger, 1, 1), [2]);
    assert_eq!(ledger.held(0), 2);
    assert_eq!(ledger.take_back(0, now), [0, 1]);
    assert_eq!(numbers(&mut ledger, 1, 9), [0, 1, 3]);
    assert_eq!((ledger.held(0), ledger.held(1)), (0, 4));
    assert!(!ledger.has_waiting() && !ledger.is_empty());
}

#[test]
fn a_lease_doubles_with_each_try_and_the_last_resort_has_no_end() {
    let (mut ledger, now) = (Ledger::new(Repair::Fenced), Instant::now());
    ledger.add(range(0));
    for tries in 0..TRIES_MAX {
        assert!(!ledger.has_last_resorts());
        ledger.hand_out(7, now, Some(TIME)).expect("it waits");
        let due = now + TIME * 2_u32.pow(tries);
        assert_eq!(ledger.next_due(), Some(due));
        assert_eq!(ledger.overdue(due - Duration::from_nanos(1)), None);
        assert_eq!(ledger.overdue(due), Some((7, 0)));
        assert_eq!(
            ledger.overdue(due + TIME),
            Some((7, 0)),
            "until it is given up"
        );
        ledger.take_back(7, now);
    }
    assert!(ledger.has_last_resorts());
    assert!(ledger.hand_out(7, now, Some(TIME)).is_none());
    assert!(ledger.hand_out(HERE, now, None).is_some());
    assert_eq!(
        (ledger.next_due(), ledger.overdue(now + TIME * 100)),
        (None, None)
    );
}

#[test]
fn a_range_that_was_lost_knows_since_when_and_one_that_was_not_does_not() {
    let (mut ledger, now) = (Ledger::new(Repair::Fenced), Instant::now());
    (0..2).for_each(|number| ledger.add(range(number)));
    ledger.hand_out(0, now, Some(TIME));
    let (first, second) = (now + TIME, now + 2 * TIME);
    ledger.take_back(0, first);
    let again = ledger.hand_out(1, now, Some(TIME)).expect("it waits");
    ledger.take_back(1, second);
    let last = ledger.hand_out(0, second, Some(TIME)).expect("it waits");
    assert_eq!(ledger.judge(1, again.lease, 1), Verdict::Late);
    let Verdict::Merge(past) = ledger.judge(0, last.lease, 1) else {
        panic!("its lease stands");
    };
    assert_eq!((past.since, past.lost), (second, Some(first)));
    let other = ledger.hand_out(0, now, Some(TIME)).expect("it waits");
    let Verdict::Merge(past) = ledger.judge(0, other.lease, 1) else {
        panic!("its lease stands");
    };
    assert_eq!((past.since, past.lost), (now, None));
}

#[test]
fn a_report_on_other_lines_is_wrong_and_ends_no_lease() {
    let (mut ledger, now) = (Ledger::new(Repair::Fenced), Instant::now());
    ledger.add(range(0));
    let Task { lease, part } = ledger.hand_out(0, now, Some(TIME)).expect("it waits");
    assert_eq!(Arc::strong_count(&part), 2, "the ledger keeps it");
    for lines in [0, 2] {
        assert_eq!(ledger.judge(0, lease, lines), Verdict::Wrong { lines: 1 });
    }
    let other = Lease { range: 1, ..lease };
    assert_eq!(ledger.judge(0, other, 1), Verdict::Late);
    assert!(matches!(ledger.judge(0, lease, 1), Verdict::Merge(_)));
    assert_eq!(
        Arc::strong_count(&part),
        1,
        "it is forgotten when it is merged"
    );
    assert_eq!(ledger.judge(0, lease, 1), Verdict::Late);
}

#[test]
fn what_is_forgotten_is_not_done_again() {
    let (mut ledger, now) = (Ledger::new(Repair::Fenced), Instant::now());
    ledger.add(range(0));
    ledger.hand_out(0, now, None);
    ledger.forget(0);
    assert!(ledger.is_empty());
    assert!(ledger.take_back(0, now).is_empty());
}

#[test]
fn a_report_that_is_not_believed_ends_its_lease_and_its_range_waits() {
    let (mut ledger, now) = (Ledger::new(Repair::Fenced), Instant::now());
    ledger.add(range(0));
    let first = ledger.hand_out(0, now, Some(TIME)).expect("it waits");
    assert!(ledger.refuse(first.lease));
    assert!(!ledger.refuse(first.lease), "it stands no more");
    assert_eq!(ledger.judge(0, first.lease, 1), Verdict::Late);
    let second = ledger.hand_out(1, now, Some(TIME)).expect("it waits");
    assert!(!ledger.refuse(first.lease), "the second one stands");
    assert_eq!(ledger.next_due(), Some(now + 2 * TIME), "a try is a try");
    assert!(matches!(
        ledger.judge(1, second.lease, 1),
        Verdict::Merge(past) if past.lost == Some(now)
    ));
    assert!(ledger.is_empty());
}

/// Broken as it is, it is broken in this way and no other: a worker's report is taken for its oldest range.
#[test]
fn without_a_fence_a_report_is_that_of_the_oldest_range_of_its_worker() {
    let (mut ledger, now) = (Ledger::new(Repair::Unfenced), Instant::now());
    (0..3).for_each(|number| ledger.add(range(number)));
    let lost = ledger.hand_out(0, now, Some(TIME)).expect("it waits");
    ledger.take_back(0, now);
    assert_eq!(ledger.judge(0, lost.lease, 1), Verdict::Late, "it has none");
    let later = now + TIME;
    let of_another = ledger.hand_out(1, now, Some(TIME)).expect("it waits");
    ledger.hand_out(0, later, Some(TIME)).expect("it waits");
    ledger.hand_out(0, now, Some(TIME)).expect("it waits");
    // The late report on range 0, which another worker has by now, is taken for that on range 1.
    let verdict = ledger.judge(0, lost.lease, 1);
    assert!(matches!(verdict, Verdict::Merge(past) if past.since == later));
    assert_eq!((ledger.held(0), ledger.held(1)), (1, 1));
    let verdict = ledger.judge(1, of_another.lease, 1);
    assert!(matches!(verdict, Verdict::Merge(past) if past.lost == Some(now)));
}
