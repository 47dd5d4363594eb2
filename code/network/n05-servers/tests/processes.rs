//! What ends with what: workers that are killed and stopped, a run that is killed, and a server that does not come back.

use std::path::{Path, PathBuf};

use crate::common::PROGRAM;
use crate::common::feed::{Feed, assert_exact};
use crate::common::program::{Ended, Program, is_running, until};
use crate::common::servers::{Servers, are_there};
use async_nats::jetstream::stream::Config;
use rustix::process::{Pid, Signal, kill_process};
use tokio::runtime::Runtime;

/// A run that reads for as long as the test writes, and whose workers have ranges all that time.
const FED: [&str; 6] = ["-", "--range", "50", "--delay", "20ms", "--format=json"];

fn place() -> [String; 2] {
    ["--place".to_owned(), format!("lookup={PROGRAM}")]
}

/// How a run ends to which something is done while it works; its report is exact.
fn after(own: &[String], act: impl FnOnce(&Program)) -> Ended {
    let (input, feed) = Feed::start();
    let arguments: Vec<&str> = FED
        .into_iter()
        .chain(own.iter().map(String::as_str))
        .collect();
    let run = Program::start_reading(input, &arguments);
    act(&run);
    let log = feed.end();
    let ended = run.ended();
    assert_exact(&log, &ended);
    ended
}

/// All that a run has started, and the folder that it has made.
fn all_of(run: &Program) -> (Vec<Pid>, PathBuf) {
    let mut folder = None;
    let mut children = Vec::new();
    until("servers, a janitor and two workers", || {
        children = run.children("");
        let janitor = children
            .iter()
            .find(|(_, line)| line.contains("--serve janitor "));
        folder = janitor.and_then(|(_, line)| line.rsplit(' ').next().map(PathBuf::from));
        children.len() == 5 && folder.is_some()
    });
    let ids = children.into_iter().map(|(pid, _)| pid).collect();
    (ids, folder.expect("it was found"))
}

fn assert_nothing_is_left(children: &[Pid], folder: &Path) {
    until("end of the children", || {
        !children.iter().any(|&child| is_running(child))
    });
    until("end of the folder", || !folder.exists());
}

#[test]
fn nothing_is_left_of_a_run_that_ends_well() {
    if !are_there("nothing_is_left_of_a_run_that_ends_well") {
        return;
    }
    let mut left = None;
    let ended = after(&[place(), place()].concat(), |run| {
        run.at_work(2);
        left = Some(all_of(run));
    });
    let (children, folder) = left.expect("it ran");
    assert!(
        !children.iter().any(|&child| is_running(child)),
        "{ended:?}"
    );
    assert!(!folder.exists());
    assert!(!ended.stderr.contains("is lost"), "{ended:?}");
}

#[test]
fn all_ends_with_a_run_that_is_killed() {
    if !are_there("all_ends_with_a_run_that_is_killed") {
        return;
    }
    let (input, feed) = Feed::start();
    let own = [place(), place()].concat();
    let arguments: Vec<&str> = FED
        .into_iter()
        .chain(own.iter().map(String::as_str))
        .collect();
    let run = Program::start_reading(input, &arguments);
    run.at_work(2);
    let (children, folder) = all_of(&run);
    run.signal(Signal::KILL);
    assert!(!run.ended().status.success());
    feed.end();
    assert_nothing_is_left(&children, &folder);
}

#[test]
fn workers_that_are_killed_again_and_again_cost_nothing_but_time() {
    if !are_there("workers_that_are_killed_again_and_again_cost_nothing_but_time") {
        return;
    }
    let ended = after(&[place(), place()].concat(), |run| {
        for lost in 0..3 {
            // The oldest that is left.
            kill_process(run.at_work(2 + lost)[lost], Signal::KILL).expect("it runs");
        }
        run.at_work(5);
    });
    assert_eq!(
        ended.stderr.matches("is lost, with signal: 9").count(),
        3,
        "{ended:?}"
    );
}

#[test]
fn a_run_whose_workers_are_all_stopped_does_the_work_itself() {
    if !are_there("a_run_whose_workers_are_all_stopped_does_the_work_itself") {
        return;
    }
    let mut stopped = Vec::new();
    let ended = after(&[place(), place()].concat(), |run| {
        stopped = run.at_work(2);
        for &worker in &stopped {
            kill_process(worker, Signal::STOP).expect("it runs");
        }
        let itself = "this process works, too";
        until(itself, || run.told().contains(itself));
    });
    assert!(
        !stopped.iter().any(|&worker| is_running(worker)),
        "{ended:?}"
    );
}

