//! The plays on real code: each broken version is run under a checker that chooses the schedules, and fails as the
//! model says; the schedule in which it did so fails again. Each repaired version holds.
//!
//! The code is what the page shows beside the model: `broken.rs` and `repaired.rs` in the folder of the play. What the
//! memory does is in `plays_weak.rs`, and what the ledger of n03 does is in `plays_ledger.rs`.

use std::collections::HashMap;
use std::panic::catch_unwind;
use std::sync::PoisonError;

use proofs::played::{self, Cache, Directory, WORKERS};
use proofs::schedules::prove;
use proofs::sync;
use shuttle::scheduler::RandomScheduler;
use shuttle::sync::{Arc, Mutex};
use shuttle::{Config, FailurePersistence, Runner, future, thread};
use sync::{bounded, unbounded};

#[allow(dead_code, reason = "the plays need a part of it")]
#[path = "../../evolution/s08-coalesce/src/flight.rs"]
mod flight;

#[path = "../../play/src/asked_to_leave/broken.rs"]
mod asked_to_leave_broken;
#[path = "../../play/src/asked_to_leave/repaired.rs"]
mod asked_to_leave_repaired;
#[path = "../../play/src/full_ring/broken.rs"]
mod full_ring_broken;
#[path = "../../play/src/full_ring/repaired.rs"]
mod full_ring_repaired;
#[path = "../../play/src/last_batch/broken.rs"]
mod last_batch_broken;
#[path = "../../play/src/last_batch/repaired.rs"]
mod last_batch_repaired;
#[path = "../../play/src/lost_update/broken.rs"]
mod lost_update_broken;
#[path = "../../play/src/lost_update/repaired.rs"]
mod lost_update_repaired;
#[path = "../../play/src/starved/broken.rs"]
mod starved_broken;
#[path = "../../play/src/starved/repaired.rs"]
mod starved_repaired;
#[path = "../../play/src/two_locks/broken.rs"]
mod two_locks_broken;
#[path = "../../play/src/two_locks/repaired.rs"]
mod two_locks_repaired;
#[path = "../../play/src/who_leads/broken.rs"]
mod who_leads_broken;
#[path = "../../play/src/who_leads/repaired.rs"]
mod who_leads_repaired;

/// Schedules for a repaired version, and at most for a broken one until it fails.
const SCHEDULES: usize = 500;
const SCHEDULES_MAX: usize = 100_000;

/// What a run ends with; nothing if it ends well.
fn failure(run: impl FnOnce() + std::panic::UnwindSafe) -> Option<String> {
    let payload = catch_unwind(run).err()?;
    let text = payload.downcast_ref::<String>().cloned();
    text.or_else(|| payload.downcast_ref::<&str>().map(|&text| text.to_owned()))
}

/// Where the checker keeps schedules that fail. It learns of the folder once, for all tests of this process.
const KEPT: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/plays");

/// One search at a time: what is kept is then its own.
static SEARCHING: std::sync::Mutex<()> = std::sync::Mutex::new(());

/// Searches for a schedule in which the model fails like that, and runs it again.
fn fails(model: fn(), as_in: &str) {
    let _searching = SEARCHING.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = std::fs::remove_dir_all(KEPT);
    std::fs::create_dir_all(KEPT).expect("a folder");
    let mut config = Config::new();
    config.failure_persistence = FailurePersistence::File(Some(KEPT.into()));
    let scheduler = RandomScheduler::new(SCHEDULES_MAX);
    let said = failure(move || {
        Runner::new(scheduler, config).run(model);
    });
    assert!(
        said.is_some_and(|said| said.contains(as_in)),
        "the bad end is found"
    );
    // The checker keeps the schedule when a thread panics, and what there is of it again when the execution is given up.
    let mut kept = std::fs::read_dir(KEPT).expect("a folder").flatten();
    let is_found_again = kept.any(|schedule| {
        let again = failure(move || shuttle::replay_from_file(model, schedule.path()));
        again.is_some_and(|said| said.contains(as_in))
    });
    assert!(is_found_again, "the same schedule fails again");
}

fn in_two_threads(one: impl FnOnce() + Send + 'static, other: impl FnOnce() + Send + 'static) {
    let threads = [thread::spawn(one), thread::spawn(other)];
    for thread in threads {
        thread.join().unwrap();
    }
}

