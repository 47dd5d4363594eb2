//! A service that takes nothing: how far the run reads ahead of it, and that it ends when the service does.

mod common;

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use common::run_with;
use n02_rpc::hello::greet;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use traffic::generator::{Workload, write_log};
use traffic::testing::in_time;
use traffic::{Directory, Error, Input, Meter, Plan};

#[test]
fn a_run_reads_no_further_than_its_channels_hold_and_ends_with_its_service() {
    let runtime = Runtime::new().expect("a runtime");
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"));
    let listener = listener.expect("loopback");
    let address = listener.local_addr().expect("bound");
    let (go, gone) = oneshot::channel::<()>();
    runtime.spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a run");
        greet(&mut stream, "front").await.expect("a run of ours");
        let _ = gone.await;
    });
    let mut log = Vec::new();
    write_log(Workload::Steady, 5, 50_000, &mut log, &mut |_| true).expect("memory takes all");
    let line_bytes_max = log
        .split(|&byte| byte == b'\n')
        .map(|line| line.len() as u64 + 1);
    let line_bytes_max = line_bytes_max.max().expect("lines");
    let input = Arc::new(Input::from_bytes(&[&log]).expect("a temporary file"));
    let plan = Plan {
        workers: 2,
        capacity: 4,
        batch: 16,
        ..Plan::default()
    };
    // The queues of lines, jobs and tickets, one batch in the hands of each stage, the calls, and the one that
    // waits for one of them.
    let batches_max = 3 * plan.capacity + 4 + plan.workers + 1;
    let lines_max = (batches_max * plan.batch) as u64;

    let reading = Arc::clone(&input);
    let directory = Directory::at("127.0.0.1:9").expect("an address");
    let running = thread::spawn(move || {
        in_time(
            "n02-rpc",
            "a service that takes nothing",
            directory,
            move |directory| {
                let own = vec![("place", format!("front={address}"))];
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
    go.send(()).expect("it waits");
    match running.join().expect("no panic") {
        Err(Error::Lost(why)) => assert!(why.contains("is gone"), "{why}"),
        other => panic!("{:?}", other.map(|report| report.lines())),
    }
}
