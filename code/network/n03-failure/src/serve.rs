//! The worker's side: it greets, is told what to work on, and works until there is no more.

use remoc::rch::base;
use tokio::io::{AsyncRead, AsyncWrite};
use traffic::{Directory, Meter};

use crate::hello::{Stranger, greet};
use crate::leave::{Leaving, Until};
use crate::place::STAGE;
use crate::start::Start;
use crate::wire::{converse, root};
use crate::work::work;

/// Why a worker ended before its work was done.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The other side is not the one that it works for.
    #[error("{0}")]
    Stranger(#[from] Stranger),
    /// The conversation broke off: the other side was killed, or the network is cut.
    #[error("the run that it works for is gone: {0}")]
    Gone(String),
    /// What it was sent cannot be understood, or not be done.
    #[error("it cannot work: {0}")]
    Unable(String),
}

// ANCHOR: serve
/// Works for one run, which is at the other end of this connection.
///
/// # Errors
///
/// If the run is gone before it has said that there are no more ranges.
pub async fn serve<S>(stream: S) -> Result<(), Failed>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    serve_until(stream, Leaving::never()).await
}

/// Works for one run until that has no more ranges, or this process is to leave.
///
/// # Errors
///
/// As [`serve`].
pub async fn serve_until<S>(mut stream: S, leaving: Leaving) -> Result<(), Failed>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    greet(&mut stream, STAGE).await?;
    let conversation = converse::<_, (), Start>(stream).await;
    let (mut connection, _, starts) = conversation.map_err(Failed::Gone)?;
    tokio::select! {
        // A connection that has ended by now has ended too early, however gracefully.
        biased;
        ended = &mut connection => Err(Failed::Gone(match ended {
            Ok(Some(why)) => why,
            _ => "it closed the connection".into(),
        })),
        worked = begin(starts, leaving) => {
            worked?;
            // The last word is on its way; the other side closes when it has it.
            let _ = connection.await;
            Ok(())
        }
    }
}

async fn begin(mut starts: base::Receiver<Start>, leaving: Leaving) -> Result<(), Failed> {
    let start = match starts.recv().await {
        Ok(Some(start)) => start,
        Ok(None) => return Err(Failed::Gone("it said nothing".into())),
        Err(err) if err.is_disconnected() => return Err(Failed::Gone(root(&err))),
        Err(err) => return Err(Failed::Unable(root(&err))),
    };
    let directory = Directory::with_policy(&start.directory[..], start.policy)
        .map_err(|err| Failed::Unable(err.to_string()))?;
    let stage = Meter::new().stage(STAGE);
    let (plan, manner) = (start.plan(), start.manner);
    let tasks = Until(start.tasks, leaving);
    match work(tasks, start.words, manner, directory, plan, stage).await {
        Ok(()) => Ok(()),
        Err(err) if err.is_disconnected() => Err(Failed::Gone(root(&err))),
        Err(err) => Err(Failed::Unable(root(&err))),
    }
}
// ANCHOR_END: serve
