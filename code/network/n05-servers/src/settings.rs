//! The flags of this step alone.

use std::net::ToSocketAddrs;
use std::path::PathBuf;
use std::time::Duration;

use traffic::units::{count, duration};
use traffic::{Error, Plan};

use crate::near::Near;
use crate::working::STAGE;

/// How many lines a range has when it is not told.
pub const RANGE_LINES: usize = 1_000;

/// When a range is given to another worker, if it is not told: after so much silence about it.
pub const SILENCE: Duration = Duration::from_secs(1);

/// For how long a server is waited for that is not there, if it is not told.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How long the shared cache keeps an answer, if it is not told.
pub const SHARED: Duration = Duration::from_secs(60);

/// How long a worker's own cache does, and how many it keeps.
pub const NEAR: Near = Near {
    keeps: Duration::from_secs(10),
    size: 65_536,
};

/// Where a worker runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this process.
    Here,
    /// In a process that is started for it: from this program, or from another that speaks the same.
    Process(Option<PathBuf>),
}

/// Where a server is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// It is started for the run, and ends with it.
    Own,
    /// It is there already, at this URL.
    There(String),
    /// It is done without.
    None,
}

/// All of them.
#[derive(Clone, Debug)]
pub struct Settings {
    /// One for each worker that the run sees to; at least one.
    pub places: Vec<Place>,
    /// The queue's server.
    pub queue: At,
    /// The shared cache's.
    pub cache: At,
    /// The name under which a run that was killed can go on.
    pub job: Option<String>,
    /// Lines of a range.
    pub range_lines: usize,
    /// Silence after which a range is given to another worker.
    pub silence: Duration,
    /// For how long a server is waited for.
    pub patience: Duration,
    /// How long the shared cache keeps an answer.
    pub shared: Duration,
    /// The workers' own caches.
    pub near: Near,
}

impl Settings {
    /// Reads what the plan says.
    ///
    /// # Errors
    ///
    /// One sentence about what is wrong.
    pub fn of(plan: &Plan) -> Result<Settings, Error> {
        let mut places = Vec::new();
        for text in plan.own("place") {
            places.push(place(text).map_err(|why| refused("place", text, &why))?);
        }
        if places.is_empty() {
            places.push(Place::Here);
        }
        let keeps = last(plan, "near", keeps)?.unwrap_or(NEAR.keeps);
        let size = last(plan, "near-size", count)?.unwrap_or(NEAR.size);
        Ok(Settings {
            places,
            queue: last(plan, "nats", nats)?.unwrap_or(At::Own),
            cache: last(plan, "redis", redis)?.unwrap_or(At::Own),
            job: last(plan, "job", job)?,
            range_lines: last(plan, "range", range)?.unwrap_or(RANGE_LINES),
            silence: last(plan, "silence", time)?.unwrap_or(SILENCE),
            patience: last(plan, "patience", time)?.unwrap_or(PATIENCE),
            shared: last(plan, "shared", self::keeps)?.unwrap_or(SHARED),
            near: Near { keeps, size },
        })
    }
}

fn refused(flag: &str, value: &str, why: &str) -> Error {
    Error::Refused(format!("--{flag} {value}: {why}"))
}

/// The value of a flag that counts: the last one.
fn last<T>(
    plan: &Plan,
    flag: &str,
    read: fn(&str) -> Result<T, String>,
) -> Result<Option<T>, Error> {
    match plan.own(flag).last() {
        None => Ok(None),
        Some(text) => read(text)
            .map(Some)
            .map_err(|why| refused(flag, text, &why)),
    }
}

/// Reads `--place`.
///
/// # Errors
///
/// A clause about what is wrong; so with all that follow.
pub fn place(text: &str) -> Result<Place, String> {
    let (stage, place) = text
        .split_once('=')
        .ok_or("a place is written STAGE=WHERE, as in lookup=process")?;
    match place {
        _ if stage != STAGE => Err(format!("only `{STAGE}` can be placed")),
        "here" => Ok(Place::Here),
        "process" => Ok(Place::Process(None)),
        path if path.contains('/') => Ok(Place::Process(Some(path.into()))),
        _ => Err("WHERE is here, process, or the path of a program; a worker elsewhere comes by itself, with \
                  `--serve lookup --nats … --job NAME`"
            .into()),
    }
}

