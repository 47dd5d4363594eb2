//! What the queue does with ranges: each test is a clause of the contract.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::common::here;
use crate::common::run::run_with;
use crate::common::servers::{Servers, are_there, shared};
use async_nats::jetstream::Message;
use n05_servers::AHEAD_MAX;
use n05_servers::queue::{Queue, Terms, in_progress};
use n05_servers::taking::take;
use tokio::runtime::Runtime;
use tokio::time::sleep;
use traffic::generator::{Workload, write_log};
use traffic::testing::in_time;
use traffic::{Directory, Input, Meter, Plan};

const TERMS: Terms = Terms {
    silence: Duration::from_millis(400),
    keeps: false,
};

/// The queue of a job that no other test has.
async fn queue(servers: &Servers, job: &str) -> Queue {
    let queue = Queue::connect(&servers.url(), job)
        .await
        .expect("it is there");
    queue.prepare(TERMS).await.expect("it can be made");
    queue
}

async fn publish(queue: &Queue, number: usize) {
    let (subject, id) = (format!("range.{number}"), format!("range-{number}"));
    queue
        .publish(&subject, &id, subject.clone().into())
        .await
        .expect("acknowledged");
}

/// Takes so many messages.
async fn taken(queue: &Queue, most: usize) -> Vec<Message> {
    let ranges = queue
        .consumer("ranges", "workers")
        .await
        .expect("it is there");
    let mut messages = Vec::new();
    while messages.len() < most {
        let mut taking = take(queue, &ranges, most - messages.len()).await;
        while let Some(message) = taking.next().await {
            messages.push(message);
        }
    }
    messages
}

fn subjects(messages: &[Message]) -> Vec<String> {
    messages
        .iter()
        .map(|message| message.subject.to_string())
        .collect()
}

#[test]
fn ranges_come_in_order_and_a_second_time_when_they_are_not_acknowledged() {
    if !are_there("ranges_come_in_order_and_a_second_time_when_they_are_not_acknowledged") {
        return;
    }
    Runtime::new().expect("a runtime").block_on(async {
        let queue = queue(shared(), "order").await;
        for number in 0..5 {
            publish(&queue, number).await;
        }
        let first = taken(&queue, 5).await;
        let expected: Vec<String> = (0..5)
            .map(|number| format!("order.range.{number}"))
            .collect();
        assert_eq!(subjects(&first), expected);
        for message in &first[..4] {
            message.double_ack().await.expect("the server says so");
        }
        let again = taken(&queue, 1).await;
        assert_eq!(subjects(&again), ["order.range.4"]);
        assert!(again[0].info().expect("it says so").delivered > 1);
        queue.end().await;
    });
}

/// That an identity is taken once is the server's promise for as long as it remembers: a help, and not what counts.
#[test]
fn what_is_published_twice_is_there_once() {
    if !are_there("what_is_published_twice_is_there_once") {
        return;
    }
    Runtime::new().expect("a runtime").block_on(async {
        let queue = queue(shared(), "twice").await;
        for number in [0, 0, 1, 0, 1] {
            publish(&queue, number).await;
        }
        let messages = taken(&queue, 2).await;
        assert_eq!(subjects(&messages), ["twice.range.0", "twice.range.1"]);
        queue.end().await;
    });
}

#[test]
fn a_range_that_is_in_progress_is_not_given_again() {
    if !are_there("a_range_that_is_in_progress_is_not_given_again") {
        return;
    }
    Runtime::new().expect("a runtime").block_on(async {
        let queue = queue(shared(), "progress").await;
        publish(&queue, 0).await;
        let first = taken(&queue, 1).await.pop().expect("one");
        let said = tokio::spawn(async move {
            loop {
                in_progress(&first).await.expect("open");
                sleep(TERMS.silence / 40).await;
            }
        });
        let ranges = queue
            .consumer("ranges", "workers")
            .await
            .expect("it is there");
        let mut again = 0;
        // Several times as long as a silence may be.
        for _ in 0..4 {
            again += usize::from(take(&queue, &ranges, 1).await.next().await.is_some());
        }
        // On a machine that let this process wait for so long there was silence, and that is what is promised.
        if again > 0 {
            println!(
                "*** there was silence for {:?}: this machine is very busy",
                TERMS.silence
            );
        }
        said.abort();
        let _ = said.await;
        assert_eq!(
            subjects(&taken(&queue, 1).await),
            ["progress.range.0"],
            "silence gives it again"
        );
        queue.end().await;
    });
}

/// A run whose workers do nothing, since their directory does not answer.
#[test]
fn a_run_reads_no_further_than_its_ranges_go() {
    if !are_there("a_run_reads_no_further_than_its_ranges_go") {
        return;
    }
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback");
    let policy = traffic::directory::Policy {
        timeout: Duration::from_secs(40),
        tries: 1,
        ..Default::default()
    };
    let address = silent.local_addr().expect("bound");
    let directory = Directory::with_policy(address, policy).expect("an address");
    let mut log = Vec::new();
    write_log(Workload::Cold, 5, 20_000, &mut log, &mut |_| true).expect("memory takes all");
    let input = Arc::new(Input::from_bytes(&[&log]).expect("a temporary file"));
    let range = 100;
    // Given away, one in the hands of the reader, and one between the two.
    let lines_max = (AHEAD_MAX as u64 + 2) * range;
    let reading = Arc::clone(&input);
    let running = thread::spawn(move || {
        in_time(
            "n05-servers",
            "workers that do nothing",
            directory,
            move |directory| {
                let own = vec![
                    here(),
                    ("range", range.to_string()),
                    ("redis", "none".into()),
                ];
                run_with(own, &reading, &directory, &Plan::default(), &Meter::new())
            },
        )
    });
    let mut last = 0;
    loop {
        thread::sleep(Duration::from_millis(400));
        let (lines, _) = input.progress();
        assert!(
            lines <= lines_max,
            "{lines} lines were read, at most {lines_max} may be"
        );
        // On a busy machine it may not have begun yet, or not be done.
        if lines > 0 && lines == last {
            break;
        }
        last = lines;
    }
    input.stop();
    // Its questions end with their connections.
    drop(silent);
    let report = running.join().expect("no panic").expect("it is readable");
    assert_eq!(report.lines(), input.progress().0);
}