fn two_counts(count: fn(&Mutex<HashMap<&str, u64>>, &'static str)) {
    let counts = Arc::new(Mutex::new(HashMap::new()));
    let theirs = [Arc::clone(&counts), Arc::clone(&counts)];
    let [a, b] = theirs.map(|counts| move || count(&counts, "/"));
    in_two_threads(a, b);
    // What fails holds nothing: to give something back would be a step more than the schedule has.
    let counted = counts.lock().unwrap().get("/").copied();
    assert_eq!(counted, Some(2), "an update is lost");
}

#[test]
fn lost_update() {
    fails(
        || two_counts(lost_update_broken::count),
        "an update is lost",
    );
    prove(SCHEDULES, || two_counts(lost_update_repaired::count));
}

type Locking = fn(&Mutex<u64>, &Mutex<u64>);

fn with_two_locks(publish: Locking, collect: Locking) {
    let locks = Arc::new((Mutex::new(1), Mutex::new(2)));
    let theirs = Arc::clone(&locks);
    in_two_threads(
        move || publish(&locks.0, &locks.1),
        move || collect(&theirs.0, &theirs.1),
    );
}

#[test]
fn two_locks() {
    use {two_locks_broken as broken, two_locks_repaired as repaired};
    fails(
        || with_two_locks(broken::publish, broken::collect),
        "deadlock",
    );
    prove(SCHEDULES, || {
        with_two_locks(repaired::publish, repaired::collect);
    });
}

/// As many as the model has.
const LINES: u32 = 4;

#[test]
fn full_ring() {
    use {full_ring_broken as broken, full_ring_repaired as repaired};
    fails(
        || {
            let (to_asker, lines) = bounded(1);
            let (to_checker, answers) = bounded(1);
            let back = to_asker.clone();
            let reader = thread::spawn(move || broken::read(LINES, to_asker));
            let asker = thread::spawn(move || broken::ask(lines, to_checker));
            broken::check(answers, back, LINES);
            reader.join().unwrap();
            asker.join().unwrap();
        },
        "deadlock",
    );
    prove(SCHEDULES, || {
        let (to_asker, lines) = bounded(1);
        let (to_checker, answers) = bounded(1);
        let (permit, permits) = bounded(3);
        for _ in 0..3 {
            permit.send(()).unwrap();
        }
        let back = to_asker.clone();
        let reader = thread::spawn(move || repaired::read(LINES, to_asker, permits));
        let asker = thread::spawn(move || repaired::ask(lines, to_checker));
        repaired::check(answers, back, permit, LINES);
        reader.join().unwrap();
        asker.join().unwrap();
    });
}

#[test]
fn last_batch() {
    use {last_batch_broken as broken, last_batch_repaired as repaired};
    fn departed(
        send: fn(u32, sync::Sender<u32>),
        gather: impl FnOnce(sync::Receiver<u32>, &mut usize),
    ) {
        let (items_in, items) = unbounded();
        let sender = thread::spawn(move || send(3, items_in));
        let mut departed = 0;
        gather(items, &mut departed);
        sender.join().unwrap();
        assert_eq!(departed, 3, "an item never departs");
    }
    fails(
        || {
            departed(broken::send, |items, departed| {
                broken::gather(items, |batch| *departed += batch.len());
            });
        },
        "an item never departs",
    );
    prove(SCHEDULES, || {
        departed(repaired::send, |items, departed| {
            repaired::gather(items, |batch| *departed += batch.len());
        });
    });
}

#[test]
fn who_leads() {
    use flight::SingleFlight;
    macro_rules! two_tasks {
        ($want:path) => {
            future::block_on(async {
                let shared = Arc::new((
                    Cache::default(),
                    SingleFlight::default(),
                    Directory::default(),
                ));
                let tasks = [0, 1].map(|_| {
                    let shared = Arc::clone(&shared);
                    future::spawn(async move { $want(&shared.0, &shared.1, &shared.2).await })
                });
                for task in tasks {
                    assert_eq!(task.await.unwrap(), 17);
                }
                let asked = shared.2.asked();
                assert_eq!(asked, 1, "asked twice");
            })
        };
    }
    fails(|| two_tasks!(who_leads_broken::want), "asked twice");
    prove(SCHEDULES, || two_tasks!(who_leads_repaired::want));
}

#[test]
fn asked_to_leave() {
    macro_rules! a_pool {
        ($version:ident) => {{
            let (items_in, items) = unbounded();
            let (requests_in, requests) = unbounded();
            let (over_in, over) = unbounded();
            let idle = Arc::new(sync::AtomicUsize::new(0));
            for _ in 0..WORKERS {
                let (items, requests, over_in) = (items.clone(), requests.clone(), over_in.clone());
                let idle = Arc::clone(&idle);
                thread::spawn(move || $version::work(&items, &requests, &over_in, &idle));
            }
            let reader = thread::spawn(move || {
                for item in 0..2 {
                    items_in.send(item).unwrap();
                }
            });
            // `over_in` stays here, as in the pool: the channel itself never says that all are gone.
            $version::control(&idle, &requests_in, &over);
            reader.join().unwrap();
            drop(over_in);
        }};
    }
    fails(|| a_pool!(asked_to_leave_broken), "deadlock");
    prove(SCHEDULES, || a_pool!(asked_to_leave_repaired));
}

/// A selector: from the left and the right it takes so many items, and tells of each whether it came from the left.
type Choose = fn(&sync::Receiver<u32>, &sync::Receiver<u32>, u32, &mut dyn FnMut(bool));

/// The letter on the right is there before the selector begins; the left sender is as quick as it can be.
fn passed_over(choose: Choose) {
    let (left_in, left) = bounded(1);
    let (right_in, right) = bounded(1);
    right_in.send(0).unwrap();
    let sender = thread::spawn(move || (0..4).for_each(|letter| left_in.send(letter).unwrap()));
    let (mut passed, mut passed_max) = (0, 0);
    let mut waits = true;
    choose(&left, &right, 5, &mut |is_left| {
        waits &= is_left;
        passed += usize::from(waits);
        passed_max = passed_max.max(passed);
        // It looks too often for a checker that lets it: others may go on.
        thread::yield_now();
    });
    sender.join().unwrap();
    drop((left, right, right_in));
    assert!(passed_max < 3, "a letter starves");
}

#[test]
fn starved() {
    fails(
        || passed_over(|left, right, items, take| starved_broken::choose(left, right, items, take)),
        "a letter starves",
    );
    // At random only: a schedule of few preemptions may let it look into empty channels for ever.
    let repaired = || {
        passed_over(|left, right, items, take| starved_repaired::choose(left, right, items, take));
    };
    shuttle::check_random(repaired, SCHEDULES);
}
