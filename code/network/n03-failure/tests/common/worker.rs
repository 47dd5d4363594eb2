//! Workers that are none: they greet and are told what to work on, and then do as the test says.

use std::future::Future;
use std::net::SocketAddr;

use n03_failure::hello::greet;
use n03_failure::start::Start;
use n03_failure::wire::converse;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// A worker for one run, at this address.
pub fn worker<W>(runtime: &Runtime, work: impl FnOnce(Start) -> W + Send + 'static) -> SocketAddr
where
    W: Future<Output = ()> + Send,
{
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"));
    let listener = listener.expect("loopback");
    let address = listener.local_addr().expect("bound");
    runtime.spawn(async move {
        let (stream, _) = listener.accept().await.expect("a run");
        work_at(stream, work).await;
    });
    address
}

/// A worker at one end of a connection. When it is done, the connection breaks.
pub async fn work_at<S, W>(mut stream: S, work: impl FnOnce(Start) -> W)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    W: Future<Output = ()>,
{
    greet(&mut stream, "lookup").await.expect("a run of ours");
    let conversation = converse::<_, (), Start>(stream).await;
    let (connection, _, mut starts) = conversation.expect("remoc is spoken");
    work(starts.recv().await.expect("open").expect("a start")).await;
    connection.abort();
}
