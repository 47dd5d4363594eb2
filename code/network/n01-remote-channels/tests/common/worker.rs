//! Workers that are none: they greet and are told what to work on, and then do as the test says.

use std::future::Future;
use std::net::SocketAddr;

use n01_remote_channels::hello::greet;
use n01_remote_channels::wire::converse;
use remoc::RemoteSend;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// A worker for one run, at this address. What it takes the first message for is `T`.
pub fn worker<T, W>(runtime: &Runtime, work: impl FnOnce(T) -> W + Send + 'static) -> SocketAddr
where
    T: RemoteSend,
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

/// A worker at one end of a connection. When it is done, or does not understand the first message, the
/// connection breaks.
pub async fn work_at<S, T, W>(mut stream: S, work: impl FnOnce(T) -> W)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    T: RemoteSend,
    W: Future<Output = ()>,
{
    greet(&mut stream, "lookup").await.expect("a run of ours");
    let conversation = converse::<_, (), T>(stream).await;
    let (connection, _, mut starts) = conversation.expect("remoc is spoken");
    if let Ok(Some(start)) = starts.recv().await {
        work(start).await;
    }
    connection.abort();
}
