//! A partition: two replicas, each alive, each of which takes the other for dead, and goes on alone.
//!
//! Both count, and tell each other of each hit. Then the network between them becomes a black hole.

use std::fmt;
use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::time::timeout;
use weather::{Stream, Weather, between};

/// After so much silence a replica takes the other for dead.
const PATIENCE: Duration = Duration::from_millis(500);

/// Hits that each counts while the network is whole, and when it is cut.
const TOGETHER: [u8; 2] = [2, 1];
const ALONE: [u8; 2] = [2, 4];

/// The network is whole, then takes all and brings nothing, and then is whole again.
const WEATHERS: [&str; 3] = ["", "blackhole=0", ""];

const HIT: u8 = b'+';

/// What one replica believes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Belief {
    /// How many hits there were, when both had heard of all.
    pub together: u8,
    /// Whether it takes the other for dead.
    pub other_is_dead: bool,
    /// How many hits there were, after it went on alone.
    pub alone: u8,
    /// How many hits the dead one says there were, as soon as it is heard again.
    pub heard: u8,
}

/// Runs both replicas.
///
/// # Errors
///
/// If the system has no sockets.
pub async fn run() -> io::Result<Beliefs> {
    let mut networks = Vec::new();
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for weather in WEATHERS {
        let weather: Weather = weather.parse().expect("it is weather");
        let (ours, our_end) = UnixStream::pair()?;
        let (theirs, their_end) = UnixStream::pair()?;
        networks.push(tokio::spawn(async move {
            between(Stream::Unix(our_end), Stream::Unix(their_end), &weather, 0).await
        }));
        one.push(ours);
        other.push(theirs);
    }
    let (a, b) = tokio::try_join!(replica(0, one), replica(1, other))?;
    for network in networks {
        network.abort();
    }
    Ok(Beliefs([a, b]))
}

// ANCHOR: replica
/// One of the two replicas, on a network that is whole, then cut, and then whole again.
async fn replica(me: usize, mut networks: Vec<UnixStream>) -> io::Result<Belief> {
    let [whole, cut, again] = &mut networks[..] else {
        unreachable!("there are three")
    };
    let mut belief = Belief::default();
    let (mine, others) = (TOGETHER[me], TOGETHER[1 - me]);
    whole.write_all(&vec![HIT; mine.into()]).await?;
    whole.read_exact(&mut vec![0; others.into()]).await?;
    belief.together = mine + others;

    belief.alone = belief.together;
    for _ in 0..ALONE[me] {
        // Accepted, each of them.
        cut.write_all(&[HIT]).await?;
        belief.alone += 1;
    }
    belief.other_is_dead = timeout(PATIENCE, cut.read_u8()).await.is_err();

    again.write_all(&[belief.alone]).await?;
    belief.heard = again.read_u8().await?;
    Ok(belief)
}
// ANCHOR_END: replica

/// What both believe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beliefs(pub [Belief; 2]);

impl Beliefs {
    /// How many hits there were.
    pub fn truth(&self) -> u8 {
        [TOGETHER, ALONE].as_flattened().iter().sum()
    }
}

impl fmt::Display for Beliefs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b] = self.0;
        let believes = |name: &str, belief: Belief| match belief.other_is_dead {
            true => format!("{name} is dead"),
            false => format!("{name} is there"),
        };
        let mut line = |what: &str, a: String, b: String| writeln!(f, "{what:<22}  {a:<16}  {b}");
        line("", "replica a".into(), "replica b".into())?;
        line(
            "the network is whole",
            format!("{} hits", a.together),
            format!("{} hits", b.together),
        )?;
        line("the network is cut", believes("b", a), believes("a", b))?;
        line(
            "each goes on alone",
            format!("{} hits", a.alone),
            format!("{} hits", b.alone),
        )?;
        line(
            "it is whole again",
            format!("b says {}", a.heard),
            format!("a says {}", b.heard),
        )?;
        writeln!(f, "there were              {} hits", self.truth())
    }
}
