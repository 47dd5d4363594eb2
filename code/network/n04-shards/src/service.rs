//! The service's side of a call: whatever fulfils the contract, at one end of a connection.

use std::pin::pin;

use futures_util::StreamExt;
use tarpc::context::Context;
use tarpc::server::{BaseChannel, Channel, Config};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio_util::io::InspectReader;

use crate::contract::{Directory, Outcome};
use crate::job::{Answers, Clients};
use crate::transport::{self, CALLS_MAX};

/// How many calls of one caller are worked on at a time; more are refused. It is more than a caller may have
/// under way, because of those that it gave up a moment ago its word may not have come yet.
const WORKED_ON_MAX: usize = 2 * CALLS_MAX;

// ANCHOR: service
/// The contract, as it is called from elsewhere. The deadline is not among the arguments: it is in the
/// context, which each call has.
#[tarpc::service]
pub trait Service {
    /// Who holds each of these clients' addresses, in their order.
    async fn holders(clients: Clients) -> Outcome<Answers>;
}

/// A directory at the far end of calls.
#[derive(Clone, Debug)]
pub struct Served<D>(pub D);

impl<D: Directory> Service for Served<D> {
    async fn holders(self, context: Context, clients: Clients) -> Outcome<Answers> {
        // What is left of the time, and not a new time: this line is the whole of it.
        self.0.holders(clients, context.deadline).await
    }
}
// ANCHOR_END: service

// ANCHOR: serve
/// Answers a caller until it is gone. What was done for it then ends: a crash is made a cancellation.
pub async fn serve<D, S>(directory: D, stream: S)
where
    D: Directory,
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let (is_gone, mut gone) = oneshot::channel();
    let mut is_gone = Some(is_gone);
    // The library waits for its handlers when a connection ends, however it ends. So we look for the end
    // ourselves, below it: a read without bytes.
    let stream = InspectReader::new(stream, move |bytes: &[u8]| {
        if bytes.is_empty()
            && let Some(is_gone) = is_gone.take()
        {
            let _ = is_gone.send(());
        }
    });
    let channel = BaseChannel::new(Config::default(), transport::over(stream));
    let mut requests = pin!(channel.max_concurrent_requests(WORKED_ON_MAX).requests());
    // Dropping the set drops what is in it, and that is what a cancellation is.
    let mut under_way = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            _ = &mut gone => return,
            Some(_) = under_way.join_next() => {}
            request = requests.next() => match request {
                Some(Ok(request)) => {
                    under_way.spawn(request.execute(Served(directory.clone()).serve()));
                }
                // A broken connection, or what is no call.
                Some(Err(_)) | None => return,
            },
        }
    }
}
// ANCHOR_END: serve
