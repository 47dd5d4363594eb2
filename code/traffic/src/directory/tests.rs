//! Tests of the directory as a whole: tables, a server on the wire, a client against the worst.

mod changes;
mod client;
mod faults;
mod multiplexed;
mod protocol;
mod server;
mod table;
mod table_properties;
mod transfer;

use std::panic;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Runs a test's body and fails if it has not ended after so many seconds.
///
/// The limit is for what hangs; it says nothing about how long the body should take.
pub(crate) fn within(seconds: u64, body: impl FnOnce() + Send + 'static) {
    let (done, ended) = channel();
    let thread = thread::spawn(move || {
        body();
        let _ = done.send(());
    });
    match ended.recv_timeout(Duration::from_secs(seconds)) {
        Err(RecvTimeoutError::Timeout) => panic!("still running after {seconds} s"),
        Ok(()) | Err(RecvTimeoutError::Disconnected) => {
            if let Err(cause) = thread.join() {
                panic::resume_unwind(cause);
            }
        }
    }
}
