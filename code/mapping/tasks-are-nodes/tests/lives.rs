//! A death is noticed, stays alone, and is limited; whatever the nodes live as.

use clap::Parser;
use tasks_are_nodes::node::{Host, Message};
use tasks_are_nodes::supervisor::{Outcome, Strategy, Supervisor};
use tasks_are_nodes::{Plan, report};
use tokio::runtime::Runtime;

fn hosts() -> [Host; 2] {
    [Host::Threads, Host::Tasks(Runtime::new().unwrap())]
}

fn totals(supervisor: &Supervisor) -> Vec<Option<u64>> {
    let nodes = supervisor.nodes().iter();
    nodes.map(tasks_are_nodes::node::Node::read).collect()
}

#[test]
fn a_death_stays_alone() {
    for host in hosts() {
        let mut supervisor = Supervisor::start(host, Strategy::OneForOne, 3, 1);
        supervisor.work(10);
        supervisor.nodes()[1].send(Message::Nonsense);
        let outcome = supervisor.attend();
        assert_eq!(
            outcome,
            Outcome::Restarted("cannot handle this message".to_owned())
        );
        assert_eq!(totals(&supervisor), [Some(10), Some(0), Some(10)]);
    }
}

#[test]
fn or_all_begin_again() {
    for host in hosts() {
        let mut supervisor = Supervisor::start(host, Strategy::OneForAll, 3, 2);
        for _ in 0..2 {
            supervisor.work(10);
            supervisor.nodes()[1].send(Message::Nonsense);
            supervisor.attend();
            assert_eq!(totals(&supervisor), [Some(0); 3]);
        }
    }
}

#[test]
fn a_supervisor_gives_up_in_the_end() {
    for host in hosts() {
        let mut supervisor = Supervisor::start(host, Strategy::OneForOne, 2, 0);
        supervisor.work(10);
        supervisor.nodes()[0].send(Message::Nonsense);
        assert_eq!(supervisor.attend(), Outcome::GivenUp(10));
    }
}

#[test]
fn threads_and_tasks_tell_the_same_story() {
    let told = |kind: &str| {
        let mut out = Vec::new();
        let plan = Plan::parse_from(["tasks-are-nodes", "--kind", kind]);
        report(&plan, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    assert_eq!(told("thread"), told("task"));
}
