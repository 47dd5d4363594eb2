//! Peers of one version whose messages have grown apart: what is added is skipped, what is missing is an
//! error. (Peers of another version are refused: `strangers.rs`.)

mod common;

use std::time::SystemTime;

use common::ends::{in_time, job, number, take};
use n01_remote_channels::channel::Receives;
use n01_remote_channels::job::Clients;
use n01_remote_channels::wire::{AnswersOut, JobsOut, QUEUE_MESSAGES, converse};
use remoc::rch::mpsc;
use remoc::{RemoteSend, codec};
use serde::{Deserialize, Serialize};
use tokio::net::UnixStream;

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

/// A channel for jobs whose sender takes them for something else.
async fn channel_for<T: RemoteSend>() -> (mpsc::Sender<T, codec::Default, QUEUE_MESSAGES>, JobsOut)
{
    type Of<T> = mpsc::Receiver<T, codec::Default, QUEUE_MESSAGES>;
    let (theirs, ours) = UnixStream::pair().expect("a pair of sockets");
    let (theirs, ours) = tokio::join!(
        converse::<_, Of<T>, ()>(theirs),
        converse::<_, (), JobsOut>(ours)
    );
    let (_, mut theirs, _) = theirs.expect("remoc is spoken");
    let (_, _, mut ours) = ours.expect("remoc is spoken");
    let (jobs_in, jobs) = mpsc::MpscExt::with_buffer(mpsc::with_local_buffer(1));
    theirs.send(jobs).await.expect("open");
    let jobs = ours.recv().await.expect("open");
    (jobs_in, jobs.expect("the receiver"))
}

#[test]
fn what_a_later_version_adds_is_skipped() {
    in_time(async {
        let (jobs_in, mut jobs) = channel_for().await;
        let (job, _answers) = job(b"7");
        let since = job.since;
        let more = MoreJob {
            priority: Some("high".to_owned()),
            since,
            clients: job.clients,
            answers: job.answers,
        };
        jobs_in.send(more).await.expect("open");
        let job = take(&mut jobs).await;
        assert_eq!((number(&job), job.since), (7, since));
    });
}

#[test]
fn what_is_missing_is_an_error_and_not_the_end() {
    in_time(async {
        let (jobs_in, mut jobs) = channel_for().await;
        let (job, _answers) = job(b"7");
        let less = LessJob {
            clients: job.clients,
            answers: job.answers,
        };
        jobs_in.send(less).await.expect("open");
        assert!(jobs.receive().await.is_err());
    });
}
