//! The neighbour behind remote calls: gRPC by tonic, over TCP.
//!
//! What a generator would make of `rpc Sum(Batch) returns (Total)` is written by hand: two messages and one method.

use std::convert::Infallible;
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use tonic::body::Body;
use tonic::codegen::http::uri::PathAndQuery;
use tonic::codegen::{BoxFuture, Service, http};
use tonic::server::NamedService;
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Channel, Endpoint, Server};
use tonic::{Request, Response, Status};
use tonic_prost::ProstCodec;

use crate::hop::{Load, Message};
use crate::remote::runtime;

/// `repeated bytes items = 1;`
#[derive(Clone, PartialEq, prost::Message)]
struct Batch {
    #[prost(bytes = "vec", repeated, tag = "1")]
    items: Vec<Vec<u8>>,
}

/// `uint64 sum = 1;`
#[derive(Clone, PartialEq, prost::Message)]
struct Total {
    #[prost(uint64, tag = "1")]
    sum: u64,
}

impl From<Message> for Batch {
    fn from(message: Message) -> Batch {
        let items = message.into_iter().map(serde_bytes::ByteBuf::into_vec);
        Batch {
            items: items.collect(),
        }
    }
}

const METHOD: &str = "/hop.Sums/Sum";

#[derive(Clone)]
struct Neighbour;

impl NamedService for Neighbour {
    const NAME: &'static str = "hop.Sums";
}

impl Service<http::Request<Body>> for Neighbour {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<http::Response<Body>, Infallible>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        Box::pin(async {
            let mut grpc = tonic::server::Grpc::new(ProstCodec::default());
            Ok(grpc.unary(Sum, request).await)
        })
    }
}

/// The one method.
struct Sum;

impl Service<Request<Batch>> for Sum {
    type Response = Response<Total>;
    type Error = Status;
    type Future = BoxFuture<Response<Total>, Status>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Status>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Batch>) -> Self::Future {
        let sum = crate::hop::answer(&request.into_inner().items);
        Box::pin(async move { Ok(Response::new(Total { sum })) })
    }
}

/// Calls, so many at a time, over one connection.
pub fn by_tonic(load: Load) -> (u64, Duration) {
    let (tell, told) = std::sync::mpsc::channel();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let neighbour = thread::spawn(move || {
        runtime().block_on(async {
            let incoming = TcpIncoming::bind(([127, 0, 0, 1], 0).into()).expect("a free port");
            let address = incoming.local_addr().expect("it is bound");
            tell.send(address).expect("it is waited for");
            let incoming = incoming.with_nodelay(Some(true));
            let serving = Server::builder().add_service(Neighbour);
            let until = async {
                let _ = stopped.await;
            };
            let served = serving.serve_with_incoming_shutdown(incoming, until).await;
            served.expect("a server");
        });
    });
    let address = told.recv().expect("an address");
    let runtime = runtime();
    let outcome = runtime.block_on(async {
        let endpoint = Endpoint::from_shared(format!("http://{address}")).expect("an address");
        let channel = endpoint.tcp_nodelay(true).connect().await;
        let channel = channel.expect("a connection");
        let begin = Instant::now();
        let calls = load.make().map(|message| call(channel.clone(), message));
        let answers = futures_util::stream::iter(calls).buffer_unordered(load.under_way);
        let sum = answers
            .fold(0_u64, async |sum, answer| sum.wrapping_add(answer))
            .await;
        (sum, begin.elapsed())
    });
    // With the runtime goes the connection, for which the neighbour would wait.
    drop(runtime);
    let _ = stop.send(());
    neighbour.join().expect("the neighbour does not panic");
    outcome
}

/// One call, as generated code makes it.
async fn call(channel: Channel, message: Message) -> u64 {
    let mut grpc = tonic::client::Grpc::new(channel);
    grpc.ready().await.expect("a connection");
    let request = Request::new(Batch::from(message));
    let method = PathAndQuery::from_static(METHOD);
    let codec = ProstCodec::<Batch, Total>::default();
    let answer = grpc.unary(request, method, codec).await;
    answer.expect("an answer").into_inner().sum
}
