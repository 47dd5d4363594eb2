//! A death is noticed, stays alone, and is limited; whatever the nodes live as.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clap::Parser;
use tasks_are_nodes::message::Message;
use tasks_are_nodes::node::{Host, Node};
use tasks_are_nodes::supervisor::{Outcome, Strategy, Supervisor};
use tasks_are_nodes::{Plan, report};
use tokio::runtime::Runtime;
use tokio::sync::mpsc::unbounded_channel;

/// Far longer than any of these takes: what has not ended then never will.
const PATIENCE: Duration = Duration::from_secs(20);

/// Deaths to be asked through, and by how many: enough to hang without the last care of a mailbox.
const DEATHS: usize = 4_000;
const ASKERS: usize = 3;

/// Does something, and fails if it hangs.
fn in_time(work: impl FnOnce() + Send + 'static) {
    let (done, end) = mpsc::channel();
    let worker = thread::spawn(move || {
        work();
        done.send(()).unwrap();
    });
    let hangs = end.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout);
    assert!(!hangs, "it hangs");
    worker.join().unwrap();
}

fn on_both(work: fn(Host)) {
    let hosts = [Host::Threads, Host::Tasks(Runtime::new().unwrap())];
    thread::scope(|scope| {
        for host in hosts {
            scope.spawn(move || in_time(move || work(host)));
        }
    });
}

fn started(host: Host, strategy: Strategy, nodes: usize, restarts: u32) -> Supervisor {
    Supervisor::start(host, strategy, nodes, restarts).unwrap()
}

fn told(arguments: &[&str]) -> String {
    let mut out = Vec::new();
    let name = ["tasks-are-nodes"].iter();
    let plan = Plan::parse_from(name.chain(arguments));
    report(&plan, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_death_stays_alone() {
    on_both(|host| {
        let mut supervisor = started(host, Strategy::OneForOne, 3, 1);
        supervisor.work(10);
        supervisor.nodes()[1].address().send(Message::Nonsense);
        let last_words = "cannot handle this message".to_owned();
        assert_eq!(supervisor.attend().unwrap(), Outcome::Restarted(last_words));
        assert_eq!(supervisor.totals(), [10, 0, 10]);
    });
}

#[test]
fn or_all_begin_again() {
    on_both(|host| {
        let mut supervisor = started(host, Strategy::OneForAll, 3, 2);
        for _ in 0..2 {
            supervisor.work(10);
            supervisor.nodes()[1].address().send(Message::Nonsense);
            supervisor.attend().unwrap();
            assert_eq!(supervisor.totals(), [0; 3]);
        }
    });
}

#[test]
fn a_supervisor_gives_up_in_the_end() {
    on_both(|host| {
        let mut supervisor = started(host, Strategy::OneForOne, 2, 0);
        supervisor.work(10);
        supervisor.nodes()[0].address().send(Message::Nonsense);
        assert_eq!(supervisor.attend().unwrap(), Outcome::GivenUp(10));
    });
}

#[test]
fn whoever_asks_a_node_that_is_dying_does_not_wait_for_ever() {
    on_both(|host| {
        let (reader, mut obituaries) = unbounded_channel();
        for number in 0..DEATHS {
            let node = Node::start(&host, number, &reader).unwrap();
            let address = node.address();
            // Several at once, so that one of them gets its place in the mailbox just before the end.
            thread::scope(|scope| {
                for _ in 0..ASKERS {
                    scope.spawn(|| while address.ask().is_some() {});
                }
                address.send(Message::Nonsense);
                assert_eq!(address.ask(), None);
            });
            assert_eq!(obituaries.blocking_recv(), Some(number));
            assert!(node.join().is_err());
        }
    });
}

#[test]
fn joining_brings_the_result_or_the_last_words() {
    on_both(|host| {
        let (reader, _) = unbounded_channel();
        let node = Node::start(&host, 0, &reader).unwrap();
        node.address().send(Message::Add(3));
        node.address().send(Message::Add(4));
        assert_eq!(node.join(), Ok(7));
        let node = Node::start(&host, 1, &reader).unwrap();
        node.address().send(Message::Nonsense);
        assert_eq!(node.join(), Err("cannot handle this message".to_owned()));
    });
}

#[test]
fn the_chapter_shows_what_is_printed() {
    in_time(|| {
        for kind in ["thread", "task"] {
            assert_eq!(told(&["--kind", kind]), include_str!("../output.txt"));
            let unwatched = told(&["--kind", kind, "--unwatched"]);
            assert_eq!(unwatched, include_str!("../unwatched.txt"));
        }
    });
}

#[test]
fn more_messages_than_one_likes_to_wait_for_are_refused() {
    for arguments in [
        ["--messages", "50001"],
        ["--messages", "18446744073709551615"],
    ] {
        let name = ["tasks-are-nodes"].iter();
        assert!(Plan::parse_from(name.chain(&arguments)).check().is_err());
    }
    let plan = Plan::parse_from(["tasks-are-nodes", "--messages", "50000"]);
    assert_eq!(plan.check(), Ok(()));
}
