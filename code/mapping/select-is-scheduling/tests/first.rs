//! The first answer counts, and who lost is told or dropped.

mod limit;

use std::time::Duration;

use limit::in_time;
use select_is_scheduling::first::{Outcome, ask};
use select_is_scheduling::{dropped, first};

const SOON: Duration = Duration::from_millis(10);
/// Longer than any test may take: who is not stopped is noticed.
const NEVER: Duration = Duration::from_secs(3600);

#[test]
fn the_first_answer_counts_and_the_others_stop() {
    in_time(|| {
        let (outcome, stopped) = ask(&[NEVER, SOON, NEVER], NEVER);
        assert_eq!((outcome, stopped), (Outcome::Answered(1), 2));
    });
}

#[test]
fn a_deadline_ends_the_wait_and_all_stop() {
    in_time(|| {
        let (outcome, stopped) = ask(&[NEVER, NEVER], SOON);
        assert_eq!((outcome, stopped), (Outcome::TooLate, 2));
    });
}

#[test]
fn without_anybody_who_could_answer_it_is_too_late_at_once() {
    in_time(|| {
        let (answer_in, answers) = crossbeam_channel::bounded(1);
        drop(answer_in);
        assert_eq!(first::first(&answers, NEVER), Outcome::TooLate);
    });
}

#[test]
fn a_future_that_loses_is_dropped() {
    in_time(|| {
        let answered = dropped::ask_and_wait([NEVER, SOON, NEVER], NEVER);
        assert_eq!(answered, (Outcome::Answered(1), 2));
        let late = dropped::ask_and_wait([NEVER; 3], SOON);
        assert_eq!(late, (Outcome::TooLate, 3));
    });
}
