//! What comes back over two hops: answers, and a no.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::common::hops::{FAR, hop, in_time, one, until};
use n02_rpc::contract::{Directory, Outcome, Why};
use n02_rpc::front::Front;
use n02_rpc::here::Here;
use n02_rpc::job::{Answers, Clients};
use traffic::directory::{Config, Server, Table};

#[test]
fn answers_come_whole_and_in_order_over_two_hops_and_the_cache_asks_once() {
    in_time(async {
        let server = Server::start(Config {
            table: Arc::new(Table::iana()),
            ..Config::default()
        });
        let server = server.expect("a server on loopback");
        let directory = traffic::Directory::at(server.address()).expect("an address");
        let (behind, _) = hop("the directory", Here::over(directory.share()));
        let (caller, _) = hop("the front", Front::of(behind));
        let mut clients = Clients::default();
        for client in [
            &b"17.0.0.1"[..],
            b"a.host.example",
            b"17.0.0.1",
            b"12.0.0.1",
        ] {
            clients.push(client);
        }
        for _ in 0..3 {
            let outcome = caller.holders(clients.clone(), Instant::now() + FAR).await;
            let answers = outcome.answer().expect("an answer").answers;
            let names: Vec<&str> = answers
                .iter()
                .map(|answer| answer.as_ref().expect("resolved").as_str())
                .collect();
            let [apple, unknown, again, bell] = names[..] else {
                panic!("{names:?}")
            };
            assert_eq!((apple, again), ("Apple Computer Inc.", apple));
            assert_eq!(unknown, "unknown");
            assert!(bell.contains("AT&T"), "{bell}");
        }
        assert_eq!(directory.stats().keys, 3, "asked more than once");
    });
}

/// Answers as late as the number that it is asked for says, in milliseconds.
#[derive(Clone)]
struct Numbered;

impl Directory for Numbered {
    async fn holders(&self, clients: Clients, _deadline: Instant) -> Outcome<Answers> {
        let text = clients.iter().next().expect("one").to_vec();
        let number: u64 = String::from_utf8(text)
            .expect("digits")
            .parse()
            .expect("a number");
        let took = Duration::from_millis(number);
        tokio::time::sleep(took).await;
        Outcome::Yes(Answers {
            answers: vec![Ok(traffic::Holder::unknown())],
            took,
        })
    }
}

#[test]
fn answers_overtake_one_another() {
    in_time(async {
        let (caller, _) = hop("the directory", Numbered);
        let ask = |number: &'static str| {
            let caller = caller.clone();
            async move {
                let mut clients = Clients::default();
                clients.push(number.as_bytes());
                let outcome = caller.holders(clients, Instant::now() + FAR).await;
                assert!(outcome.answer().is_ok());
            }
        };
        let slow = tokio::spawn(ask("30000"));
        until("call under way", || caller.under_way() == 1).await;
        ask("0").await;
        assert!(!slow.is_finished());
    });
}

#[test]
fn a_no_of_the_directory_is_a_no_two_hops_away() {
    /// Has other things to do.
    #[derive(Clone)]
    struct Busy;

    impl Directory for Busy {
        async fn holders(&self, _clients: Clients, _deadline: Instant) -> Outcome<Answers> {
            Outcome::No(Why::Busy.of("the directory"))
        }
    }
    in_time(async {
        let (behind, _) = hop("the directory", Busy);
        let (caller, _) = hop("the front", Front::of(behind));
        let outcome = caller.holders(one(), Instant::now() + FAR).await;
        let sentence = outcome.answer().expect_err("no answer");
        assert_eq!(sentence, "the directory is busy: nothing was done");
    });
}
