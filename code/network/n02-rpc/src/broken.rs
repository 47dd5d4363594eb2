//! The ways in which deadlines and cancellations silently stop working, kept to be seen to fail.
//!
//! Each is what a good programmer writes first, and each passes every test in which nothing goes wrong. They
//! are for the tests in `tests/broken.rs`, and for nothing else.

use std::pin::pin;
use std::time::Instant;

use futures_util::StreamExt;
use tarpc::context::{self, Context};
use tarpc::server::{BaseChannel, Channel, Config};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinSet;

use crate::contract::{Directory, Outcome, Why};
use crate::job::{Answers, Clients};
use crate::remote::Remote;
use crate::service::{Served, Service};
use crate::transport;

// ANCHOR: fresh
/// A service that passes the question on, with a new deadline. The library's `current` is the deadline of the
/// call that is being answered only where a tracing subscriber of the right kind is installed; without one
/// it is ten seconds from now, and nothing says so.
#[derive(Clone, Debug)]
pub struct FreshDeadline(pub Remote);

impl Service for FreshDeadline {
    async fn holders(self, _context: Context, clients: Clients) -> Outcome<Answers> {
        let answered = self.0.call(context::current(), clients).await;
        answered.unwrap_or(Outcome::Unknown(Why::Gone.of("the directory")))
    }
}
// ANCHOR_END: fresh

// ANCHOR: detached
/// A directory that asks another in a task of its own, as a cache does that will want the answer even if
/// this caller does not. Neither the caller's end nor its timeout gets past it.
#[derive(Clone, Debug)]
pub struct Detached<D>(pub D);

impl<D: Directory> Directory for Detached<D> {
    async fn holders(&self, clients: Clients, deadline: Instant) -> Outcome<Answers> {
        let behind = self.0.clone();
        let asked = tokio::spawn(async move { behind.holders(clients, deadline).await });
        asked
            .await
            .unwrap_or(Outcome::Unknown(Why::Gone.of("the directory")))
    }
}
// ANCHOR_END: detached

// ANCHOR: patient
/// Serves as the library's examples do: until the connection has ended, *and all that was asked is done*. That
/// is right for a caller that has closed its half and waits, and wrong for one that has crashed.
pub async fn serve_patiently<D, S>(directory: D, stream: S)
where
    D: Directory,
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let channel = BaseChannel::new(Config::default(), transport::over(stream));
    let mut requests = pin!(channel.requests());
    let mut under_way = JoinSet::new();
    while let Some(Ok(request)) = requests.next().await {
        under_way.spawn(request.execute(Served(directory.clone()).serve()));
    }
}
// ANCHOR_END: patient

// ANCHOR: untimed
/// A caller that leaves the clock to the library, which starts it when a call is written. A call that waits to
/// be written waits for ever.
#[derive(Clone, Debug)]
pub struct Untimed(pub Remote);

impl Directory for Untimed {
    async fn holders(&self, clients: Clients, deadline: Instant) -> Outcome<Answers> {
        let mut context = context::current();
        context.deadline = deadline;
        let answered = self.0.call(context, clients).await;
        answered.unwrap_or(Outcome::Unknown(Why::Gone.of("the directory")))
    }
}
// ANCHOR_END: untimed
