//! What belongs to a program as a whole: what it starts with, carries in it, and shows of itself.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::thread;

use tokio::runtime::Handle;
use tokio::task::yield_now;

use crate::wait::wait;

// ANCHOR: init
static PORTS: LazyLock<HashMap<&str, u16>> = LazyLock::new(|| {
    HashMap::from([("http", 80), ("https", 443)]) // when it is first used
});
// ANCHOR_END: init

pub fn init() -> String {
    PORTS["https"].to_string()
}

// ANCHOR: embed
const GREETING: &str = include_str!("greeting.txt");
// ANCHOR_END: embed

pub fn embed() -> String {
    GREETING.trim().to_owned()
}

pub fn leak() -> String {
    wait(async {
        // ANCHOR: leak
        let forgotten = tokio::spawn(std::future::pending::<()>()); // to drop the handle does not end the task
        let left = Handle::current().metrics().num_alive_tasks();
        forgotten.abort();
        while Handle::current().metrics().num_alive_tasks() > 0 {
            yield_now().await;
        }
        // ANCHOR_END: leak
        format!("{left} was left behind")
    })
}

pub fn names() -> String {
    // ANCHOR: names
    // The name is what a profiler and a debugger show of it.
    let parser = thread::Builder::new().name("parser".into());
    let task = parser.spawn(|| thread::current().name().map(str::to_owned));
    // ANCHOR_END: names
    let task = task.expect("a thread can be started");
    task.join().expect("it did not panic").unwrap_or_default()
}
