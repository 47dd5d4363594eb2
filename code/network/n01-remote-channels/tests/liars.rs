//! Workers that do not do what they should: a run ends with one sentence about them, or is exact all the
//! same.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::common::run_with;
use crate::common::worker::{work_at, worker};
use n01_remote_channels::channel::{Receives, Sends};
use n01_remote_channels::job::{Answers, Clients, Job};
use n01_remote_channels::lookup::look_up;
use n01_remote_channels::peer::{Patience, Peer};
use n01_remote_channels::start::{Ended, Start};
use n01_remote_channels::wire::RemoteJob;
use tokio::net::UnixStream;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use traffic::directory::{Config, Server, Table};
use traffic::generator::{Workload, write_log};
use traffic::oracle::Oracle;
use traffic::testing::in_time;
use traffic::{Directory, Error, Input, Meter, Plan, Report, Unresolved};

/// A run whose one worker works so.
fn run_against<W>(work: impl FnOnce(Start) -> W + Send + 'static) -> (Result<Report, Error>, Oracle)
where
    W: Future<Output = ()> + Send,
{
    let runtime = Runtime::new().expect("a runtime");
    let own = vec![("place", format!("lookup={}", worker(&runtime, work)))];
    let mut log = Vec::new();
    write_log(Workload::Messy, 13, 3_000, &mut log, &mut |_| true).expect("memory takes all");
    let oracle = Oracle::of(&[&log]);
    let table = Arc::new(Table::iana());
    let server = Server::start(Config {
        table,
        delay: Duration::ZERO,
        ..Config::default()
    });
    let server = server.expect("a server on loopback");
    let directory = Directory::at(server.address()).expect("an address");
    let report = in_time(
        "n01-remote-channels",
        "a liar",
        directory,
        move |directory| {
            let input = Input::from_bytes(&[&log]).expect("a temporary file");
            run_with(own, &input, &directory, &Plan::default(), &Meter::new())
        },
    );
    (report, oracle)
}

/// A run whose worker does so with its first job, and then nothing more.
fn lost_by<W>(answer: impl FnOnce(RemoteJob) -> W + Send + 'static) -> String
where
    W: Future<Output = ()> + Send,
{
    let (report, _) = run_against(|mut start| async move {
        let job = start.jobs.receive().await.expect("open").expect("a job");
        answer(job).await;
        // The other jobs wait until the run is gone.
        while let Ok(Some(job)) = start.jobs.receive().await {
            std::mem::forget(job);
        }
    });
    match report {
        Err(Error::Lost(why)) => why,
        other => panic!("{:?}", other.map(|report| report.lines())),
    }
}

fn answers(number: usize) -> Answers {
    let answers = vec![Err(Unresolved); number];
    Answers {
        answers,
        took: Duration::ZERO,
    }
}

#[test]
fn too_few_answers_are_an_error() {
    let why = lost_by(|mut job| async move {
        let number = job.clients.len() - 1;
        let _ = Sends::send(&mut job.answers, answers(number)).await;
    });
    assert!(why.contains("it gave 0 answers to 1 questions"), "{why}");
}

#[test]
fn too_many_answers_are_an_error() {
    let why = lost_by(|mut job| async move {
        let _ = Sends::send(&mut job.answers, answers(5_000)).await;
    });
    assert!(why.contains("it gave 5000 answers to 1 questions"), "{why}");
}

#[test]
fn a_job_that_is_let_go_is_an_error() {
    let why = lost_by(|job| async move { drop(job) });
    assert!(why.contains("it let go of a job without answers"), "{why}");
}

#[test]
fn a_worker_that_leaves_before_its_last_word_is_an_error() {
    let (report, _) = run_against(|start| async move {
        let Start {
            jobs,
            ref directory,
            ..
        } = start;
        let directory = Directory::at(&directory[..]).expect("an address");
        let stage = Meter::new().stage("lookup");
        // All jobs are answered, and then nothing is said.
        let worked = look_up(jobs, directory.share(), Plan::default(), stage).await;
        worked.expect("the run is there");
    });
    let Err(Error::Lost(why)) = report else {
        panic!("that all were answered is not known");
    };
    assert!(why.contains("is lost"), "{why}");
}

#[test]
fn answers_that_come_twice_are_counted_once() {
    let (report, oracle) = run_against(|mut start| async move {
        let directory = Directory::at(&start.directory[..])
            .expect("an address")
            .share();
        while let Ok(Some(mut job)) = start.jobs.receive().await {
            let clients: Vec<&[u8]> = job.clients.iter().collect();
            let answers = directory.lookup_many(&clients).await;
            let answers = Answers {
                answers,
                took: Duration::ZERO,
            };
            let again = answers.clone();
            let _ = Sends::send(&mut job.answers, answers).await;
            let _ = Sends::send(&mut job.answers, again).await;
        }
        let asked = Default::default();
        let _ = start.ended.send(Ended { asked });
        // The run reads that, and then is gone, and this runtime with it.
        std::future::pending::<()>().await;
    });
    let report = report.unwrap_or_else(|err| panic!("{err}"));
    oracle.assert_equal(&report, "n01-remote-channels", "answers that come twice");
}

#[test]
fn a_job_that_is_kept_too_long_is_an_error_though_the_worker_is_not_silent() {
    let runtime = Runtime::new().expect("a runtime");
    let outcome = in_time(
        "n01-remote-channels",
        "a job that is kept",
        Directory::at("127.0.0.1:9").expect("an address"),
        move |directory| {
            runtime.block_on(async {
                let (here, there) = UnixStream::pair().expect("a pair of sockets");
                tokio::spawn(work_at(there, |start: Start| async move {
                    std::future::pending::<()>().await;
                    drop(start);
                }));
                let plan = Plan::default();
                let peer = Peer::meet("it".into(), here, None, &directory, &plan).await;
                let (jobs_in, jobs) = mpsc::channel(1);
                let (answers, _) = mpsc::channel::<Answers>(1);
                let (clients, since) = (Clients::default(), SystemTime::now());
                let job = Job {
                    clients,
                    since,
                    answers,
                };
                jobs_in.send(job).await.expect("open");
                let job_max = Duration::from_millis(250);
                let patience = Patience {
                    under_way_max: 1,
                    job_max,
                };
                let stage = Meter::new().stage("lookup");
                peer.expect("it greets").work(jobs, patience, &stage).await
            })
        },
    );
    let Err(Error::Lost(why)) = outcome else {
        panic!("it has answered nothing");
    };
    assert_eq!(why, "it is lost: it kept a job for 0.25 s");
}
