//! A worker that takes nothing: how far the run reads ahead of it, what that takes of memory, and that it ends
//! when the worker does.

mod common;

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use common::counted::Counted;
use common::run_with;
use common::worker::worker;
use n01_remote_channels::start::Start;
use n01_remote_channels::wire::{QUEUE_MESSAGES, UNDER_WAY_BYTES_MAX};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use traffic::generator::{Workload, write_log};
use traffic::testing::in_time;
use traffic::{Directory, Error, Input, Meter, Plan};

#[global_allocator]
static BYTES: Counted = Counted::new();

/// The most that a run may allocate whose worker takes nothing, both ends of the connection counted: what may be
/// under way there, and as much again for its queues, its runtime and everything else. The log is several
/// times as long.
const BYTES_MAX: usize = 2 * UNDER_WAY_BYTES_MAX;

#[test]
fn a_run_reads_no_further_than_its_channels_hold_and_ends_with_its_worker() {
    let runtime = Runtime::new().expect("a runtime");
    let (go, gone) = oneshot::channel::<()>();
    let address = worker(&runtime, |start: Start| async {
        let _ = gone.await;
        drop(start);
    });
    let mut log = Vec::new();
    write_log(Workload::Steady, 5, 60_000, &mut log, &mut |_| true).expect("memory takes all");
    let line_bytes_max = log
        .split(|&byte| byte == b'\n')
        .map(|line| line.len() as u64 + 1);
    let line_bytes_max = line_bytes_max.max().expect("lines");
    assert!(log.len() > 4 * BYTES_MAX, "{} bytes", log.len());
    let input = Arc::new(Input::from_bytes(&[&log]).expect("a temporary file"));
    let plan = Plan {
        capacity: 4,
        batch: 16,
        ..Plan::default()
    };
    // The queues of lines, jobs and tickets, one batch in the hands of each stage, and what the wire holds
    // at both ends: what is in the buffers between is counted by its answers, which are waited for.
    let batches_max = 3 * plan.capacity + 4 + 2 * QUEUE_MESSAGES;
    let lines_max = (batches_max * plan.batch) as u64;

    let before = BYTES.begin();
    let reading = Arc::clone(&input);
    let directory = Directory::at("127.0.0.1:9").expect("an address");
    let running = thread::spawn(move || {
        in_time(
            "n01-remote-channels",
            "a worker that takes nothing",
            directory,
            move |directory| {
                let own = vec![("place", format!("lookup={address}"))];
                run_with(own, &reading, &directory, &plan, &Meter::new())
            },
        )
    });
    let mut last = 0;
    loop {
        thread::sleep(Duration::from_millis(500));
        let (lines, bytes) = input.progress();
        assert!(
            lines <= lines_max,
            "{lines} lines were read, at most {lines_max} may be"
        );
        assert!(
            bytes <= lines_max * line_bytes_max,
            "{bytes} bytes were read"
        );
        // On a busy machine it may not have begun yet, or not be done.
        if lines > 0 && lines == last {
            break;
        }
        last = lines;
    }
    let bytes = BYTES.most() - before;
    assert!(
        bytes <= BYTES_MAX,
        "{bytes} bytes were allocated, at most {BYTES_MAX} may be"
    );
    println!("{lines_max} lines, {bytes} bytes");
    go.send(()).expect("it waits");
    match running.join().expect("no panic") {
        Err(Error::Lost(why)) => assert!(why.contains("is lost: "), "{why}"),
        other => panic!("{:?}", other.map(|report| report.lines())),
    }
}