/// Joined workers know the queue and the name of the job, and nothing of the run.
#[test]
fn a_worker_that_comes_by_itself_works_for_one_run_after_another() {
    if !are_there("a_worker_that_comes_by_itself_works_for_one_run_after_another") {
        return;
    }
    let servers = Servers::start();
    let worker = Program::start(&[
        "--serve",
        "lookup",
        "--nats",
        &servers.queue(),
        "--job",
        "daily",
    ]);
    // Stopped workers only, or none of its own would be waited for.
    for _ in 0..2 {
        let own = [
            servers.arguments(),
            vec!["--job".into(), "daily".into()],
            place().into(),
        ]
        .concat();
        let ended = after(&own, |run| {
            // Its own worker is one of the two.
            run.at_work(1);
        });
        assert!(!ended.stderr.contains("is lost"), "{ended:?}");
    }
    worker.signal(Signal::INT);
    assert!(worker.ended().status.success());
}

#[test]
fn a_queue_that_does_not_come_back_is_an_error() {
    if !are_there("a_queue_that_does_not_come_back_is_an_error") {
        return;
    }
    let servers = Servers::start();
    let (input, feed) = Feed::start();
    let own = [
        servers.arguments(),
        place().into(),
        vec!["--patience".into(), "1s".into()],
    ]
    .concat();
    let arguments: Vec<&str> = FED
        .into_iter()
        .chain(own.iter().map(String::as_str))
        .collect();
    let run = Program::start_reading(input, &arguments);
    run.at_work(1);
    servers.kill_queue();
    let ended = run.ended();
    feed.end();
    assert_eq!(
        (ended.status.code(), &ended.stdout[..]),
        (Some(1), ""),
        "{ended:?}"
    );
    assert!(ended.stderr.contains("was not there for 1 s"), "{ended:?}");
}

/// Its workers would be told of two directories, one of which ends first.
#[test]
fn a_second_run_of_a_job_is_refused_while_the_first_is_at_work() {
    if !are_there("a_second_run_of_a_job_is_refused_while_the_first_is_at_work") {
        return;
    }
    let servers = Servers::start();
    let job = ["--job".to_owned(), "twice".to_owned()];
    let own = [servers.arguments(), job.into(), place().into()].concat();
    after(&own, |run| {
        run.at_work(1);
        let second = ["--lines".to_owned(), "1k".to_owned()];
        let second = [&second[..], &own].concat();
        let second: Vec<&str> = second.iter().map(String::as_str).collect();
        let ended = Program::run(&second);
        ended.assert_refused(2, "a run of the job twice is at work at 127.0.0.1:");
    });
}

/// Each range is worked on again and again, and nothing comes of it.
#[test]
fn a_queue_that_takes_no_report_is_an_error() {
    if !are_there("a_queue_that_takes_no_report_is_an_error") {
        return;
    }
    let servers = Servers::start();
    Runtime::new().expect("a runtime").block_on(async {
        let client = async_nats::connect(servers.url()).await;
        let context = async_nats::jetstream::new(client.expect("it is there"));
        let full = Config {
            name: "full-reports".into(),
            subjects: vec!["full.report.*".into()],
            max_message_size: 100,
            ..Config::default()
        };
        context.create_stream(full).await.expect("it can be made");
    });
    let log = ["--lines", "3k", "--patience", "1s", "--silence", "100ms"];
    let mut arguments = servers.arguments();
    arguments.extend(
        [&log[..], &["--job", "full"]]
            .concat()
            .into_iter()
            .map(str::to_owned),
    );
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ended = Program::run(&arguments);
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    assert_eq!(ended.stdout, "", "{ended:?}");
    assert!(ended.stderr.contains("message size exceeds"), "{ended:?}");
}

#[test]
fn an_interrupt_ends_the_input_and_the_work_drains() {
    if !are_there("an_interrupt_ends_the_input_and_the_work_drains") {
        return;
    }
    let place = place();
    let log = ["--lines", "60k", "--rate", "2k", "--format=json"];
    let own = [&log[..], &[&place[0], &place[1]]].concat();
    let run = Program::start(&own);
    run.at_work(1);
    let (server, worker) = (run.server("nats-server", 1), run.at_work(1)[0]);
    run.signal(Signal::INT);
    let ended = run.ended();
    assert_eq!(ended.status.code(), Some(130), "{ended:?}");
    assert!(
        ended.stderr.contains("interrupted: the input ends here"),
        "{ended:?}"
    );
    let (rows, lines) = ended.report();
    let hits = rows.as_array().expect("rows").iter();
    let hits: u64 = hits
        .map(|row| row["hits"].as_u64().expect("a number"))
        .sum();
    assert!(hits <= lines);
    assert!(![server, worker].into_iter().any(is_running));
}
