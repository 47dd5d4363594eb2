//! Accepted, and never processed: a send that returns `Ok` says that a message is on its way, and no more.
//!
//! A worker takes ten items, and is killed while it has the eleventh. By then a hundred have been sent, and each
//! send was accepted. Once more with an acknowledgement in each item, the sender knows what it does not know.

use std::fmt;
use std::io::{self, Read, Write};
use std::path::Path;

use remoc::rch::{base, mpsc, oneshot};
use serde::{Deserialize, Serialize};
use tokio::net::UnixStream;

use crate::peer::{Peer, parent};
use crate::wire::converse;

/// The mode in which the program is the worker.
pub const WORKER: &str = "--worker";

/// How many items are sent.
pub const SENT: u64 = 100;

/// How many the worker gets done before it is killed.
pub const DONE: u64 = 10;

// ANCHOR: item
/// Something to be done, and perhaps where it is acknowledged.
#[derive(Debug, Serialize, Deserialize)]
struct Item {
    number: u64,
    done: Option<oneshot::Sender<()>>,
}
// ANCHOR_END: item

/// What became of the items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Sends that returned `Ok`.
    pub accepted: u64,
    /// Items that the worker has done.
    pub done: u64,
    /// Acknowledgements that came.
    pub acknowledged: u64,
    /// Acknowledgements that will never come, of which the sender is told.
    pub unknown: u64,
}

/// Runs both.
///
/// # Errors
///
/// If the worker cannot be had.
pub async fn run(program: &Path) -> io::Result<Both> {
    Ok(Both {
        sent: hundred(program, false).await?,
        asked: hundred(program, true).await?,
    })
}

// ANCHOR: hundred
async fn hundred(program: &Path, with_answers: bool) -> io::Result<Outcome> {
    let (mut worker, stream) = Peer::start(program, WORKER)?;
    let (mut first, _) = converse::<mpsc::Receiver<Item>, ()>(stream).await?;
    let (items_in, items) = mpsc::channel();
    first.send(items).await.map_err(io::Error::other)?;
    let mut outcome = Outcome::default();
    let mut answers = Vec::new();
    for number in 1..=SENT {
        let (done, answer) = oneshot::channel();
        let done = with_answers.then_some(done);
        if items_in.send(Item { number, done }).await.is_ok() {
            outcome.accepted += 1;
        }
        answers.extend(with_answers.then_some(answer));
    }
    // The worker says a point when it has done an item, and something else when it has the eleventh.
    let mut report = worker.stdout().expect("it is piped, and taken once");
    let mut said = vec![0; DONE as usize + 1];
    report.read_exact(&mut said)?;
    let mut answers = answers.into_iter();
    // An acknowledgement, too, may be sent and lost: those of what is done are waited for.
    for answer in answers.by_ref().take(DONE as usize) {
        outcome.acknowledged += u64::from(answer.await.is_ok());
    }
    worker.kill()?;
    report.read_to_end(&mut said)?;
    outcome.done = said.iter().filter(|&&byte| byte == b'.').count() as u64;
    for answer in answers {
        match answer.await {
            Ok(()) => outcome.acknowledged += 1,
            Err(_) => outcome.unknown += 1,
        }
    }
    Ok(outcome)
}
// ANCHOR_END: hundred

/// Is the worker: it does ten items, and is busy with the next until it is killed.
///
/// # Errors
///
/// If there is no parent.
pub async fn work() -> io::Result<()> {
    let stream = parent()?;
    stream.set_nonblocking(true)?;
    let (_first, mut channels): (base::Sender<()>, _) =
        converse::<(), mpsc::Receiver<Item>>(UnixStream::from_std(stream)?).await?;
    let Ok(Some(mut items)) = channels.recv().await else {
        return Ok(());
    };
    while let Ok(Some(item)) = items.recv().await {
        if item.number > DONE {
            tell(b'?')?;
            // Until the end, of this process or of its parent.
            let _ = channels.recv().await;
            break;
        }
        tell(b'.')?;
        if let Some(done) = item.done {
            let _ = done.send(());
        }
    }
    Ok(())
}

fn tell(what: u8) -> io::Result<()> {
    io::stdout().write_all(&[what])?;
    io::stdout().flush()
}

/// Without acknowledgements, and with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Both {
    /// Only sent.
    pub sent: Outcome,
    /// Sent, and an answer asked for.
    pub asked: Outcome,
}

impl fmt::Display for Both {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "              accepted  done  acknowledged  unknown")?;
        for (how, outcome) in [("only sent", self.sent), ("with answers", self.asked)] {
            let Outcome {
                accepted,
                done,
                acknowledged,
                unknown,
            } = outcome;
            writeln!(
                f,
                "{how:<12}  {accepted:>8}  {done:>4}  {acknowledged:>12}  {unknown:>7}"
            )?;
        }
        Ok(())
    }
}
