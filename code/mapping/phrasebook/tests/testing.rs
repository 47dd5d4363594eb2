//! Idioms of tests are tests themselves.

use loom::sync::Arc;
use loom::sync::atomic::{AtomicU32, Ordering::Relaxed};
use loom::thread;

// ANCHOR: table-test
#[test]
fn numbers_are_read() {
    for (text, wanted) in [("7", Some(7)), ("-7", Some(-7)), ("seven", None)] {
        let read: Option<i32> = text.parse().ok();
        assert_eq!(read, wanted, "{text}");
    }
}
// ANCHOR_END: table-test

#[test]
fn no_addition_is_lost() {
    // ANCHOR: race
    // What the compiler lets pass can still be wrong: here every order of events is tried.
    loom::model(|| {
        let count = Arc::new(AtomicU32::new(0));
        let other = Arc::clone(&count);
        let task = thread::spawn(move || other.fetch_add(1, Relaxed));
        count.fetch_add(1, Relaxed);
        task.join().expect("it did not panic");
        assert_eq!(count.load(Relaxed), 2);
    });
    // ANCHOR_END: race
}

// ANCHOR: fake-clock
#[tokio::test(start_paused = true)]
async fn an_hour_passes_in_no_time() {
    let began = tokio::time::Instant::now();
    tokio::time::sleep(std::time::Duration::from_secs(3600)).await;
    assert_eq!(began.elapsed().as_secs(), 3600);
}
// ANCHOR_END: fake-clock
