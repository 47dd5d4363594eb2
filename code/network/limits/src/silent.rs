//! A peer that hangs: nothing is said, until a deadline of our own. Slow, stopped and cut off look the same.
//!
//! Each peer is a process, and asked one question. What can be seen of it until the deadline is noted, and then
//! what would have been seen had we waited.

use std::fmt;
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::Duration;

use rustix::process::Signal;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::time::timeout;
use weather::{Stream, Weather, between};

use crate::peer::{Peer, parent};

/// The mode in which the program is the peer.
pub const PEER: &str = "--peer";

/// How long an answer is waited for.
pub const DEADLINE: Duration = Duration::from_secs(2);

/// What would have come by then: far longer than any of it takes.
const LATER: Duration = Duration::from_secs(30);

/// A question that is answered at once, and one that is answered when [`NOW`] is said, which stands for work that
/// takes long.
const QUESTION: u8 = b'q';
const HARD_QUESTION: u8 = b'h';
const NOW: u8 = b'n';
const ANSWER: u8 = b'a';

/// What is wrong with a peer, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Quick,
    /// Its work takes longer than we wait.
    Slow,
    /// `kill -STOP`: it is there, and does nothing until it is continued.
    Stopped,
    /// The network takes all, and brings nothing.
    CutOff,
    /// `kill -KILL`. The system, which is ours as well, knows, and says so.
    Killed,
}

/// All of them.
pub const KINDS: [Kind; 5] = [
    Kind::Quick,
    Kind::Slow,
    Kind::Stopped,
    Kind::CutOff,
    Kind::Killed,
];

/// What is seen of a peer that was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It answers.
    Answer,
    /// The connection has ended.
    End,
    /// Nothing, as long as we looked.
    Nothing,
}

/// What was seen of one peer until the deadline, and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What is wrong with it.
    pub kind: Kind,
    /// What was seen until the deadline.
    pub until: Seen,
    /// What was seen after it, if there was anything left to see.
    pub then: Option<Seen>,
}

/// Asks all peers, at once.
///
/// # Errors
///
/// If one cannot be had.
pub async fn run(program: &Path) -> io::Result<Table> {
    let [a, b, c, d, e] = KINDS.map(|kind| ask(program, kind));
    let (a, b, c, d, e) = tokio::try_join!(a, b, c, d, e)?;
    Ok(Table([a, b, c, d, e]))
}

// ANCHOR: ask
async fn ask(program: &Path, kind: Kind) -> io::Result<Outcome> {
    let (mut peer, stream) = Peer::start(program, PEER)?;
    let mut stream = through_weather(stream, kind)?;
    // It is there, and answers.
    stream.write_all(&[QUESTION]).await?;
    stream.read_exact(&mut [0]).await?;
    if kind == Kind::Stopped {
        peer.signal(Signal::STOP)?;
    }
    let is_hard = matches!(kind, Kind::Slow | Kind::Killed);
    let question = if is_hard { HARD_QUESTION } else { QUESTION };
    // Of all five this one is accepted.
    stream.write_all(&[question]).await?;
    if kind == Kind::Killed {
        peer.kill()?;
    }
    let until = seen(&mut stream, DEADLINE).await;
    match kind {
        Kind::Slow => stream.write_all(&[NOW]).await?,
        Kind::Stopped => peer.signal(Signal::CONT)?,
        Kind::Quick | Kind::CutOff | Kind::Killed => {}
    }
    let then = match (kind, until) {
        (_, Seen::Answer | Seen::End) => None,
        // For ever takes too long.
        (Kind::CutOff, _) => Some(seen(&mut stream, DEADLINE).await),
        _ => Some(seen(&mut stream, LATER).await),
    };
    Ok(Outcome { kind, until, then })
}

async fn seen(stream: &mut UnixStream, deadline: Duration) -> Seen {
    match timeout(deadline, stream.read_u8()).await {
        Ok(Ok(_)) => Seen::Answer,
        Ok(Err(_)) => Seen::End,
        Err(_) => Seen::Nothing,
    }
}
// ANCHOR_END: ask

/// A connection that loses every answer but the first, for the peer that is to be cut off.
fn through_weather(stream: UnixStream, kind: Kind) -> io::Result<UnixStream> {
    if kind != Kind::CutOff {
        return Ok(stream);
    }
    let (ours, theirs) = UnixStream::pair()?;
    let weather: Weather = "blackhole=1,only=down".parse().expect("it is weather");
    tokio::spawn(async move {
        between(Stream::Unix(theirs), Stream::Unix(stream), &weather, 0).await;
    });
    Ok(ours)
}

/// Is a peer: it answers what it is asked.
///
/// # Errors
///
/// If there is no parent.
pub fn answer() -> io::Result<()> {
    let mut stream = parent()?;
    let mut question = [0];
    while stream.read(&mut question)? == 1 {
        if question == [HARD_QUESTION] {
            let mut now = [0];
            stream.read_exact(&mut now)?;
            debug_assert_eq!(now, [NOW]);
        }
        stream.write_all(&[ANSWER])?;
    }
    Ok(())
}

/// What was seen of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table(pub [Outcome; 5]);

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "the peer is  its question  until the deadline  after it")?;
        for Outcome { kind, until, then } in self.0 {
            let kind = match kind {
                Kind::Quick => "quick",
                Kind::Slow => "slow",
                Kind::Stopped => "stopped",
                Kind::CutOff => "cut off",
                Kind::Killed => "killed",
            };
            let until = match until {
                Seen::Answer => "an answer",
                Seen::End => "the end",
                Seen::Nothing => "nothing",
            };
            let then = match then {
                None => "",
                Some(Seen::Answer) => "an answer, late",
                Some(Seen::End) => "the end",
                Some(Seen::Nothing) => "nothing",
            };
            let line = format!("{kind:<11}  accepted      {until:<18}  {then}");
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
