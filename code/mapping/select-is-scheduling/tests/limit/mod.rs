//! A limit for tests in which somebody waits: a hanging test is a failed one.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Far more than any of these tests needs on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// Runs a test that may hang if what it tests is wrong.
pub fn in_time(test: impl FnOnce() + Send + 'static) {
    let (alive, ended) = channel::<()>();
    let test = thread::spawn(move || {
        // Dropped at the end, also by a panic.
        let _alive = alive;
        test();
    });
    let waited = ended.recv_timeout(LIMIT);
    assert_eq!(waited, Err(RecvTimeoutError::Disconnected), "it hangs");
    if let Err(panic) = test.join() {
        std::panic::resume_unwind(panic);
    }
}
