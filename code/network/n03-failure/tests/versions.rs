//! Peers of one version whose messages have grown apart: what is added is skipped, what is missing is an
//! error. (Peers of another version are refused: `strangers.rs`.)

use crate::common::ends::{in_time, take, task};
use n03_failure::channel::Receives;
use n03_failure::ranges::{Lease, Part};
use n03_failure::start::TasksOut;
use n03_failure::wire::converse;
use n03_failure::work::LEASES_MAX;
use remoc::rch::mpsc;
use remoc::{RemoteSend, codec};
use serde::{Deserialize, Serialize};
use tokio::net::UnixStream;

/// A range of a later version that says more.
#[derive(Serialize, Deserialize)]
struct MoreTask {
    priority: Option<String>,
    part: Part,
    lease: Lease,
}

/// A range of a version that lacks what this one needs.
#[derive(Serialize, Deserialize)]
struct LessTask {
    part: Part,
}

/// A channel for ranges whose sender takes them for something else.
async fn channel_for<T: RemoteSend>() -> (mpsc::Sender<T, codec::Default, LEASES_MAX>, TasksOut) {
    type Of<T> = mpsc::Receiver<T, codec::Default, LEASES_MAX>;
    let (theirs, ours) = UnixStream::pair().expect("a pair of sockets");
    let (theirs, ours) = tokio::join!(
        converse::<_, Of<T>, ()>(theirs),
        converse::<_, (), TasksOut>(ours)
    );
    let (_, mut theirs, _) = theirs.expect("remoc is spoken");
    let (_, _, mut ours) = ours.expect("remoc is spoken");
    let (tasks_in, tasks) = mpsc::MpscExt::with_buffer(mpsc::with_local_buffer(1));
    theirs.send(tasks).await.expect("open");
    let tasks = ours.recv().await.expect("open");
    (tasks_in, tasks.expect("the receiver"))
}

#[test]
fn what_a_later_version_adds_is_skipped() {
    in_time(async {
        let (tasks_in, mut tasks) = channel_for().await;
        let sent = task(7);
        let more = MoreTask {
            priority: Some("high".to_owned()),
            part: (*sent.part).clone(),
            lease: sent.lease,
        };
        tasks_in.send(more).await.expect("open");
        let got = take(&mut tasks).await;
        assert_eq!((got.lease, got.part), (sent.lease, sent.part));
    });
}

#[test]
fn what_is_missing_is_an_error_and_not_the_end() {
    in_time(async {
        let (tasks_in, mut tasks) = channel_for().await;
        let part = (*task(7).part).clone();
        tasks_in.send(LessTask { part }).await.expect("open");
        assert!(tasks.receive().await.is_err());
    });
}
