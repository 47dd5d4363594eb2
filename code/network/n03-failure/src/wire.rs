//! The wire: remoc's channels as the stages know channels, and how much they hold.
//!
//! remoc multiplexes channels over one connection of any kind. What it brings is what netchan lacked: a
//! channel may be sent over a channel, each has its own flow control in bytes, and an end is told from an
//! error. What it cannot bring: its `send` returns when a message is queued, and no channel can tell what
//! became of it. Here the answer does, and an answer that does not come is an error.

use std::time::Duration;

use remoc::RemoteSend;
use remoc::chmux::{ChMuxError, FixedBuffer};
use remoc::codec;
use remoc::rch::{self, ClosedReason, base};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;

use crate::channel::{Receives, Sends, Sent};
use crate::job::{Answers, Job};

/// After so much silence the other side is taken for dead. Where nothing is to be said, each side pings.
pub const SILENCE_MAX: Duration = Duration::from_secs(5);

/// Messages that wait at each end of a channel, not counting what is in the buffers below.
pub const QUEUE_MESSAGES: usize = 4;

/// Bytes that a channel may have under way: sent, and not yet taken by its receiver.
const PORT_BYTES: u32 = 128 * 1024;

/// Bytes that all channels of a connection together may have under way besides.
const SHARED_BYTES: u32 = 256 * 1024;

/// Messages are cut into pieces of this size, between which other channels have their turn.
const CHUNK_BYTES: u32 = 16 * 1024;

/// Pieces that wait for the socket, and behind it.
const QUEUE_CHUNKS: usize = 4;

/// What a sender can have sent, at most, to a receiver that takes nothing: the messages at both ends, each
/// at its largest and one more in the making, and the bytes under way between them.
pub const UNDER_WAY_BYTES_MAX: usize =
    (2 * QUEUE_MESSAGES + 2) * JOB_BYTES_MAX + (PORT_BYTES + SHARED_BYTES) as usize;

/// A job's largest message: its clients, the length of each, and a little around them.
pub const JOB_BYTES_MAX: usize =
    crate::job::CLIENT_BYTES_MAX + 255 + crate::job::CLIENTS_MAX + 1024;

/// How jobs travel: each with a channel for its answers in it.
pub type RemoteJob = Job<AnswersOut>;

/// The sender's half of the channel for answers, which travels with the job.
pub type AnswersOut = rch::mpsc::Sender<Answers, codec::Default, 1>;

/// The receiver's half, which stays.
pub type AnswersIn = rch::mpsc::Receiver<Answers, codec::Default, 1>;

/// The receiver's half of the channel for jobs, which travels to the worker at the start.
pub type JobsOut = rch::mpsc::Receiver<RemoteJob, codec::Default, QUEUE_MESSAGES>;

/// The sender's half of the channel for jobs, which stays.
pub type JobsIn = rch::mpsc::Sender<RemoteJob, codec::Default, QUEUE_MESSAGES>;

/// Everything that remoc bounds, bounded.
fn config() -> remoc::Cfg {
    remoc::Cfg {
        connection_timeout: Some(SILENCE_MAX),
        chunk_size: CHUNK_BYTES,
        port_receive_buffer: PORT_BYTES,
        shared_receive_buffer: FixedBuffer::new(SHARED_BYTES),
        shared_send_queue: QUEUE_CHUNKS,
        transport_send_queue: QUEUE_CHUNKS,
        transport_receive_queue: QUEUE_CHUNKS,
        ..remoc::Cfg::default()
    }
}

/// A conversation over remoc: the connection, which runs in a task of its own and tells why it broke if it
/// did, and the first channel each way.
pub type Conversation<Tx, Rx> = (
    JoinHandle<Option<String>>,
    base::Sender<Tx>,
    base::Receiver<Rx>,
);

/// Starts to speak remoc over a stream.
///
/// # Errors
///
/// One clause, if the other side does not.
pub async fn converse<S, Tx, Rx>(stream: S) -> Result<Conversation<Tx, Rx>, String>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    Tx: RemoteSend,
    Rx: RemoteSend,
{
    let (reads, writes) = tokio::io::split(stream);
    let (connection, sender, receiver) = remoc::Connect::io(config(), reads, writes)
        .await
        .map_err(|err| root(&err))?;
    let connection = tokio::spawn(async {
        match connection.await {
            Ok(()) => None,
            Err(ChMuxError::Timeout) => {
                Some(format!("it was silent for {} s", SILENCE_MAX.as_secs()))
            }
            Err(err) => Some(root(&err)),
        }
    });
    Ok((connection, sender, receiver))
}

/// What is at the bottom of an error: what stands around it is about the layers above.
pub(crate) fn root(err: &dyn std::error::Error) -> String {
    let mut err = err;
    while let Some(source) = err.source() {
        err = source;
    }
    err.to_string()
}

/// A channel for the jobs of one worker.
pub fn jobs() -> (JobsIn, JobsOut) {
    use rch::mpsc::MpscExt;
    rch::mpsc::with_local_buffer(QUEUE_MESSAGES).with_buffer()
}

/// A channel for the answers to one job.
pub fn answers() -> (AnswersOut, AnswersIn) {
    use rch::mpsc::MpscExt;
    rch::mpsc::with_local_buffer(1).with_buffer()
}

// ANCHOR: impls
impl<T: RemoteSend, const BUFFER: usize> Receives<T>
    for rch::mpsc::Receiver<T, codec::Default, BUFFER>
{
    type Error = rch::mpsc::RecvError;

    async fn receive(&mut self) -> Result<Option<T>, rch::mpsc::RecvError> {
        self.recv().await
    }
}

impl<T: RemoteSend, const BUFFER: usize> Sends<T> for rch::mpsc::Sender<T, codec::Default, BUFFER> {
    type Error = rch::mpsc::SendError<()>;

    async fn send(&mut self, item: T) -> Result<Sent, rch::mpsc::SendError<()>> {
        match rch::mpsc::Sender::send(self, item).await {
            Ok(_queued) => Ok(Sent::Accepted),
            Err(err) => match err.closed_reason() {
                Some(ClosedReason::Closed | ClosedReason::Dropped) => Ok(Sent::Closed),
                Some(ClosedReason::Failed) | None => Err(err.without_item()),
            },
        }
    }
}
// ANCHOR_END: impls
