//! The shared cache, and the small ones in front of it: what they spare, and what becomes of answers when they are lost.

use std::sync::Arc;
use std::time::Duration;

use crate::common::program::{TIME_LIMIT, pid};
use crate::common::run::run_with;
use crate::common::servers::{Servers, are_there, shared};
use crate::common::{Own, here, process, small};
use n05_servers::commons::Shared;
use rustix::process::{Signal, kill_process};
use tokio::runtime::Runtime;
use traffic::directory::{Config, Server, Table};
use traffic::generator::{Workload, write_log};
use traffic::oracle::Oracle;
use traffic::{Directory, Input, Meter, Plan};

const LONG: Duration = Duration::from_secs(600);

const CLIENTS: [&[u8]; 4] = [
    b"8.8.8.8",
    b"1.1.1.1",
    b"host.example",
    b"no such client\xff",
];

fn server() -> Server {
    let config = Config {
        table: Arc::new(Table::iana()),
        delay: Duration::ZERO,
        ..Config::default()
    };
    Server::start(config).expect("loopback")
}

fn url(servers: &Servers) -> String {
    format!("redis+unix://{}", servers.cache().display())
}

#[test]
fn what_one_has_asked_another_need_not_ask() {
    if !are_there("what_one_has_asked_another_need_not_ask") {
        return;
    }
    let (server, url) = (server(), url(shared()));
    let directory = Directory::at(server.address()).expect("an address");
    Runtime::new().expect("a runtime").block_on(async {
        let new = |job| Shared::new(&directory, Some(&url), LONG, job).expect("a URL");
        let [first, second, other] = ["one", "one", "another"].map(new);
        let answers = first.lookup_many(&CLIENTS).await;
        let asked = server.keys();
        assert!(asked > 0);
        // Telling the cache is not waited for: ask until it knows. A busy machine may find it late, and asks again.
        let mut before = asked;
        loop {
            assert_eq!(second.lookup_many(&CLIENTS).await, answers);
            let now = server.keys();
            if now == before {
                break;
            }
            before = now;
        }
        // Where all is known there is nothing to tell it, and it is asked again all the same.
        let (mut before, mut in_a_row) = (server.keys(), 0);
        let since = std::time::Instant::now();
        while in_a_row < 5 {
            assert!(
                since.elapsed() < TIME_LIMIT,
                "it is left alone again and again"
            );
            assert_eq!(second.lookup_many(&CLIENTS).await, answers);
            in_a_row = if server.keys() == before {
                in_a_row + 1
            } else {
                0
            };
            before = server.keys();
        }
        assert_eq!(other.lookup_many(&CLIENTS).await, answers);
        assert!(server.keys() > before, "another job's answers are its own");
    });
}

#[test]
fn a_cache_that_is_lost_costs_no_answer() {
    if !are_there("a_cache_that_is_lost_costs_no_answer") {
        return;
    }
    let servers = Servers::start();
    assert_answers(&servers, || servers.kill_cache());
}

#[test]
fn a_cache_that_is_stopped_costs_no_answer() {
    if !are_there("a_cache_that_is_stopped_costs_no_answer") {
        return;
    }
    let servers = Servers::start();
    let stopped = || kill_process(pid(servers.cache_id()), Signal::STOP).expect("it runs");
    assert_answers(&servers, stopped);
}

/// All questions have their answers before something is done to the cache and after.
fn assert_answers(servers: &Servers, act: impl FnOnce()) {
    let server = server();
    let directory = Directory::at(server.address()).expect("an address");
    Runtime::new().expect("a runtime").block_on(async {
        let shared = Shared::new(&directory, Some(&url(servers)), LONG, "lost").expect("a URL");
        let answers = shared.lookup_many(&CLIENTS).await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        act();
        for _ in 0..3 {
            assert_eq!(shared.lookup_many(&CLIENTS).await, answers);
        }
    });
}

#[test]
fn an_answer_is_kept_for_its_time_and_no_longer() {
    if !are_there("an_answer_is_kept_for_its_time_and_no_longer") {
        return;
    }
    let (server, url) = (server(), url(shared()));
    let directory = Directory::at(server.address()).expect("an address");
    Runtime::new().expect("a runtime").block_on(async {
        let keeps = Duration::from_millis(1);
        let shared = Shared::new(&directory, Some(&url), keeps, "short").expect("a URL");
        let before = server.keys();
        for times in 1..4 {
            shared
                .lookup_many(&CLIENTS[..1])
                .await
                .pop()
                .expect("one")
                .expect("an answer");
            assert_eq!(server.keys(), before + times, "it was kept for too long");
            tokio::time::sleep(20 * keeps).await;
        }
    });
}

/// With places for a single answer each worker asks again and again, and is right.
#[test]
fn a_small_cache_of_its_own_stays_small() {
    if !are_there("a_small_cache_of_its_own_stays_small") {
        return;
    }
    let mut log = Vec::new();
    write_log(Workload::Steady, 9, 3_000, &mut log, &mut |_| true).expect("memory takes all");
    let oracle = Oracle::of(&[&log]);
    let asked = |size: &str, places: Vec<Own>| {
        let server = server();
        let directory = Directory::at(server.address()).expect("an address");
        let input = Input::from_bytes(&[&log]).expect("a temporary file");
        let own = vec![
            small(),
            ("near-size", size.into()),
            ("redis", "none".into()),
        ];
        let own = [own, places].concat();
        let report = run_with(own, &input, &directory, &Plan::default(), &Meter::new());
        oracle.assert_equal(&report.expect("exact"), "n05-servers", size);
        server.keys()
    };
    let (one, many) = (asked("1", vec![here()]), asked("65536", vec![here()]));
    assert!(
        one > many,
        "{one} with room for one answer, {many} with room for all"
    );
    assert!(asked("65536", vec![process(), process()]) >= many);
}
