//! Two hops in gRPC: what crosses by itself, what crosses by hand, and what the caller is told.

use std::future::pending;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use grpc::front::{Forgetful, Front};
use grpc::interface::directory_client::DirectoryClient;
use grpc::interface::directory_server::{Directory, DirectoryServer};
use grpc::interface::{Answers, Clients};
use grpc::outcome::{Known, known};
use grpc::time_left::deadline;
use grpc::types;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Channel, Server};
use tonic::{Code, Request, Response, Status};

/// What has not happened by then does not happen. Far longer than anything here takes.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// What does not happen is waited for so long.
const WHILE: Duration = Duration::from_millis(1_500);

/// What a directory saw of one question.
#[derive(Clone, Copy, Debug)]
struct Seen {
    /// How much time it was told to have, if it was.
    left: Option<Duration>,
    ended: Option<Instant>,
}

#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<Seen>>>);

impl Log {
    fn first(&self) -> Option<Seen> {
        self.0.lock().expect("no panic").first().copied()
    }

    fn is_over(&self) -> bool {
        self.first().is_some_and(|seen| seen.ended.is_some())
    }
}

/// Notes when it is dropped.
struct Working(Log, usize);

impl Drop for Working {
    fn drop(&mut self) {
        self.0.0.lock().expect("no panic")[self.1].ended = Some(Instant::now());
    }
}

/// Never answers.
#[derive(Clone, Debug, Default)]
struct Silent(Log);

#[tonic::async_trait]
impl Directory for Silent {
    async fn holders(&self, request: Request<Clients>) -> Result<Response<Answers>, Status> {
        let left = deadline(&request)?.map(|at| at.saturating_duration_since(Instant::now()));
        let _working = {
            let mut seen = self.0.0.lock().expect("no panic");
            seen.push(Seen { left, ended: None });
            Working(self.0.clone(), seen.len() - 1)
        };
        pending().await
    }
}

/// Answers that there is no answer.
#[derive(Clone, Debug)]
struct Prompt;

#[tonic::async_trait]
impl Directory for Prompt {
    async fn holders(&self, request: Request<Clients>) -> Result<Response<Answers>, Status> {
        let clients = request.into_inner().clients;
        let answers = clients.iter().map(|_| Err(types::NoAnswer)).collect();
        Ok(Response::new(types::write(answers, Duration::ZERO)))
    }
}

fn in_time(work: impl Future<Output = ()>) {
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(async { timeout(TIME_LIMIT, work).await.expect("it hangs") });
    runtime.shutdown_background();
}

async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + TIME_LIMIT;
    while !is_so() {
        assert!(Instant::now() < deadline, "no {what}");
        sleep(Duration::from_millis(1)).await;
    }
}

/// A service at a port of its own, and the task that answers there.
async fn serve(directory: impl Directory) -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let address = listener.local_addr().expect("bound");
    let server = Server::builder().add_service(DirectoryServer::new(directory));
    let serving = tokio::spawn(async move {
        let _ = server
            .serve_with_incoming(TcpIncoming::from(listener).with_nodelay(Some(true)))
            .await;
    });
    (address, serving)
}

async fn connect(address: SocketAddr) -> DirectoryClient<Channel> {
    let client = DirectoryClient::connect(format!("http://{address}")).await;
    client.expect("it listens")
}

fn question(time: Option<Duration>) -> Request<Clients> {
    let mut request = Request::new(Clients {
        clients: vec![b"17.0.0.1".to_vec()],
    });
    if let Some(time) = time {
        request.set_timeout(time);
    }
    request
}

/// The directory that never answers, what it sees, and a client of it.
async fn silent() -> (DirectoryClient<Channel>, Log) {
    let log = Log::default();
    let (address, _) = serve(Silent(log.clone())).await;
    (connect(address).await, log)
}

#[test]
fn a_deadline_is_smaller_two_hops_away_where_the_front_passes_it_on() {
    in_time(async {
        let (behind, log) = silent().await;
        let (address, _) = serve(Front(behind)).await;
        let mut caller = connect(address).await;
        let given = Duration::from_secs(100);
        let call = tokio::spawn(async move { caller.holders(question(Some(given))).await });
        until("question at the directory", || log.first().is_some()).await;
        let left = log.first().and_then(|seen| seen.left).expect("it is told");
        println!("of {given:?} the directory has {left:?}");
        assert!(left < given && left > Duration::ZERO);
        call.abort();
    });
}

#[test]
fn a_timeout_reaches_one_hop_only_where_the_front_forgets_it() {
    in_time(async {
        let (behind, log) = silent().await;
        let (address, _) = serve(Forgetful(behind)).await;
        let mut caller = connect(address).await;
        let call = tokio::spawn(async move { caller.holders(question(Some(TIME_LIMIT))).await });
        until("question at the directory", || log.first().is_some()).await;
        let left = log.first().expect("it is there").left;
        assert_eq!(left, None, "the directory may take for ever");
        call.abort();
    });
}

