//! Services that are none of ours: what they say beside the truth.

use std::time::{Duration, Instant};

use crate::common::hops::{FAR, hop, in_time, one};
use futures_util::{SinkExt, StreamExt};
use n02_rpc::contract::{Directory, Outcome, Why};
use n02_rpc::front::Front;
use n02_rpc::job::{Answers, Clients};
use n02_rpc::remote::Remote;
use n02_rpc::service::{ServiceRequest, ServiceResponse};
use n02_rpc::transport;
use tarpc::{ClientMessage, Response};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;

/// So many answers, whatever was asked.
#[derive(Clone)]
struct Answering(usize);

impl Directory for Answering {
    async fn holders(&self, _clients: Clients, _deadline: Instant) -> Outcome<Answers> {
        Outcome::Yes(answers(self.0))
    }
}

fn answers(number: usize) -> Answers {
    Answers {
        answers: vec![Ok(traffic::Holder::unknown()); number],
        took: Duration::ZERO,
    }
}

fn assert_unknown(outcome: &Outcome<Answers>, expected: Why) {
    assert_eq!(
        outcome.unknown().map(|it| it.why),
        Some(expected),
        "{outcome:?}"
    );
}

#[test]
fn too_few_answers_are_unknown() {
    in_time(async {
        let (caller, _) = hop("the directory", Answering(0));
        assert_unknown(
            &caller.holders(one(), Instant::now() + FAR).await,
            Why::Garbled,
        );
        // Found where it happens, and told over the hop in front of it.
        let (caller, _) = hop("the front", Front::of(caller));
        assert_unknown(
            &caller.holders(one(), Instant::now() + FAR).await,
            Why::Garbled,
        );
    });
}

#[test]
fn too_many_answers_are_unknown() {
    in_time(async {
        let (caller, _) = hop("the directory", Answering(2));
        assert_unknown(
            &caller.holders(one(), Instant::now() + FAR).await,
            Why::Garbled,
        );
    });
}

#[test]
fn an_outcome_that_comes_twice_counts_once() {
    in_time(async {
        let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
        let remote = Remote::over("the directory", ours);
        type Call = ClientMessage<ServiceRequest>;
        let mut wire = transport::over::<_, Call, Response<ServiceResponse>>(theirs);
        tokio::spawn(async move {
            while let Some(Ok(message)) = wire.next().await {
                let ClientMessage::Request(request) = message else {
                    continue;
                };
                for _ in 0..2 {
                    let outcome = Outcome::Yes(answers(1));
                    let response = Response {
                        request_id: request.id,
                        message: Ok(ServiceResponse::Holders(outcome)),
                    };
                    wire.send(response).await.expect("open");
                }
            }
        });
        for _ in 0..3 {
            let outcome = remote.holders(one(), Instant::now() + FAR).await;
            assert_eq!(outcome.answer().expect("an answer").answers.len(), 1);
        }
    });
}

#[test]
fn a_message_that_is_too_large_ends_the_connection() {
    in_time(async {
        let (ours, mut theirs) = UnixStream::pair().expect("a pair of sockets");
        let remote = Remote::over("the directory", ours);
        let call = tokio::spawn(async move { remote.holders(one(), Instant::now() + FAR).await });
        theirs.read_exact(&mut [0; 8]).await.expect("a call");
        // Its length, in front of it: as much as there is no room for.
        theirs.write_all(&[0xff; 4]).await.expect("open");
        assert_unknown(&call.await.expect("no panic"), Why::Gone);
    });
}

#[test]
fn garbage_ends_the_connection() {
    in_time(async {
        let (ours, mut theirs) = UnixStream::pair().expect("a pair of sockets");
        let remote = Remote::over("the directory", ours);
        let call = tokio::spawn(async move { remote.holders(one(), Instant::now() + FAR).await });
        theirs.read_exact(&mut [0; 8]).await.expect("a call");
        theirs
            .write_all(&[0, 0, 0, 3, 1, 2, 3])
            .await
            .expect("open");
        assert_unknown(&call.await.expect("no panic"), Why::Gone);
    });
}
