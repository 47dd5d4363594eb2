//! The neighbour behind a connection: the channels of n01, as n01 bounds them, over a Unix socket, TCP and TLS.
//!
//! The neighbour is a thread with a runtime of its own and shares nothing but the connection with this one. That
//! it is in this process, as it is on Part I's ladder, makes no difference to the bytes.

use std::thread;
use std::time::{Duration, Instant};

use n01_remote_channels::channel::{Receives, Sends, Sent};
use n01_remote_channels::{keys, tls, wire};
use remoc::codec;
use remoc::rch::mpsc::{MpscExt, Receiver, Sender, with_local_buffer};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};
use tokio::runtime::{Builder, Runtime};

use crate::hop::{Load, Message, answer};

const QUEUE: usize = wire::QUEUE_MESSAGES;

/// What the neighbour is sent first: where messages come from, and where answers go.
#[derive(Serialize, Deserialize)]
struct Start {
    messages: Receiver<Message, codec::Default, QUEUE>,
    answers: Sender<u64, codec::Default, QUEUE>,
}

/// Sends all messages, so many at a time, and adds up the answers. Written once, for every channel.
pub async fn exchange(
    load: Load,
    mut messages: impl Sends<Message>,
    mut answers: impl Receives<u64>,
) -> u64 {
    let (mut under_way, mut sum) = (0, 0_u64);
    let mut made = load.make();
    loop {
        let next = if under_way < load.under_way {
            made.next()
        } else {
            None
        };
        match next {
            Some(message) => {
                let sent = messages.send(message).await.expect("a connection");
                assert_eq!(sent, Sent::Accepted);
                under_way += 1;
            }
            None if under_way == 0 => return sum,
            None => {
                let answer = answers.receive().await.expect("a connection");
                sum = sum.wrapping_add(answer.expect("an answer"));
                under_way -= 1;
            }
        }
    }
}

/// Answers all messages. Written once, for every channel.
pub async fn serve(mut messages: impl Receives<Message>, mut answers: impl Sends<u64>) {
    while let Ok(Some(message)) = messages.receive().await {
        if answers.send(answer(&message)).await.is_err() {
            break;
        }
    }
}

/// Over a pair of Unix sockets.
pub fn over_unix(load: Load) -> (u64, Duration) {
    let (near, far) = std::os::unix::net::UnixStream::pair().expect("a pair of sockets");
    for end in [&near, &far] {
        end.set_nonblocking(true).expect("a socket has this option");
    }
    let stream = |end| async { UnixStream::from_std(end).expect("a socket") };
    across(load, move || stream(far), move || stream(near))
}

/// Over TCP, through this machine's loopback.
pub fn over_tcp(load: Load) -> (u64, Duration) {
    let (near, far) = tcp();
    across(load, move || stream(far), move || stream(near))
}

/// Over TCP and mutual TLS, with keys of n01's making.
pub fn over_tls(load: Load) -> (u64, Duration) {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path().join("keys");
    keys::make(&folder).expect("keys");
    let acceptor = tls::acceptor(&folder).expect("keys");
    let (near, far) = tcp();
    across(
        load,
        move || async move { acceptor.accept(stream(far).await).await.expect("a run") },
        move || async move {
            let near = stream(near).await;
            tls::connect(&folder, near).await.expect("a worker")
        },
    )
}

/// Starts the neighbour at the far end and talks to it from the near one.
fn across<F, N>(
    load: Load,
    far: impl FnOnce() -> F + Send + 'static,
    near: impl FnOnce() -> N,
) -> (u64, Duration)
where
    F: Future<Output: AsyncRead + AsyncWrite + Send + Unpin + 'static>,
    N: Future<Output: AsyncRead + AsyncWrite + Send + Unpin + 'static>,
{
    let neighbour = thread::spawn(move || {
        runtime().block_on(async {
            let conversation = wire::converse::<_, (), Start>(far().await).await;
            let (connection, _, mut starts) = conversation.expect("remoc");
            let start = starts.recv().await.expect("a connection");
            let Start { messages, answers } = start.expect("a start");
            serve(messages, answers).await;
            drop(starts);
            let _ = connection.await;
        });
    });
    let runtime = runtime();
    let outcome = runtime.block_on(async {
        let conversation = wire::converse::<_, Start, ()>(near().await).await;
        let (_connection, mut starts, _) = conversation.expect("remoc");
        let (messages_in, messages) = with_local_buffer(QUEUE).with_buffer();
        let (answers_in, answers) = with_local_buffer(QUEUE).with_buffer();
        let start = Start {
            messages,
            answers: answers_in,
        };
        starts.send(start).await.expect("a connection");
        let begin = Instant::now();
        let sum = exchange(load, messages_in, answers).await;
        (sum, begin.elapsed())
    });
    // With the runtime goes its end of the connection, and so the neighbour.
    drop(runtime);
    neighbour.join().expect("the neighbour does not panic");
    outcome
}

/// Both ends of a TCP connection, neither of which waits for more to send.
pub fn tcp() -> (std::net::TcpStream, std::net::TcpStream) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let near = std::net::TcpStream::connect(address).expect("a listener");
    let (far, _) = listener.accept().expect("a connection");
    for end in [&near, &far] {
        end.set_nodelay(true).expect("a socket has this option");
        end.set_nonblocking(true).expect("a socket has this option");
    }
    (near, far)
}

/// One end as tokio has it.
pub async fn stream(end: std::net::TcpStream) -> TcpStream {
    TcpStream::from_std(end).expect("a socket")
}

/// One thread's runtime, as each end of a connection has one.
pub fn runtime() -> Runtime {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime")
}
