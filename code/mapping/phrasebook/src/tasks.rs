//! Starting tasks, and waiting for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use crossbeam_channel::unbounded;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::wait::wait;

pub fn go_statement() -> String {
    // ANCHOR: go-statement
    let task = thread::spawn(|| 6 * 7);
    let answer = task.join().expect("it did not panic");
    // ANCHOR_END: go-statement
    answer.to_string()
}

pub fn wait_group() -> String {
    // ANCHOR: wait-group
    let done = AtomicU32::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| done.fetch_add(1, Relaxed));
        }
    }); // here all four have ended
    // ANCHOR_END: wait-group
    format!("{} are done", done.load(Relaxed))
}

pub fn error_group() -> String {
    let first = wait(async {
        // ANCHOR: error-group
        let mut group = JoinSet::new();
        for part in 1..=3 {
            group.spawn(fetch(part));
        }
        let mut first = Ok(());
        while let Some(done) = group.join_next().await {
            first = done.expect("it did not panic");
            if first.is_err() {
                break;
            }
        }
        drop(group); // cancels those that still run
        // ANCHOR_END: error-group
        first
    });
    first.err().unwrap_or_default()
}

/// The second part fails; the others wait until they are cancelled.
async fn fetch(part: u32) -> Result<(), String> {
    if part == 2 {
        return Err(format!("part {part} is gone"));
    }
    std::future::pending().await
}

pub fn panic() -> String {
    // ANCHOR: panic
    let task = thread::spawn(|| look_up("gone"));
    // A panic ends its thread. The thread that joins it is told.
    match task.join() {
        Ok(value) => value.to_string(),
        Err(reason) => format!(
            "it panicked: {}",
            reason.downcast_ref::<&str>().unwrap_or(&"")
        ),
    }
    // ANCHOR_END: panic
}

fn look_up(key: &str) -> u32 {
    if key == "gone" {
        // Not `panic!`, which would also print what this prints.
        std::panic::resume_unwind(Box::new("no such key"));
    }
    1
}

pub fn worker_pool() -> String {
    // ANCHOR: worker-pool
    let (jobs, queue) = unbounded();
    let (results, squares) = unbounded();
    for _ in 0..3 {
        let (queue, results) = (queue.clone(), results.clone());
        thread::spawn(move || {
            for job in queue {
                results.send(job * job).expect("the collector lives");
            }
        });
    }
    drop(results); // only the workers have it now
    for job in 1..=10_u32 {
        jobs.send(job).expect("a worker lives");
    }
    drop(jobs); // no more: the workers end
    let sum: u32 = squares.iter().sum();
    // ANCHOR_END: worker-pool
    format!("the squares make {sum}")
}

pub fn semaphore() -> String {
    let (now, most) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    wait(async {
        // ANCHOR: semaphore
        let places = Arc::new(Semaphore::new(2));
        let mut tasks = JoinSet::new();
        for _ in 0..6 {
            let place = Arc::clone(&places)
                .acquire_owned()
                .await
                .expect("it is open");
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            tasks.spawn(async move {
                work(&now, &most).await;
                drop(place);
            });
        }
        tasks.join_all().await;
        // ANCHOR_END: semaphore
    });
    format!("{} at once", most.load(Relaxed))
}

/// Notes how many do this at once.
async fn work(now: &AtomicU32, most: &AtomicU32) {
    most.fetch_max(now.fetch_add(1, Relaxed) + 1, Relaxed);
    tokio::time::sleep(Duration::from_millis(5)).await;
    now.fetch_sub(1, Relaxed);
}
