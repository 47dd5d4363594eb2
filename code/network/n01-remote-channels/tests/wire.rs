//! The clauses of the arrows' contracts, on the wire itself: two ends, and nothing between them but a pair
//! of sockets that a test can cut.

use std::future::Future;
use std::time::{Duration, SystemTime};

use n01_remote_channels::channel::{Receives, Sends, Sent};
use n01_remote_channels::job::{Answers, CLIENT_BYTES_MAX, Clients, Job};
use n01_remote_channels::wire::{
    self, AnswersOut, JobsIn, JobsOut, RemoteJob, UNDER_WAY_BYTES_MAX, converse,
};
use remoc::rch::mpsc;
use serde::{Deserialize, Serialize};
use tokio::net::UnixStream;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use traffic::{Holder, Unresolved};

/// What has not happened by then does not happen. Far longer than anything here takes.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// A sender that has not got on for so long is held up, or the machine is busy: then it has sent less.
const QUIET: Duration = Duration::from_millis(500);

fn in_time(work: impl Future<Output = ()>) {
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(async { timeout(TIME_LIMIT, work).await.expect("it hangs") });
}

/// The two ends of a channel for jobs, and the connection of one of them.
async fn channel() -> (JobsIn, JobsOut, JoinHandle<Option<String>>) {
    let (here, there) = UnixStream::pair().expect("a pair of sockets");
    let (here, there) = tokio::join!(
        converse::<_, JobsOut, ()>(here),
        converse::<_, (), JobsOut>(there)
    );
    let (connection, mut sender, _) = here.expect("remoc is spoken");
    let (_, _, mut receiver) = there.expect("remoc is spoken");
    let (jobs_in, jobs) = wire::jobs();
    sender.send(jobs).await.expect("open");
    let jobs = receiver.recv().await.expect("open");
    (jobs_in, jobs.expect("the receiver"), connection)
}

fn job(client: &[u8]) -> (RemoteJob, wire::AnswersIn) {
    let mut clients = Clients::default();
    clients.push(client);
    let (answers_in, answers) = wire::answers();
    let since = SystemTime::now();
    let job = Job {
        clients,
        since,
        answers: answers_in,
    };
    (job, answers)
}

fn number(job: &RemoteJob) -> usize {
    let text = String::from_utf8(job.clients.iter().next().expect("one").to_vec());
    text.expect("digits").parse().expect("a number")
}

async fn take(jobs: &mut JobsOut) -> RemoteJob {
    jobs.receive().await.expect("open").expect("a job")
}

async fn is_accepted<T, S: Sends<T>>(to: &mut S, item: T) -> bool {
    matches!(to.send(item).await, Ok(Sent::Accepted))
}

/// Sends numbered jobs until that goes no further, and says how many.
async fn fill(jobs_in: &mut JobsIn) -> usize {
    let mut sent = 0;
    loop {
        let (job, _) = job(format!("{sent}").as_bytes());
        let Ok(accepted) = timeout(QUIET, is_accepted(jobs_in, job)).await else {
            return sent;
        };
        assert!(accepted);
        sent += 1;
    }
}

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
                let (job, _) = job(format!("{number}").as_bytes());
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

/// A job of a later version that says more.
#[derive(Serialize, Deserialize)]
struct MoreJob {
    priority: Option<String>,
    since: SystemTime,
    clients: Clients,
    answers: AnswersOut,
}

/// A job of a version that lacks what this one needs.
#[derive(Serialize, Deserialize)]
struct LessJob {
    clients: Clients,
    answers: AnswersOut,
}

type Of<T> = mpsc::Receiver<T, remoc::codec::Default, { wire::QUEUE_MESSAGES }>;

#[test]
fn what_a_later_version_adds_is_skipped() {
    in_time(async {
        let (here, there) = UnixStream::pair().expect("a pair of sockets");
        let (here, there) = tokio::join!(
            converse::<_, Of<MoreJob>, ()>(here),
            converse::<_, (), JobsOut>(there)
        );
        let ((_connection, mut later, _), (_, _, mut now)) = (
            here.expect("remoc is spoken"),
            there.expect("remoc is spoken"),
        );
        let (jobs_in, jobs) = mpsc::with_local_buffer(1);
        later
            .send(mpsc::MpscExt::with_buffer((jobs_in.clone(), jobs)).1)
            .await
            .expect("open");
        let mut jobs = now.recv().await.expect("open").expect("the receiver");
        let (
            RemoteJob {
                clients,
                since,
                answers,
            },
            _answers,
        ) = job(b"7");
        let priority = Some("high".to_owned());
        let more = MoreJob {
            priority,
            since,
            clients,
            answers,
        };
        jobs_in.send(more).await.expect("open");
        let job = take(&mut jobs).await;
        assert_eq!((number(&job), job.since), (7, since));
    });
}

#[test]
fn what_is_missing_is_an_error_and_not_the_end() {
    in_time(async {
        let (here, there) = UnixStream::pair().expect("a pair of sockets");
        let (here, there) = tokio::join!(
            converse::<_, Of<LessJob>, ()>(here),
            converse::<_, (), JobsOut>(there)
        );
        let ((_connection, mut earlier, _), (_, _, mut now)) = (
            here.expect("remoc is spoken"),
            there.expect("remoc is spoken"),
        );
        let (jobs_in, jobs) = mpsc::with_local_buffer(1);
        earlier
            .send(mpsc::MpscExt::with_buffer((jobs_in.clone(), jobs)).1)
            .await
            .expect("open");
        let mut jobs = now.recv().await.expect("open").expect("the receiver");
        let (
            RemoteJob {
                clients, answers, ..
            },
            _answers,
        ) = job(b"7");
        jobs_in
            .send(LessJob { clients, answers })
            .await
            .expect("open");
        assert!(jobs.receive().await.is_err());
    });
}
