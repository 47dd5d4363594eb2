//! s04-release: look, release, fetch, insert. A model of it, small enough for every schedule there is.
//!
//! The step's loop is bound to connections and meters, so this is its shape and not its source: what
//! is decided between taking the lock and taking it again.

use std::collections::HashMap;
use std::sync::Mutex as Unseen;

use shuttle::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use shuttle::sync::{Arc, Mutex};
use shuttle::thread;

/// Two workers meet the same client; says how often the directory was asked.
fn two_meet(hold_the_lock: bool) -> usize {
    let cache = Arc::new(Mutex::new(HashMap::new()));
    let asked = Arc::new(AtomicUsize::new(0));
    let look_up = {
        let (cache, asked) = (Arc::clone(&cache), Arc::clone(&asked));
        move || {
            let mut held = cache.lock().unwrap();
            if let Some(&holder) = held.get("client") {
                return holder;
            }
            if !hold_the_lock {
                drop(held);
                asked.fetch_add(1, SeqCst);
                cache.lock().unwrap().insert("client", "holder");
            } else {
                asked.fetch_add(1, SeqCst);
                held.insert("client", "holder");
            }
            "holder"
        }
    };
    let other = thread::spawn(look_up.clone());
    assert_eq!((look_up(), other.join().unwrap()), ("holder", "holder"));
    assert_eq!(cache.lock().unwrap().get("client"), Some(&"holder"));
    asked.load(SeqCst)
}

/// The number of times that the directory is asked, over all schedules.
fn over_all_schedules(hold_the_lock: bool) -> Vec<usize> {
    let seen = std::sync::Arc::new(Unseen::new(Vec::new()));
    let outcomes = std::sync::Arc::clone(&seen);
    shuttle::check_dfs(
        move || {
            let asked = two_meet(hold_the_lock);
            outcomes.lock().unwrap().push(asked);
        },
        None,
    );
    let mut seen = seen.lock().unwrap().clone();
    seen.sort_unstable();
    seen.dedup();
    seen
}

/// Both get the right answer in every schedule. In some the work is done twice: this is what
/// single-flight is for.
#[test]
fn released_the_work_may_be_done_twice() {
    assert_eq!(over_all_schedules(false), [1, 2]);
}

/// With the lock held over the question, as s03-replicas holds it, never.
#[test]
fn held_it_is_done_once() {
    assert_eq!(over_all_schedules(true), [1]);
}
