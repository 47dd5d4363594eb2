//! What cannot be promised is not kept, each time; and what is printed of it is what the chapter shows.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use limits::accepted::{self, DONE, SENT};
use limits::cycle::{self, ITEMS, Outcome};
use limits::silent::{self, Kind, Seen};
use limits::{local, once, partition};
use tokio::runtime::Runtime;
use tokio::time::timeout;

/// What has not happened by then does not happen. Far longer than anything here takes.
const TIME_LIMIT: Duration = Duration::from_secs(120);

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_limits"))
}

fn in_time<T>(work: impl Future<Output = std::io::Result<T>>) -> T {
    let runtime = Runtime::new().expect("a runtime");
    let told = runtime.block_on(async { timeout(TIME_LIMIT, work).await });
    // What is at a standstill is not waited for.
    runtime.shutdown_background();
    told.expect("it hangs").expect("it can be run")
}

#[test]
fn accepted_is_not_done() {
    let told = in_time(accepted::run(program()));
    assert_eq!(told.to_string(), include_str!("../output/accepted.txt"));
    let both = [told.sent, told.asked];
    assert!(both.iter().all(|told| told.accepted == SENT));
    assert!(both.iter().all(|told| told.done == DONE && DONE < SENT));
    // With answers the sender knows what it does not know.
    assert_eq!((told.sent.acknowledged, told.sent.unknown), (0, 0));
    let known = (told.asked.acknowledged, told.asked.unknown);
    assert_eq!(known, (DONE, SENT - DONE));
}

#[test]
fn slow_and_stopped_and_cut_off_look_the_same() {
    let told = in_time(silent::run(program()));
    assert_eq!(told.to_string(), include_str!("../output/silent.txt"));
    let of = |kind| told.0.into_iter().find(|told| told.kind == kind);
    let [slow, stopped, cut_off] =
        [Kind::Slow, Kind::Stopped, Kind::CutOff].map(|kind| of(kind).expect("it was asked"));
    assert!([slow, stopped, cut_off].map(|told| told.until) == [Seen::Nothing; 3]);
    assert_ne!(slow.then, cut_off.then);
}

#[test]
fn both_sides_of_a_partition_take_the_other_for_dead() {
    let told = in_time(partition::run());
    assert_eq!(told.to_string(), include_str!("../output/partition.txt"));
    let [a, b] = told.0;
    assert_eq!(a.together, b.together);
    assert!(a.other_is_dead && b.other_is_dead);
    assert!(a.alone != b.alone && a.alone < told.truth() && b.alone < told.truth());
    assert_eq!((a.heard, b.heard), (b.alone, a.alone));
}

#[test]
fn a_bounded_cycle_deadlocks_unless_it_reads_while_it_sends() {
    let told = in_time(cycle::run());
    assert_eq!(told.to_string(), include_str!("../output/cycle.txt"));
    let both = [Outcome::Deadlock, Outcome::Back(ITEMS)];
    assert_eq!((told.here, told.there), (both, both));
}

#[test]
fn a_lost_answer_is_no_lost_request_and_looks_like_one() {
    let told = in_time(once::run());
    assert_eq!(told.to_string(), include_str!("../output/once.txt"));
    let [[lost, once, with_key], [done, twice, also_with_key]] = told.0;
    assert_eq!((lost, done), (0, 1), "at most once");
    assert_eq!((once, twice), (1, 2), "at least once");
    assert_eq!(
        (with_key, also_with_key),
        (1, 1),
        "an effect that happens once"
    );
}

#[test]
fn some_of_it_is_true_in_one_process() {
    let told = in_time(async { local::run() });
    assert_eq!(told.to_string(), include_str!("../output/local.txt"));
    assert_eq!((told.accepted, told.done), (SENT, DONE));
    assert_eq!((told.effects, told.effects_again), (1, 2));
    assert_eq!(told.ended, [false, false], "slow or stuck?");
    assert_eq!(told.ended_later, [true, false]);
}

#[test]
fn the_program_prints_what_is_wanted() {
    let run = |name: &str| {
        Command::new(program())
            .arg(name)
            .output()
            .expect("it is built")
    };
    let printed = run("once");
    assert!(printed.status.success());
    assert_eq!(
        String::from_utf8_lossy(&printed.stdout),
        include_str!("../output/once.txt")
    );
    let refused = run("twice");
    assert_eq!(refused.status.code(), Some(2));
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        why.contains("no twice") && why.trim().lines().count() == 1,
        "{why}"
    );
}
