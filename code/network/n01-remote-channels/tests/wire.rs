//! The clauses of the arrows' contracts, on the wire itself.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::common::ends::{
    QUIET, both_ways, channel, fill, in_time, is_accepted, job, number, take,
};
use n01_remote_channels::channel::{Receives, Sends, Sent};
use n01_remote_channels::job::{Answers, CLIENT_BYTES_MAX, Clients, Job};
use n01_remote_channels::wire::{self, JobsIn, JobsOut, UNDER_WAY_BYTES_MAX};
use tokio::sync::Barrier;
use tokio::time::timeout;
use traffic::{Holder, Unresolved};

#[test]
fn jobs_come_in_order_once_and_none_is_lost_and_then_the_end() {
    in_time(async {
        let (mut jobs_in, mut jobs, _connection) = channel().await;
        let sending = tokio::spawn(async move {
            for number in 0..3_000 {
                let (job, _) = job(format!("{number}").as_bytes());
                assert!(is_accepted(&mut jobs_in, job).await);
            }
        });
        for expected in 0..3_000 {
            assert_eq!(number(&take(&mut jobs).await), expected);
        }
        assert!(matches!(jobs.receive().await, Ok(None)));
        sending.await.expect("no panic");
    });
}

#[test]
fn a_receiver_that_takes_nothing_holds_the_sender_up_at_a_ceiling_in_bytes() {
    in_time(async {
        let (mut jobs_in, mut jobs, _connection) = channel().await;
        // Jobs as large as they come.
        let mut clients = Clients::default();
        while !clients.is_full() {
            clients.push(&[b'x'; 255]);
        }
        let mut sent = 0;
        let large = || {
            let (answers, _) = wire::answers();
            let (clients, since) = (clients.clone(), SystemTime::now());
            Job {
                clients,
                since,
                answers,
            }
        };
        while let Ok(accepted) = timeout(QUIET, is_accepted(&mut jobs_in, large())).await {
            assert!(accepted);
            sent += 1;
            assert!(
                sent * CLIENT_BYTES_MAX <= UNDER_WAY_BYTES_MAX,
                "{sent} jobs are under way"
            );
        }
        assert!(sent > 0);
        drop(jobs_in);
        let mut taken = 0;
        while let Ok(Some(job)) = jobs.receive().await {
            assert_eq!(job.clients, clients);
            taken += 1;
        }
        assert_eq!(taken, sent, "what was accepted was taken, and nothing else");
    });
}

#[test]
fn a_channel_that_nothing_is_taken_from_holds_no_other_up() {
    in_time(async {
        let (mut jobs_in, mut jobs, _connection) = channel().await;
        let (first, mut answers) = job(b"first");
        assert!(is_accepted(&mut jobs_in, first).await);
        let mut first = take(&mut jobs).await;
        assert!(fill(&mut jobs_in).await > 0);
        // netchan deadlocked here: one receiver that was not ready blocked the loop that served all.
        assert!(is_accepted(&mut first.answers, one_answer()).await);
        assert!(matches!(answers.receive().await, Ok(Some(_))));
    });
}

#[test]
fn two_requests_that_need_each_other_on_one_connection_finish() {
    /// Serves one end: job 0 is answered when the other end has answered a job 1 from here.
    async fn end(mut jobs_in: JobsIn, mut jobs: JobsOut, met: Arc<Barrier>) {
        let (question, mut answers) = job(b"0");
        assert!(is_accepted(&mut jobs_in, question).await);
        for _ in 0..2 {
            let mut job = take(&mut jobs).await;
            let (mut jobs_in, met) = (jobs_in.clone(), Arc::clone(&met));
            tokio::spawn(async move {
                if number(&job) == 0 {
                    // Both ends have a question by now, and no answer.
                    met.wait().await;
                    let (question, mut answers) = self::job(b"1");
                    assert!(is_accepted(&mut jobs_in, question).await);
                    assert!(matches!(answers.receive().await, Ok(Some(_))));
                }
                assert!(is_accepted(&mut job.answers, one_answer()).await);
            });
        }
        assert!(matches!(answers.receive().await, Ok(Some(_))));
    }

    in_time(async {
        let [here, there] = both_ways().await;
        let met = Arc::new(Barrier::new(2));
        tokio::join!(
            end(here.0, here.1, Arc::clone(&met)),
            end(there.0, there.1, met)
        );
    });
}

fn one_answer() -> Answers {
    Answers {
        answers: vec![Ok(Holder::new("a")), Err(Unresolved)],
        took: Duration::from_nanos(1_234_567_891),
    }
}