/// Reads `--nats`.
pub fn nats(text: &str) -> Result<At, String> {
    let (token, place) = match text.rsplit_once('@') {
        Some((token, place)) => (format!("{token}@"), place),
        None => (String::new(), text),
    };
    is_near(place)?;
    Ok(At::There(format!("nats://{token}{place}")))
}

/// Reads `--redis`.
pub fn redis(text: &str) -> Result<At, String> {
    match text {
        "none" => Ok(At::None),
        path if path.starts_with('/') => Ok(At::There(format!("redis+unix://{path}"))),
        place => {
            is_near(place)?;
            Ok(At::There(format!("redis://{place}")))
        }
    }
}

/// What is said to the servers can be read on the way.
fn is_near(place: &str) -> Result<(), String> {
    let addresses = place.to_socket_addrs().map_err(|err| err.to_string())?;
    let far = addresses
        .into_iter()
        .any(|address| !address.ip().is_loopback());
    match far {
        true => Err(
            "beyond this machine's loopback others could read along: give the near end of a tunnel"
                .into(),
        ),
        false => Ok(()),
    }
}

/// Reads `--job`.
pub fn job(text: &str) -> Result<String, String> {
    let is_sound = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    match text {
        _ if !(1..=64).contains(&text.len()) => Err("a name has 1 to 64 letters".into()),
        _ if !text.chars().all(is_sound) => Err("a name is of letters, digits, - and _".into()),
        name => Ok(name.to_owned()),
    }
}

/// Reads `--range`.
pub fn range(text: &str) -> Result<usize, String> {
    match count(text)? {
        lines @ 1..=65_536 => Ok(lines as usize),
        _ => Err("a range has 1 to 65,536 lines".into()),
    }
}

/// Reads `--silence` and `--patience`.
pub fn time(text: &str) -> Result<Duration, String> {
    match duration(text)? {
        time if time < Duration::from_millis(100) => Err("at least 100 ms".into()),
        time if time > Duration::from_secs(24 * 60 * 60) => Err("at most a day".into()),
        time => Ok(time),
    }
}

/// Reads `--near` and `--shared`.
pub fn keeps(text: &str) -> Result<Duration, String> {
    match duration(text)? {
        time if time > Duration::from_secs(24 * 60 * 60) => Err("at most a day".into()),
        time => Ok(time),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_near_goes_in_the_clear() {
        let url = |url: &str| Ok(At::There(url.to_owned()));
        assert_eq!(nats("127.0.0.1:4222"), url("nats://127.0.0.1:4222"));
        assert_eq!(nats("secret@[::1]:4222"), url("nats://secret@[::1]:4222"));
        assert_eq!(redis("127.0.0.1:6379"), url("redis://127.0.0.1:6379"));
        assert_eq!(
            redis("/run/redis.sock"),
            url("redis+unix:///run/redis.sock")
        );
        assert_eq!(redis("none"), Ok(At::None));
        // Addresses for documentation (RFC 5737).
        assert!(
            nats("192.0.2.1:4222")
                .expect_err("not here")
                .contains("tunnel")
        );
        assert!(redis("192.0.2.1:6379").is_err());
    }

    #[test]
    fn names_are_such_that_a_queue_can_have() {
        for text in ["", "a.b", "a b", "ä", "*", &"x".repeat(65)] {
            assert!(job(text).is_err(), "{text}");
        }
        assert_eq!(job("monday_1-a"), Ok("monday_1-a".into()));
        for text in ["", "here", "count=here", "lookup=", "lookup=127.0.0.1:7000"] {
            assert!(place(text).is_err(), "{text}");
        }
    }
}
