//! Old and new peers in one run, which work, or are told of in one sentence. Where messages have grown apart, what
//! is added is skipped, and what is missing is an error. (Peers of another version are refused before any work:
//! `strangers.rs`.)

use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use crate::common::ends::{in_time, job, number, take};
use crate::common::worker::worker;
use crate::common::{process, run_with};
use n01_remote_channels::channel::Receives;
use n01_remote_channels::job::Clients;
use n01_remote_channels::lookup::look_up;
use n01_remote_channels::start::Ended;
use n01_remote_channels::wire::{AnswersOut, JobsOut, QUEUE_MESSAGES, converse};
use remoc::rch::{mpsc, oneshot};
use remoc::{RemoteSend, codec};
use serde::{Deserialize, Serialize};
use tokio::net::UnixStream;
use tokio::runtime::Runtime;
use traffic::directory::{Config, Server};
use traffic::generator::{Workload, write_log};
use traffic::oracle::Oracle;
use traffic::{Directory, Error, Input, Meter, Plan, Report};

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

/// What an older worker is told first: it knows nothing of policies, batches and times yet.
#[derive(Serialize, Deserialize)]
struct OlderStart {
    jobs: JobsOut,
    ended: oneshot::Sender<Ended>,
    directory: Vec<SocketAddr>,
}

/// What a later worker is told first: it can do more, and needs not be told.
#[derive(Serialize, Deserialize)]
struct LaterStart {
    jobs: JobsOut,
    ended: oneshot::Sender<Ended>,
    directory: Vec<SocketAddr>,
    #[serde(default)]
    languages: Vec<String>,
}

/// What a worker is told first that needs to be told more.
#[derive(Serialize, Deserialize)]
struct DemandingStart {
    jobs: JobsOut,
    languages: Vec<String>,
}

async fn work(jobs: JobsOut, ended: oneshot::Sender<Ended>, directory: Vec<SocketAddr>) {
    let directory = Directory::at(&directory[..]).expect("an address");
    let stage = Meter::new().stage("lookup");
    let worked = look_up(jobs, directory.share(), Plan::default(), stage).await;
    worked.expect("the run is there");
    let asked = directory.stats();
    let _ = ended.send(Ended { asked });
    // The run reads that, and then is gone, and the test's runtime with it.
    std::future::pending::<()>().await;
}

/// A run with these workers and one of its own version.
fn run_beside(workers: &[SocketAddr]) -> (Result<Report, Error>, Oracle) {
    let mut log = Vec::new();
    write_log(Workload::Messy, 17, 3_000, &mut log, &mut |_| true).expect("memory takes all");
    let oracle = Oracle::of(&[&log]);
    let server = Server::start(Config {
        delay: Duration::ZERO,
        ..Config::default()
    });
    let server = server.expect("a server on loopback");
    let directory = Directory::at(server.address()).expect("an address");
    let places = workers
        .iter()
        .map(|at| ("place", format!("lookup={at}")))
        .chain([process()])
        .collect();
    let what = "old and new workers";
    let report =
        traffic::testing::in_time("n01-remote-channels", what, directory, move |directory| {
            let input = Input::from_bytes(&[&log]).expect("a temporary file");
            run_with(places, &input, &directory, &Plan::default(), &Meter::new())
        });
    (report, oracle)
}

#[test]
fn an_older_and_a_later_worker_work_in_one_run() {
    let runtime = Runtime::new().expect("a runtime");
    let older = worker(&runtime, |start: OlderStart| {
        work(start.jobs, start.ended, start.directory)
    });
    let later = worker(&runtime, |start: LaterStart| {
        assert!(start.languages.is_empty());
        work(start.jobs, start.ended, start.directory)
    });
    let (report, oracle) = run_beside(&[older, later]);
    let report = report.unwrap_or_else(|err| panic!("{err}"));
    oracle.assert_equal(&report, "n01-remote-channels", "old and new workers");
}

#[test]
fn a_worker_that_needs_to_be_told_more_is_told_of_in_one_sentence() {
    let runtime = Runtime::new().expect("a runtime");
    let demanding = worker(&runtime, |_: DemandingStart| async {
        unreachable!("it is not told that")
    });
    match run_beside(&[demanding]).0 {
        Err(Error::Lost(why)) => assert!(!why.contains('\n') && why.contains("is lost: "), "{why}"),
        other => panic!("{:?}", other.map(|report| report.lines())),
    }
}
