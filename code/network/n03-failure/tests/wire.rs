//! What a channel for ranges does between two processes: each test is a clause of its contract.

use std::time::Duration;

use crate::common::ends::{channel, in_time, is_accepted, part, take, task};
use n03_failure::channel::Receives;
use n03_failure::ranges::Task;
use tokio::time::timeout;

#[test]
fn ranges_come_in_order_with_growing_tokens_and_then_the_end() {
    in_time(async {
        let (mut tasks_in, mut tasks, _connection) = channel().await;
        let sending = tokio::spawn(async move {
            for number in 0..500 {
                assert!(is_accepted(&mut tasks_in, task(number)).await);
            }
        });
        for number in 0..500 {
            let Task { lease, part: got } = take(&mut tasks).await;
            assert_eq!((lease.range, lease.token), (number, number + 7));
            assert_eq!(got, part(number.to_string().as_bytes()));
        }
        assert!(matches!(tasks.receive().await, Ok(None)));
        sending.await.expect("no panic");
    });
}

#[test]
fn a_range_of_bytes_that_are_no_text_arrives_as_it_was() {
    in_time(async {
        let (mut tasks_in, mut tasks, _connection) = channel().await;
        let bytes: Vec<u8> = (0..=255).filter(|&byte| byte != b'\n').collect();
        // Longer than what a message is cut into, and than what remoc holds in one piece.
        let long = bytes.repeat(4_000);
        let sent = Task {
            part: part(&long),
            ..task(3)
        };
        assert!(is_accepted(&mut tasks_in, sent).await);
        let line = take(&mut tasks).await.part.lines().next();
        assert!(line.expect("one").bytes == long);
    });
}

#[test]
fn a_broken_connection_is_an_error_and_never_the_end() {
    in_time(async {
        let (mut tasks_in, mut tasks, connection) = channel().await;
        assert!(is_accepted(&mut tasks_in, task(0)).await);
        take(&mut tasks).await;
        connection.abort();
        assert!(tasks.receive().await.is_err());
    });
}

#[test]
fn a_receive_that_loses_a_choice_loses_no_range() {
    in_time(async {
        let (mut tasks_in, mut tasks, _connection) = channel().await;
        let sending = tokio::spawn(async move {
            for number in 0..200 {
                assert!(is_accepted(&mut tasks_in, task(number)).await);
            }
        });
        let mut came = Vec::new();
        loop {
            match timeout(Duration::from_micros(50), tasks.receive()).await {
                Err(_) => {}
                Ok(Ok(Some(task))) => came.push(task.lease.range),
                Ok(end) => break assert!(end.expect("no error").is_none()),
            }
        }
        assert_eq!(came, Vec::from_iter(0..200));
        sending.await.expect("no panic");
    });
}
