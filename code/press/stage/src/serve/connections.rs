//! Connections: how many there may be, and how long each may take.
//!
//! A client that connects and says nothing, or says it a letter a minute, would otherwise keep its connection for ever,
//! and enough of them would keep every reader out.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

/// What clients may take of us.
#[derive(Clone, Copy)]
pub struct Limits {
    /// Connections at once. A browser opens six; further ones wait.
    pub connections: usize,
    /// From the end of one request to the end of the next one's header, or a browser has forgotten us.
    pub header: Duration,
    /// The same for what comes when more than half of the places are taken: clients that say nothing get no further.
    pub header_crowded: Duration,
    /// A whole connection: longer than the longest build with its run, so that it ends only what hangs.
    pub connection: Duration,
}

/// What our own server allows.
pub const LIMITS: Limits = Limits {
    connections: 256,
    header: Duration::from_secs(15),
    header_crowded: Duration::from_secs(1),
    connection: Duration::from_mins(15),
};

/// A request that has arrived is answered, or the answer has begun, within this time: bodies are short.
const ANSWER: Duration = Duration::from_secs(15);

/// How long to wait when the system has no connection to give.
const PAUSE: Duration = Duration::from_millis(200);

/// Serves as long as it is polled.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits) {
    let free = Arc::new(Semaphore::new(limits.connections));
    loop {
        let place = Arc::clone(&free).acquire_owned().await;
        let Ok((stream, _)) = listener.accept().await else {
            sleep(PAUSE).await;
            continue;
        };
        let header = match free.available_permits() < limits.connections / 2 {
            true => limits.header_crowded,
            false => limits.header,
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let _place = place;
            // Events are short and come one by one; not to delay them is a courtesy.
            let _ = stream.set_nodelay(true);
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(header)
                .serve_connection(TokioIo::new(stream), service);
            // What goes wrong with a connection is known to the client, if anybody.
            let _ = timeout(limits.connection, connection).await;
        });
    }
}

/// Gives up a request whose body does not come.
pub async fn in_time(request: Request, next: Next) -> Response {
    match timeout(ANSWER, next.run(request)).await {
        Ok(response) => response,
        Err(_) => (StatusCode::REQUEST_TIMEOUT, "the request did not end\n").into_response(),
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(30);

    /// Two places, taken by clients that say nothing and half a request: the third is served when their time is over.
    #[tokio::test]
    async fn clients_that_say_nothing_keep_nobody_out() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("bound");
        let router = Router::new().route("/", get(async || "here"));
        let limits = Limits {
            connections: 2,
            header: Duration::from_millis(200),
            header_crowded: Duration::from_millis(200),
            connection: PAUSE * 1000,
        };
        let serving = tokio::spawn(serve(listener, router, limits));
        let mut mute = TcpStream::connect(address).await.expect("connected");
        let mut slow = TcpStream::connect(address).await.expect("connected");
        slow.write_all(b"GET / HTTP/1.1\r\nHo").await.expect("sent");
        let mut third = TcpStream::connect(address).await.expect("connected");
        let request = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        third.write_all(request).await.expect("sent");
        let mut answer = String::new();
        let read = third.read_to_string(&mut answer);
        timeout(PATIENCE, read)
            .await
            .expect("in time")
            .expect("an answer");
        assert!(answer.ends_with("here"), "{answer}");
        for client in [&mut mute, &mut slow] {
            let mut rest = Vec::new();
            let closed = timeout(PATIENCE, client.read_to_end(&mut rest)).await;
            closed.expect("in time").expect("closed");
        }
        serving.abort();
    }

    /// Most of those that say nothing are not waited for as long as the first ones may take.
    #[tokio::test]
    async fn a_crowd_that_says_nothing_is_soon_gone() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("bound");
        let router = Router::new().route("/", get(async || "here"));
        let limits = Limits {
            connections: 8,
            header: PATIENCE * 4,
            header_crowded: Duration::from_millis(100),
            connection: PATIENCE * 4,
        };
        let serving = tokio::spawn(serve(listener, router, limits));
        let mut crowd = Vec::new();
        for _ in 0..12 {
            crowd.push(TcpStream::connect(address).await.expect("connected"));
        }
        let mut reader = TcpStream::connect(address).await.expect("connected");
        let request = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        reader.write_all(request).await.expect("sent");
        let mut answer = String::new();
        let read = timeout(PATIENCE, reader.read_to_string(&mut answer)).await;
        read.expect("in time").expect("an answer");
        assert!(answer.ends_with("here"), "{answer}");
        serving.abort();
    }

    /// An answer that nobody reads ends with its connection.
    #[tokio::test]
    async fn a_connection_ends() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("bound");
        let router = Router::new().route("/", get(async || vec![0u8; 64 << 20]));
        let limits = Limits {
            connections: 1,
            header: PATIENCE,
            header_crowded: PATIENCE,
            connection: Duration::from_millis(300),
        };
        let serving = tokio::spawn(serve(listener, router, limits));
        let mut deaf = TcpStream::connect(address).await.expect("connected");
        deaf.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            .await
            .expect("sent");
        let mut next = TcpStream::connect(address).await.expect("connected");
        next.write_all(b"GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .await
            .expect("sent");
        let mut answer = Vec::new();
        let read = timeout(PATIENCE, next.read_to_end(&mut answer)).await;
        read.expect("in time").expect("an answer");
        assert!(answer.starts_with(b"HTTP/1.1 404"));
        serving.abort();
    }
}
