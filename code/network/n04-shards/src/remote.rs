//! The caller's side of a call: a directory that is elsewhere.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Instant;

use tarpc::client::{Config, RpcError};
use tarpc::context::{self, Context};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::Semaphore;
use tokio::time::timeout_at;

use crate::contract::{Directory, Failure, Outcome, Why};
use crate::job::{Answers, Clients};
use crate::service::ServiceClient;
use crate::transport::{self, CALLS_MAX};

// ANCHOR: remote
/// A directory at the other end of a connection; clones are handles to the same one.
#[derive(Clone, Debug)]
pub struct Remote {
    name: Arc<str>,
    client: ServiceClient,
    room: Arc<Semaphore>,
    is_gone: Arc<AtomicBool>,
}

impl Remote {
    /// Calls over a stream.
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime.
    pub fn over<S>(name: &str, stream: S) -> Remote
    where
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        let mut config = Config::default();
        config.max_in_flight_requests = CALLS_MAX;
        config.pending_request_buffer = CALLS_MAX;
        let client = ServiceClient::new(config, transport::over(stream));
        let is_gone = Arc::new(AtomicBool::new(false));
        let gone = Arc::clone(&is_gone);
        tokio::spawn(async move {
            // Why it broke is told to each call.
            let _ = client.dispatch.await;
            gone.store(true, Relaxed);
        });
        Remote {
            name: name.into(),
            client: client.client,
            room: Arc::new(Semaphore::new(CALLS_MAX)),
            is_gone,
        }
    }

    /// The call itself, as the library makes it.
    ///
    /// # Errors
    ///
    /// If there is no answer, for reasons that the library does not sort into those two.
    pub async fn call(
        &self,
        context: Context,
        clients: Clients,
    ) -> Result<Outcome<Answers>, RpcError> {
        self.client.holders(context, clients).await
    }

    /// How many calls are under way.
    pub fn under_way(&self) -> usize {
        CALLS_MAX - self.room.available_permits()
    }

    fn failed(&self, why: Why) -> Failure {
        why.of(&self.name)
    }
}

impl Directory for Remote {
    async fn holders(&self, clients: Clients, deadline: Instant) -> Outcome<Answers> {
        // As long as nothing is sent, nothing can have been done.
        let Ok(room) = timeout_at(deadline.into(), self.room.acquire()).await else {
            return Outcome::No(self.failed(Why::Late));
        };
        let _room = room.expect("the semaphore stays open");
        if self.is_gone.load(Relaxed) {
            return Outcome::No(self.failed(Why::Gone));
        }
        let questions = clients.len();
        let mut context = context::current();
        context.deadline = deadline;
        // The library starts its clock when it writes a call. One that waits to be written has none but ours.
        let called = timeout_at(deadline.into(), self.call(context, clients)).await;
        match called.unwrap_or(Err(RpcError::DeadlineExceeded)) {
            Ok(Outcome::Yes(answers)) if answers.answers.len() != questions => {
                Outcome::Unknown(self.failed(Why::Garbled))
            }
            Ok(outcome) => outcome,
            Err(err) => self.known(&err),
        }
    }
}

impl Remote {
    /// What is known after an error. It is *no* only where that is certain, and *unknown* everywhere else.
    fn known(&self, err: &RpcError) -> Outcome<Answers> {
        match err {
            // It could not even be written down.
            RpcError::Send(_) => Outcome::No(self.failed(Why::Garbled)),
            // The library on the other side refused it. Our services have no other use for this.
            RpcError::Server(_) => Outcome::No(self.failed(Why::Busy)),
            RpcError::DeadlineExceeded => Outcome::Unknown(self.failed(Why::Late)),
            // The library has one error for calls that were sent and for those that were not.
            RpcError::Shutdown | RpcError::Channel(_) => Outcome::Unknown(self.failed(Why::Gone)),
        }
    }
}
// ANCHOR_END: remote

#[cfg(test)]
mod tests {
    use tarpc::ServerError;
    use tokio::io::duplex;

    use super::*;

    #[tokio::test]
    async fn unknown_is_never_no() {
        let (ours, _theirs) = duplex(64);
        let remote = Remote::over("the directory", ours);
        let no = |err| matches!(remote.known(&err), Outcome::No(_));
        let unknown = |err| matches!(remote.known(&err), Outcome::Unknown(_));
        assert!(unknown(RpcError::Shutdown));
        assert!(unknown(RpcError::DeadlineExceeded));
        assert!(no(RpcError::Send("too large".into())));
        let refused = ServerError::new(std::io::ErrorKind::WouldBlock, "busy".into());
        assert!(no(RpcError::Server(refused)));
    }
}
