//! The sharded cache: what one lock makes one change, what two do not, and that there is a limit.
//!
//! A lock inside a map protects the map. It does not protect what its users do in several steps: who
//! looks, thinks and puts back overwrites what came between. A thousand runs need not show it once
//! (the stress test of the step's own tests counts them); the checker does, and says how.

use std::cell::{Cell, RefCell};
use std::panic::catch_unwind;

use proofs::schedules::prove;
use proofs::sync;
use shuttle::sync::Arc;
use shuttle::thread;

#[path = "../../evolution/s10-shard/src/shard.rs"]
mod shard;

use shard::Sharded;

/// Schedules tried by each proof; more have found nothing more.
const SCHEDULES: usize = 2_000;

const CLIENT: &[u8] = b"192.0.2.7";

type Cache = Sharded<u64>;

// ANCHOR: visits
// ANCHOR: two-steps
/// Counts a visit under two locks, one after the other.
fn visit_in_two_steps(cache: &Cache, who: &'static str) {
    let visits = {
        let mut shard = cache.shard(CLIENT).lock().unwrap();
        let visits = shard.get(CLIENT).copied().unwrap_or(0);
        tell(who, "gets", visits);
        visits
    };
    let mut shard = cache.shard(CLIENT).lock().unwrap();
    shard.insert(CLIENT, visits + 1);
    tell(who, "puts", visits + 1);
}
// ANCHOR_END: two-steps

/// Counts a visit under one lock.
fn visit_in_one_step(cache: &Cache, who: &'static str) {
    let mut shard = cache.shard(CLIENT).lock().unwrap();
    let visits = shard.get(CLIENT).copied().unwrap_or(0);
    shard.insert(CLIENT, visits + 1);
    tell(who, "counts", visits + 1);
}

/// What is counted of two visits at the same time.
fn two_visits(visit: fn(&Cache, &'static str)) -> Option<u64> {
    begin();
    let cache = Arc::new(Cache::new(16, 1_024));
    let other = Arc::clone(&cache);
    let other = thread::spawn(move || visit(&other, "B"));
    visit(&cache, "A");
    other.join().unwrap();
    cache.shard(CLIENT).lock().unwrap().get(CLIENT).copied()
}
// ANCHOR_END: visits

fn two_in_two_steps() {
    let visits = two_visits(visit_in_two_steps);
    assert_eq!(visits, Some(2), "a visit is lost");
}

fn two_in_one_step() {
    let visits = two_visits(visit_in_one_step);
    assert_eq!(visits, Some(2), "a visit is lost");
}

/// Who did what, in order.
type Story = Vec<(&'static str, &'static str, u64)>;

// The checker runs all threads of an execution in one real thread, each test in its own.
thread_local! {
    static STORY: RefCell<Story> = const { RefCell::new(Vec::new()) };
    static EXECUTIONS: Cell<usize> = const { Cell::new(0) };
}

fn begin() {
    STORY.take();
    EXECUTIONS.set(EXECUTIONS.get() + 1);
}

fn tell(who: &'static str, does: &'static str, visits: u64) {
    STORY.with_borrow_mut(|story| story.push((who, does, visits)));
}

/// Makes sure that a check fails because a visit is lost.
fn must_lose_a_visit(check: fn()) {
    let panic = catch_unwind(check).expect_err("no visit is lost");
    let why = panic.downcast_ref::<String>().expect("a message");
    assert!(why.contains("a visit is lost"), "{why}");
}

#[test]
fn that_two_steps_lose_a_visit_is_found() {
    must_lose_a_visit(|| shuttle::check_random(two_in_two_steps, SCHEDULES));
    println!("found with schedule number {}", EXECUTIONS.get());
}

// ANCHOR: schedule
/// A schedule in which a visit is lost, as the checker printed it.
const SCHEDULE: &str = "91010fb7c1f7bf83e8cee53a20a2a000";

#[test]
fn the_schedule_that_loses_a_visit_does_so_again() {
    must_lose_a_visit(|| shuttle::replay(two_in_two_steps, SCHEDULE));
    let story = [
        ("A", "gets", 0),
        ("B", "gets", 0),
        ("A", "puts", 1),
        ("B", "puts", 1),
    ];
    assert_eq!(STORY.take(), story);
}
// ANCHOR_END: schedule

/// In how many schedules a visit is lost, and how many there are in all.
fn over_all_schedules(visit: fn(&Cache, &'static str)) -> (usize, usize) {
    thread_local!(static LOST: Cell<usize> = const { Cell::new(0) });
    LOST.set(0);
    EXECUTIONS.set(0);
    let model = move || {
        if two_visits(visit) != Some(2) {
            LOST.set(LOST.get() + 1);
        }
    };
    shuttle::check_dfs(model, None);
    (LOST.get(), EXECUTIONS.get())
}

#[test]
fn of_all_schedules_two_steps_lose_a_visit_in_most_and_one_step_in_none() {
    assert_eq!(over_all_schedules(visit_in_two_steps), (48, 59));
    assert_eq!(over_all_schedules(visit_in_one_step), (0, 6));
    prove(SCHEDULES, two_in_one_step);
}

const CLIENTS: [&[u8]; 4] = [b"192.0.2.1", b"192.0.2.2", b"2001:db8::3", b"example.org"];

/// Several threads put and look up; calls `look` with what each found of what it had put.
fn crowd(entries_max: usize, look: fn(Option<usize>, usize)) -> Arc<Sharded<usize>> {
    let cache = Arc::new(Sharded::new(2, entries_max));
    let threads = (0..3).map(|thread| {
        let cache = Arc::clone(&cache);
        thread::spawn(move || {
            for number in (0..CLIENTS.len()).map(|step| (thread + step) % CLIENTS.len()) {
                let client = CLIENTS[number];
                cache.shard(client).lock().unwrap().insert(client, number);
                let found = cache.shard(client).lock().unwrap().get(client).copied();
                look(found, number);
                let entries = cache.shards().map(|shard| shard.lock().unwrap().entries());
                assert!(
                    entries.sum::<usize>() <= entries_max,
                    "more than there is room"
                );
            }
        })
    });
    for thread in threads.collect::<Vec<_>>() {
        thread.join().unwrap();
    }
    cache
}

#[test]
fn what_is_put_is_found_by_everybody_where_there_is_room() {
    prove(SCHEDULES, || {
        // Room for all of them in each shard.
        let cache = crowd(2 * CLIENTS.len(), |found, number| {
            assert_eq!(found, Some(number));
        });
        for (number, client) in CLIENTS.into_iter().enumerate() {
            let found = cache.shard(client).lock().unwrap().get(client).copied();
            assert_eq!(found, Some(number));
        }
    });
}

#[test]
fn there_is_never_more_than_there_is_room_for_and_nothing_is_mistaken() {
    prove(SCHEDULES, || {
        // One entry a shard: nearly every insertion evicts, and what is left is still the right one.
        crowd(2, |found, number| {
            assert!(found.is_none_or(|found| found == number), "another's entry");
        });
    });
}