#[test]
fn times_and_channels_travel_in_messages() {
    in_time(async {
        let (mut jobs_in, mut jobs, _connection) = channel().await;
        let (job, mut answers) = job(b"a");
        let since = job.since;
        assert!(is_accepted(&mut jobs_in, job).await);
        let mut job = take(&mut jobs).await;
        assert_eq!(job.since, since);
        assert!(is_accepted(&mut job.answers, one_answer()).await);
        let answers = answers.receive().await.expect("open").expect("answers");
        assert_eq!(answers.answers, one_answer().answers);
        assert_eq!(answers.took, one_answer().took);
    });
}

#[test]
fn a_broken_connection_is_an_error_and_never_the_end() {
    in_time(async {
        let (mut jobs_in, mut jobs, connection) = channel().await;
        let (first, mut answers) = job(b"first");
        assert!(is_accepted(&mut jobs_in, first).await);
        let mut first = take(&mut jobs).await;
        connection.abort();
        assert!(jobs.receive().await.is_err());
        assert!(answers.receive().await.is_err());
        // Each sender learns of it, though not at once: until then items are accepted that go nowhere.
        while is_accepted(&mut jobs_in, job(b"x").0).await {
            tokio::task::yield_now().await;
        }
        while is_accepted(&mut first.answers, one_answer()).await {
            tokio::task::yield_now().await;
        }
    });
}

#[test]
fn a_dead_connection_with_a_hundred_jobs_gives_a_hundred_errors() {
    in_time(async {
        let (mut jobs_in, mut jobs, connection) = channel().await;
        let mut waiting = Vec::new();
        let mut taken = Vec::new();
        for _ in 0..100 {
            let (job, answers) = job(b"x");
            assert!(is_accepted(&mut jobs_in, job).await);
            waiting.push(answers);
            taken.push(take(&mut jobs).await);
        }
        connection.abort();
        for mut answers in waiting {
            assert!(answers.receive().await.is_err());
        }
    });
}

#[test]
fn a_job_that_is_let_go_is_told_from_a_broken_connection() {
    in_time(async {
        let (mut jobs_in, mut jobs, _connection) = channel().await;
        let (job, mut answers) = job(b"x");
        assert!(is_accepted(&mut jobs_in, job).await);
        drop(take(&mut jobs).await);
        assert!(matches!(answers.receive().await, Ok(None)));
    });
}

#[test]
fn a_receiver_that_wants_no_more_is_closed_to_its_sender() {
    in_time(async {
        let (mut jobs_in, jobs, _connection) = channel().await;
        drop(jobs);
        loop {
            match Sends::send(&mut jobs_in, job(b"x").0).await {
                // Accepted, and never seen by anything: the reason why accepted is not done.
                Ok(Sent::Accepted) => tokio::task::yield_now().await,
                Ok(Sent::Closed) => break,
                Err(err) => panic!("closed is no error: {err}"),
            }
        }
    });
}

#[test]
fn a_receive_that_loses_a_select_loses_no_job() {
    in_time(async {
        let (mut jobs_in, mut jobs, _connection) = channel().await;
        let sending = tokio::spawn(async move {
            for number in 0..2_000 {
                let (mut job, _) = job(format!("{number}").as_bytes());
                // Some come in many pieces: a receive is also given up in the middle of a job.
                while number % 100 == 0 && !job.clients.is_full() {
                    job.clients.push(&[b'x'; 255]);
                }
                assert!(is_accepted(&mut jobs_in, job).await);
            }
        });
        let mut expected = 0;
        loop {
            tokio::select! {
                biased;
                job = jobs.receive() => match job.expect("open") {
                    Some(job) => {
                        assert_eq!(number(&job), expected);
                        expected += 1;
                    }
                    None => break,
                },
                // Ready at once, so that a receive is given up whenever there is nothing yet.
                () = tokio::task::yield_now() => {}
            }
        }
        assert_eq!(expected, 2_000);
        sending.await.expect("no panic");
    });
}

#[test]
fn answers_overtake_one_another() {
    in_time(async {
        let (mut jobs_in, mut jobs, _connection) = channel().await;
        let (first, mut first_answers) = job(b"first");
        let (second, mut second_answers) = job(b"second");
        assert!(is_accepted(&mut jobs_in, first).await);
        assert!(is_accepted(&mut jobs_in, second).await);
        let (mut first, mut second) = (take(&mut jobs).await, take(&mut jobs).await);
        assert!(is_accepted(&mut second.answers, one_answer()).await);
        assert!(matches!(second_answers.receive().await, Ok(Some(_))));
        assert!(is_accepted(&mut first.answers, one_answer()).await);
        assert!(matches!(first_answers.receive().await, Ok(Some(_))));
    });
}
