//! A worker that panics is not swallowed, and leaves nobody waiting: the pool's own source, with real
//! threads and a job that panics, since a lookup does not.

use std::panic::{catch_unwind, resume_unwind};
use std::thread;
use std::time::Duration;

use crossbeam_channel::bounded;

#[path = "../src/pool.rs"]
mod pool;
#[path = "../src/sync.rs"]
mod sync;

use pool::{Pool, Waiting};

/// Far longer than it takes.
const TIME_LIMIT: Duration = Duration::from_secs(60);

#[test]
fn a_panic_ends_the_stage_and_is_passed_on() {
    for panics_at in [0, 1, 50, 99] {
        let (done, finished) = bounded(1);
        thread::spawn(move || done.send(catch_unwind(|| stage(panics_at)).is_err()));
        let is_passed_on = finished.recv_timeout(TIME_LIMIT);
        assert_eq!(is_passed_on, Ok(true), "with the item {panics_at}");
    }
}

/// A hundred items, two workers, and one item that nobody survives.
fn stage(panics_at: usize) {
    let pool = &Pool::new();
    thread::scope(|scope| {
        let (items_in, items) = bounded(2);
        let (results_in, results) = bounded(0);
        scope.spawn(move || {
            (0..100).all(|item| items_in.send(Waiting::new(item)).is_ok());
        });
        scope.spawn(move || {
            let hire = || {
                let (items, results_in) = (items.clone(), results_in.clone());
                scope.spawn(move || {
                    pool.work(&items, |item| {
                        if item == panics_at {
                            resume_unwind(Box::new("the item")); // as a panic, and prints nothing
                        }
                        results_in.send(item).is_ok()
                    });
                });
            };
            pool.control(|_, _| 2, hire);
        });
        for _ in results {}
    });
}
