//! Mistakes that no compiler sees, made to happen every time.
//!
//! Each keeps all the rules: what is shared is behind a lock, what is sent is moved. Memory is never in danger,
//! and the answer is wrong, or never comes.

use std::sync::{Barrier, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{RecvTimeoutError, bounded};

// ANCHOR: lost
/// Two visits, each counted under a lock. Returns how many there are in the end.
pub fn lost_update() -> u64 {
    let visits = Mutex::new(0);
    let both_have_looked = Barrier::new(2);
    let get = || *visits.lock().unwrap_or_else(PoisonError::into_inner);
    let put = |value| *visits.lock().unwrap_or_else(PoisonError::into_inner) = value;
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let so_far = get();
                // On a bad day this is where the other comes in. Here every day is
                // a bad day.
                both_have_looked.wait();
                put(so_far + 1);
            });
        }
    });
    get()
}
// ANCHOR_END: lost

/// Two tasks take two locks, each in an order of its own. Returns how many of the two get both.
pub fn crossed_locks() -> usize {
    let (left, right) = (Mutex::new(()), Mutex::new(()));
    let barrier = Barrier::new(2);
    let gets_both = |first: &Mutex<()>, second: &Mutex<()>| {
        let held = first.lock();
        barrier.wait();
        // `lock` would wait here for ever. To be able to tell, we only try.
        let got = second.try_lock().is_ok();
        barrier.wait();
        drop(held);
        got
    };
    thread::scope(|scope| {
        let one = scope.spawn(|| gets_both(&left, &right));
        let other = gets_both(&right, &left);
        usize::from(one.join().expect("it does not panic")) + usize::from(other)
    })
}

/// A task waits for the end of a channel, and has a sender of it, without which there would be an end. Returns
/// whether it came.
pub fn own_end(patience: Duration) -> bool {
    let (words, mailbox) = bounded::<&str>(1);
    let kept = words.clone();
    drop(words);
    let came = mailbox.recv_timeout(patience) == Err(RecvTimeoutError::Disconnected);
    drop(kept);
    came
}
