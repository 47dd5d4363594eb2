//! Peers that have grown apart: what is added to a call is skipped, and what is not there is an error to each
//! call. (Peers of another version are refused before any call: `strangers.rs`.)

use std::time::Instant;

use crate::common::hops::{FAR, in_time, one};
use crate::common::probe::{Log, Silent};
use n02_rpc::contract::{Directory, Outcome, Why};
use n02_rpc::job::{Answers, Clients};
use n02_rpc::remote::Remote;
use n02_rpc::service::serve;
use n02_rpc::transport;
use tarpc::context::{self, Context};
use tarpc::server::{BaseChannel, Channel};
use tokio::net::UnixStream;

/// The service as a later version might have it: a call says more, and there is one more.
mod later {
    use super::{Answers, Clients, Outcome};

    #[tarpc::service]
    pub trait Service {
        async fn holders(clients: Clients, priority: Option<String>) -> Outcome<Answers>;
        async fn version() -> u64;
    }
}

/// Answers with no answers.
#[derive(Clone)]
struct Nothing;

impl Directory for Nothing {
    async fn holders(&self, _clients: Clients, _deadline: Instant) -> Outcome<Answers> {
        Outcome::No(Why::Busy.of("the directory"))
    }
}

impl later::Service for Nothing {
    async fn holders(
        self,
        _context: Context,
        _clients: Clients,
        priority: Option<String>,
    ) -> Outcome<Answers> {
        assert_eq!(priority, None);
        Outcome::No(Why::Busy.of("the directory"))
    }

    async fn version(self, _context: Context) -> u64 {
        2
    }
}

#[test]
fn what_a_later_caller_adds_is_skipped() {
    in_time(async {
        let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
        tokio::spawn(serve(Nothing, theirs));
        let config = tarpc::client::Config::default();
        let caller = later::ServiceClient::new(config, transport::over(ours)).spawn();
        let priority = Some("high".to_owned());
        let outcome = caller.holders(context::current(), one(), priority).await;
        assert!(matches!(outcome, Ok(Outcome::No(_))), "{outcome:?}");
    });
}

#[test]
fn what_an_earlier_caller_does_not_say_has_its_default() {
    use later::Service;
    in_time(async {
        let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
        let channel = BaseChannel::with_defaults(transport::over(theirs));
        tokio::spawn(futures_util::StreamExt::for_each(
            channel.execute(Nothing.serve()),
            |work| async move {
                tokio::spawn(work);
            },
        ));
        let remote = Remote::over("the directory", ours);
        let outcome = remote.holders(one(), Instant::now() + FAR).await;
        assert!(matches!(outcome, Outcome::No(_)), "{outcome:?}");
    });
}

#[test]
fn a_call_that_an_earlier_service_does_not_know_ends_the_connection_and_all_calls_on_it() {
    in_time(async {
        let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
        let log = Log::default();
        tokio::spawn(serve(Silent(log.clone()), theirs));
        let config = tarpc::client::Config::default();
        let caller = later::ServiceClient::new(config, transport::over(ours)).spawn();
        let mut context = context::current();
        context.deadline = Instant::now() + FAR;
        let waiting = caller.clone();
        let waiting = tokio::spawn(async move { waiting.holders(context, one(), None).await });
        crate::common::hops::until("call", || log.first().is_some()).await;
        // There is no word for "I do not know this call": that is why each side greets with a version.
        assert!(caller.version(context).await.is_err());
        assert!(waiting.await.expect("no panic").is_err());
    });
}