/// The first hop's server drops its handler at the deadline, and the call that is in it.
#[test]
fn a_timeout_that_is_forgotten_ends_the_far_work_all_the_same_as_a_cancellation() {
    in_time(async {
        let (behind, log) = silent().await;
        let (address, _) = serve(Forgetful(behind)).await;
        let mut caller = connect(address).await;
        // On a busy machine a question may not have got so far by then.
        while log.first().is_none() {
            let time = Some(Duration::from_millis(500));
            let outcome = caller.holders(question(time)).await;
            outcome.expect_err("no answer");
        }
        until("end of the work", || log.is_over()).await;
    });
}

#[test]
fn a_call_without_a_timeout_has_none_at_any_hop() {
    in_time(async {
        let (behind, log) = silent().await;
        let (address, _) = serve(Front(behind)).await;
        let mut caller = connect(address).await;
        let call = tokio::spawn(async move { caller.holders(question(None)).await });
        until("question at the directory", || log.first().is_some()).await;
        assert_eq!(log.first().expect("it is there").left, None);
        call.abort();
    });
}

#[test]
fn a_call_that_is_dropped_is_dropped_two_hops_away() {
    in_time(async {
        let (behind, log) = silent().await;
        let (address, _) = serve(Forgetful(behind)).await;
        let mut caller = connect(address).await;
        let call = tokio::spawn(async move { caller.holders(question(None)).await });
        until("question at the directory", || log.first().is_some()).await;
        let dropped = Instant::now();
        call.abort();
        until("end of the work", || log.is_over()).await;
        let ended = log
            .first()
            .and_then(|seen| seen.ended)
            .expect("it has ended");
        println!("dropped two hops away after {:?}", ended - dropped);
    });
}

/// Its own server ends what it does for a connection that is gone: here a crash is a cancel.
#[test]
fn a_crash_is_a_cancel() {
    in_time(async {
        let (behind, log) = silent().await;
        // The front in a runtime of its own, which is taken away from it.
        let middle = Runtime::new().expect("a runtime");
        let address = middle.spawn(async move { serve(Front(behind)).await.0 });
        let address = address.await.expect("no panic");
        let mut caller = connect(address).await;
        let call = tokio::spawn(async move { caller.holders(question(None)).await });
        until("question at the directory", || log.first().is_some()).await;
        middle.shutdown_background();
        until("end of the work", || log.is_over()).await;
        let status = call.await.expect("no panic").expect_err("no answer");
        assert_eq!(known(&status), Known::Unknown, "{status:?}");
    });
}

#[test]
fn a_deadline_that_passes_is_called_cancelled() {
    in_time(async {
        let (mut caller, _log) = silent().await;
        let status = caller
            .holders(question(Some(Duration::from_millis(200))))
            .await
            .expect_err("no answer");
        println!("{:?}: {}", status.code(), status.message());
        // Not `DeadlineExceeded`: that word is the server's, and this one is the library's.
        assert_eq!(status.code(), Code::Cancelled, "{status:?}");
        assert_eq!(known(&status), Known::Unknown);
    });
}

#[test]
fn a_dead_connection_with_a_hundred_calls_gives_a_hundred_errors_of_which_none_is_a_no() {
    in_time(async {
        let log = Log::default();
        let own = Runtime::new().expect("a runtime");
        let silent = Silent(log.clone());
        let address = own.spawn(async move { serve(silent).await.0 });
        let address = address.await.expect("no panic");
        let caller = connect(address).await;
        let mut calls = tokio::task::JoinSet::new();
        for _ in 0..100 {
            let mut caller = caller.clone();
            calls.spawn(async move { caller.holders(question(None)).await });
        }
        until("questions", || log.0.lock().expect("no panic").len() == 100).await;
        own.shutdown_background();
        for outcome in calls.join_all().await {
            let status = outcome.expect_err("no answer");
            assert_eq!(known(&status), Known::Unknown, "{status:?}");
        }
    });
}

#[test]
fn a_call_that_is_not_there_is_a_no_and_the_connection_stands() {
    in_time(async {
        let (address, _) = serve(Prompt).await;
        let channel = Channel::from_shared(format!("http://{address}")).expect("an address");
        let channel = channel.connect().await.expect("it listens");
        // As a later client would call what this service has not yet.
        let mut later = tonic::client::Grpc::new(channel.clone());
        later.ready().await.expect("open");
        let path = "/directory.Directory/Version".parse().expect("a path");
        let codec = tonic_prost::ProstCodec::<Clients, Answers>::default();
        let status = later
            .unary(question(None), path, codec)
            .await
            .expect_err("no such call");
        assert_eq!(status.code(), Code::Unimplemented);
        assert_eq!(known(&status), Known::No);

        let answered = DirectoryClient::new(channel).holders(question(None)).await;
        let answers = types::read(answered.expect("answers").into_inner());
        assert_eq!(answers, Ok((vec![Err(types::NoAnswer)], Duration::ZERO)));
    });
}

#[test]
fn nothing_that_is_not_cancelled_ends_by_itself() {
    in_time(async {
        let (mut caller, log) = silent().await;
        let call = tokio::spawn(async move { caller.holders(question(None)).await });
        until("question", || log.first().is_some()).await;
        sleep(WHILE).await;
        assert!(!log.is_over(), "or the tests above show nothing");
        call.abort();
    });
}
