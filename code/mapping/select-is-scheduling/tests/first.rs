//! The first answer counts, and who lost is told or dropped.

use std::time::Duration;

use select_is_scheduling::first::{Outcome, ask};
use select_is_scheduling::{dropped, first};

const SOON: Duration = Duration::from_millis(10);
/// Longer than any test may take: who is not stopped is noticed.
const NEVER: Duration = Duration::from_secs(3600);

#[test]
fn the_first_answer_counts_and_the_others_stop() {
    let (outcome, told) = ask(&[NEVER, SOON, NEVER], NEVER);
    assert_eq!((outcome, told), (Outcome::Answered(1), 2));
}

#[test]
fn a_deadline_ends_the_wait_and_all_stop() {
    let (outcome, told) = ask(&[NEVER, NEVER], SOON);
    assert_eq!((outcome, told), (Outcome::TooLate, 2));
}

#[test]
fn without_anybody_who_could_answer_it_is_too_late_at_once() {
    let (answer_in, answers) = crossbeam_channel::bounded(1);
    drop(answer_in);
    assert_eq!(first::first(&answers, NEVER), Outcome::TooLate);
}

#[test]
fn a_future_that_loses_is_dropped() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let answered = runtime.block_on(dropped::ask([NEVER, SOON], NEVER));
    assert_eq!(answered, (Outcome::Answered(1), 1));
    let late = runtime.block_on(dropped::ask([NEVER, NEVER], SOON));
    assert_eq!(late, (Outcome::TooLate, 2));
}
