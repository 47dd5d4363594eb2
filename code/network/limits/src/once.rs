//! No exactly-once delivery: a request without an answer was lost, or its answer was. The asker cannot tell.
//!
//! It asks a server to add 1, and hears nothing. If it asks again, the server may add 2; if not, perhaps
//! nothing. What can be had is an *effect* that happens once: the request has a key, and the server
//! remembers those that it has done.

use std::collections::HashSet;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use weather::{Stream, Weather, between};

/// How long an answer is waited for.
const DEADLINE: Duration = Duration::from_millis(500);

/// What would have come by then: far longer than any of it takes.
const LATER: Duration = Duration::from_secs(30);

/// What is lost on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// What is asked.
    Request,
    /// What is answered.
    Answer,
    /// Neither.
    Nothing,
}

/// What is lost when the server is asked first.
pub const LOST: [Lost; 2] = [Lost::Request, Lost::Answer];

/// What the asker does when it has heard nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It leaves it at that: at most once.
    Nothing,
    /// It asks again: at least once.
    Again,
    /// It asks again, and the server knows the request by its key: an effect that happens once.
    AgainWithKey,
}

/// All of them.
pub const THENS: [Then; 3] = [Then::Nothing, Then::Again, Then::AgainWithKey];

/// The one key that is used here. A real one is drawn by chance, or counted by the one asker that uses it.
const KEY: u8 = 7;

/// A request without a key.
const NO_KEY: u8 = 0;

/// What the server has.
#[derive(Debug, Default)]
struct State {
    sum: u64,
    done: HashSet<u8>,
}

/// Runs all of it.
///
/// # Errors
///
/// If the system has no sockets.
pub async fn run() -> io::Result<Table> {
    let [one, other] = LOST.map(|lost| async move {
        let [a, b, c] = THENS.map(|then| sum(lost, then));
        tokio::try_join!(a, b, c).map(|(a, b, c)| [a, b, c])
    });
    let (one, other) = tokio::try_join!(one, other)?;
    Ok(Table([one, other]))
}

// ANCHOR: ask
/// Asks, and loses one or the other, and asks once more or not; gives what the server has added in the end.
async fn sum(lost: Lost, then: Then) -> io::Result<u64> {
    let state = Arc::default();
    let key = match then {
        Then::Nothing | Then::Again => NO_KEY,
        Then::AgainWithKey => KEY,
    };
    let is_answered = ask(lost, key, &state).await?;
    if !is_answered && then != Then::Nothing {
        ask(Lost::Nothing, key, &state).await?;
    }
    let state = state.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(state.sum)
}

/// Asks once, and says whether there was an answer.
async fn ask(lost: Lost, key: u8, state: &Arc<Mutex<State>>) -> io::Result<bool> {
    let (mut stream, server, network) = connect(lost, Arc::clone(state))?;
    stream.write_all(&[key]).await?;
    let deadline = if lost == Lost::Nothing {
        LATER
    } else {
        DEADLINE
    };
    let is_answered = matches!(timeout(deadline, stream.read_u8()).await, Ok(Ok(_)));
    drop(stream);
    if lost != Lost::Request {
        // What has arrived is done before we look. A server that heard nothing does not hear of the end either.
        let _ = timeout(LATER, server).await;
    }
    network.abort();
    Ok(is_answered)
}

/// Adds 1 for each request, if it has no key or one that is new, and answers.
async fn serve(mut stream: UnixStream, state: Arc<Mutex<State>>) {
    while let Ok(key) = stream.read_u8().await {
        {
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            if key == NO_KEY || state.done.insert(key) {
                state.sum += 1;
            }
        }
        if stream.write_all(b"!").await.is_err() {
            return;
        }
    }
}
// ANCHOR_END: ask

/// A connection to the server: our end, the server, and the network between.
fn connect(
    lost: Lost,
    state: Arc<Mutex<State>>,
) -> io::Result<(UnixStream, JoinHandle<()>, JoinHandle<()>)> {
    let (ours, our_end) = UnixStream::pair()?;
    let (theirs, their_end) = UnixStream::pair()?;
    let weather = match lost {
        Lost::Request => "blackhole=0,only=up",
        Lost::Answer => "blackhole=0,only=down",
        Lost::Nothing => "",
    };
    let weather: Weather = weather.parse().expect("it is weather");
    let server = tokio::spawn(serve(theirs, state));
    let network = tokio::spawn(async move {
        between(Stream::Unix(our_end), Stream::Unix(their_end), &weather, 0).await;
    });
    Ok((ours, server, network))
}

/// What the server has added: for each thing that may be lost, in each way to react.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table(pub [[u64; 3]; 2]);

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "                     not again  again  again, with a key"
        )?;
        for (lost, [nothing, again, with_key]) in LOST.into_iter().zip(self.0) {
            let what = match lost {
                Lost::Request => "the request is lost",
                Lost::Answer => "the answer is lost",
                Lost::Nothing => "nothing is lost",
            };
            writeln!(f, "{what:<19}  {nothing:<9}  {again:<5}  {with_key}")?;
        }
        Ok(())
    }
}
