//! How a directory fails, on demand: what a client must live with, made repeatable.

use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::str::FromStr;
use std::time::Duration;

use crate::Error;

/// A slow directory is late for one request in so many: rare enough to leave the median alone.
const SLOW_EVERY: u64 = 100;

/// So late: as much as a lost packet or a long garbage collection costs.
const SLOW_EXTRA: Duration = Duration::from_millis(50);

/// A dying directory answers so many requests first, so that a run is well under way.
pub const DIE_AFTER: u64 = 500;

/// A directory that blinks is gone for so long: a process that was restarted.
const BLINK: Duration = Duration::from_secs(1);

/// What is wrong with a directory server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// One request in 100 is answered 50 ms late.
    Slow,
    /// Connections are refused, as if nothing ran there.
    Refuse,
    /// Requests are read and never answered.
    Hang,
    /// What comes back is no answer: for another key, binary, without end, or cut short.
    Garbage,
    /// The server answers some requests, then closes every connection and refuses new ones.
    Die {
        /// The number of requests that it answers first.
        after: u64,
        /// How long it is gone; for good if `None`. Then it works without a fault.
        returns_after: Option<Duration>,
    },
}

/// What a server does with one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Conduct {
    /// Answers it, so much later than it would.
    Answer(Duration),
    /// Answers it with this.
    Babble(Babble),
    /// Keeps silent.
    Ignore,
    /// Dies of it.
    Die,
}

/// Each way of answering with something that is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Babble {
    /// A well-formed answer to a question that was never asked.
    WrongKey,
    /// A line of bytes that are no text.
    Binary,
    /// A line that never ends.
    Endless,
    /// Half an answer, then the end of the connection.
    Cut,
}

impl Fault {
    /// What a server with this fault does with its request of this number, counted from 1.
    pub(super) fn conduct(self, request: u64) -> Conduct {
        match self {
            Fault::Slow if request.is_multiple_of(SLOW_EVERY) => Conduct::Answer(SLOW_EXTRA),
            Fault::Die { after, .. } if request > after => Conduct::Die,
            Fault::Slow | Fault::Die { .. } => Conduct::Answer(Duration::ZERO),
            Fault::Refuse | Fault::Hang => Conduct::Ignore,
            Fault::Garbage => Conduct::Babble(match request % 4 {
                1 => Babble::WrongKey,
                2 => Babble::Binary,
                3 => Babble::Endless,
                _ => Babble::Cut,
            }),
        }
    }
}

impl Babble {
    /// Writes garbage in answer to a query; an error ends the connection.
    pub(super) fn write(self, query: &[u8], out: &mut impl Write) -> io::Result<()> {
        let key = query
            .split(|&byte| byte == b' ')
            .next_back()
            .unwrap_or(query);
        match self {
            Babble::WrongKey => out.write_all(&[b"not-", key, b" Nobody At All\n"].concat()),
            Babble::Binary => out.write_all(b"\x00\xff\xfe\x80 \x1b[2J\xc3\x28\n"),
            // Writing fails as soon as the client, or the server as a whole, closes the connection.
            Babble::Endless => loop {
                out.write_all(&[key, b" and so on"].concat())?;
            },
            Babble::Cut => {
                out.write_all(&[key, b" Nob"].concat())?;
                out.flush()?;
                Err(ErrorKind::ConnectionAborted.into())
            }
        }
    }
}

impl FromStr for Fault {
    type Err = Error;

    fn from_str(name: &str) -> Result<Fault, Error> {
        match name {
            "slow" => Ok(Fault::Slow),
            "refuse" => Ok(Fault::Refuse),
            "hang" => Ok(Fault::Hang),
            "garbage" => Ok(Fault::Garbage),
            "die" => Ok(Fault::Die {
                after: DIE_AFTER,
                returns_after: None,
            }),
            "blink" => Ok(Fault::Die {
                after: DIE_AFTER,
                returns_after: Some(BLINK),
            }),
            _ => Err(Error::Directory(format!(
                "unknown fault `{}`: expected slow, refuse, hang, garbage, die or blink",
                name.escape_debug()
            ))),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fault::Slow => "slow",
            Fault::Refuse => "refuse",
            Fault::Hang => "hang",
            Fault::Garbage => "garbage",
            Fault::Die {
                returns_after: None,
                ..
            } => "die",
            Fault::Die { .. } => "blink",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for name in ["slow", "refuse", "hang", "garbage", "die", "blink"] {
            assert_eq!(name.parse::<Fault>().unwrap().to_string(), name);
        }
        assert_eq!(
            "lazy\n".parse::<Fault>().unwrap_err().to_string(),
            "unknown fault `lazy\\n`: expected slow, refuse, hang, garbage, die or blink"
        );
    }

    #[test]
    fn faults_strike_by_number() {
        let late = (1..=1000).filter(|&n| Fault::Slow.conduct(n) == Conduct::Answer(SLOW_EXTRA));
        assert_eq!(
            late.collect::<Vec<_>>(),
            (100..=1000).step_by(100).collect::<Vec<_>>()
        );
        let die = Fault::Die {
            after: 2,
            returns_after: None,
        };
        assert_eq!(die.conduct(2), Conduct::Answer(Duration::ZERO));
        assert_eq!(die.conduct(3), Conduct::Die);
    }
}
