//! What the command line says: where servers are, how much each can do, how they are chosen, and what is done to
//! them in the middle.

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::time::Duration;

use traffic::{Error, Plan};
use weather::Weather;

use crate::choice::Choice;
use crate::limited::Limits;

/// What a server is called.
pub const SERVER: &str = "server";

/// How long a call may take, unless the plan says otherwise.
const DEADLINE: Duration = Duration::from_secs(30);

/// A server's time for a question, unless the plan says otherwise.
pub const SERVICE: Duration = Duration::from_micros(50);

/// Where a server runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// In this process.
    #[default]
    Here,
    /// In a process that is started for it: from this program, or from another that speaks the same.
    Process(Option<PathBuf>),
    /// In a process that is there already, at a host and a port.
    At(String),
}

/// What is done to a server in the middle of a run, after so many questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upset {
    /// This server's process is killed when it has been asked so often.
    Kill(usize, u64),
    /// This server is ten times as slow from that question of its own on.
    Slow(usize, u64),
    /// Another shard joins when all servers together have been asked so often.
    Add(u64),
}

/// Everything that a plan says of servers.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where each server is, those of a shard one after the other.
    pub places: Vec<Place>,
    /// How many servers hold the same keys.
    pub replicas: usize,
    /// How much a server can do that is started for the run.
    pub limits: Limits,
    /// How one of the replicas is chosen.
    pub choice: Choice,
    /// Whether a late answer is asked for a second time.
    pub has_second: bool,
    /// What is done in the middle.
    pub upsets: Vec<Upset>,
    /// How long a call may take.
    pub deadline: Duration,
    /// What the network in between is like.
    pub weather: Option<Weather>,
    /// Where the keys for mutual TLS are.
    pub keys: Option<PathBuf>,
}

impl Options {
    /// Reads what the plan says; without a word there is one server, here.
    ///
    /// # Errors
    ///
    /// One sentence about what is wrong.
    pub fn of(plan: &Plan) -> Result<Options, Error> {
        let mut places = all(plan, "place", place)?;
        if places.is_empty() {
            places.push(Place::Here);
        }
        let options = Options {
            places,
            replicas: last(plan, "replicas", replicas)?.unwrap_or(1),
            limits: Limits {
                service: last(plan, "service", traffic::units::duration)?.unwrap_or(SERVICE),
                slow_from: None,
                shed: last(plan, "shed", traffic::units::duration)?,
            },
            choice: last(plan, "choice", choice)?.unwrap_or(Choice::Two),
            has_second: last(plan, "hedge", hedge)?.unwrap_or(true),
            upsets: all(plan, "upset", upset)?,
            deadline: last(plan, "deadline", deadline)?.unwrap_or(DEADLINE),
            weather: last(plan, "weather", str::parse)?,
            keys: plan.own("keys").last().map(PathBuf::from),
        };
        options.checked()
    }

    fn checked(self) -> Result<Options, Error> {
        let refused = |why: String| Err(Error::Refused(why));
        let (servers, replicas) = (self.places.len(), self.replicas);
        if !servers.is_multiple_of(replicas) {
            return refused(format!(
                "--replicas {replicas}: {servers} servers make no whole shards"
            ));
        }
        for upset in &self.upsets {
            let (Upset::Kill(server, _) | Upset::Slow(server, _)) = *upset else {
                continue;
            };
            match (self.places.get(server), upset) {
                (None, _) => return refused(format!("--upset: there is no server {}", server + 1)),
                (Some(Place::At(_)), _) => {
                    return refused(
                        "--upset: a server that is there already is not ours to touch".into(),
                    );
                }
                (Some(Place::Here), Upset::Kill(..)) => {
                    return refused("--upset: only a server in a process can be killed".into());
                }
                _ => {}
            }
        }
        Ok(self)
    }

    /// How much this server can do.
    pub fn limits(&self, server: usize) -> Limits {
        let slow = self.upsets.iter().find_map(|upset| match *upset {
            Upset::Slow(which, from) if which == server => Some(from),
            _ => None,
        });
        Limits {
            slow_from: slow,
            ..self.limits
        }
    }

    /// After how many of its questions this server is killed.
    pub fn killed_at(&self, server: usize) -> Option<u64> {
        self.upsets.iter().find_map(|upset| match *upset {
            Upset::Kill(which, at) if which == server => Some(at),
            _ => None,
        })
    }
}

fn all<T>(
    plan: &Plan,
    flag: &'static str,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, Error> {
    let values = plan
        .own(flag)
        .map(|text| read(text).map_err(|why| Error::Refused(format!("--{flag} {text}: {why}"))));
    values.collect()
}

fn last<T>(
    plan: &Plan,
    flag: &'static str,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>, Error> {
    Ok(all(plan, flag, read)?.pop())
}

/// Reads `server=WHERE`.
///
/// # Errors
///
/// A clause about what is wrong.
pub fn place(text: &str) -> Result<Place, String> {
    let place = text
        .strip_prefix(SERVER)
        .and_then(|rest| rest.strip_prefix('='))
        .ok_or("a place is written server=WHERE")?;
    match place {
        "here" => Ok(Place::Here),
        "process" => Ok(Place::Process(None)),
        path if path.contains('/') => Ok(Place::Process(Some(path.into()))),
        address => match address.rsplit_once(':') {
            Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => {
                Ok(Place::At(address.to_owned()))
            }
            _ => Err("WHERE is here, process, HOST:PORT, or the path of a program".into()),
        },
    }
}

/// Reads how many servers hold the same keys.
///
/// # Errors
///
/// A clause about what is wrong.
pub fn replicas(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(replicas @ 1..=64) => Ok(replicas),
        _ => Err("a number from 1 to 64 is wanted".into()),
    }
}

/// Reads how a replica is chosen.
///
/// # Errors
///
/// A clause about what is wrong.
pub fn choice(text: &str) -> Result<Choice, String> {
    match text {
        "random" => Ok(Choice::Random),
        "two" => Ok(Choice::Two),
        _ => Err("it is random or two".into()),
    }
}

/// Reads whether late answers are asked for again.
///
/// # Errors
///
/// A clause about what is wrong.
pub fn hedge(text: &str) -> Result<bool, String> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("it is on or off".into()),
    }
}

/// Reads `kill:SERVER@QUESTIONS`, `slow:SERVER@QUESTIONS` or `add@QUESTIONS`; servers are counted from 1.
///
/// # Errors
///
/// A clause about what is wrong.
pub fn upset(text: &str) -> Result<Upset, String> {
    let (what, at) = text
        .split_once('@')
        .ok_or("it ends with @QUESTIONS, as in kill:2@3000")?;
    let at = traffic::units::count(at)?;
    let server = |number: &str| match number.parse() {
        Ok(number @ 1_usize..) => Ok(number - 1),
        _ => Err("servers are counted from 1".to_owned()),
    };
    match what.split_once(':') {
        None if what == "add" => Ok(Upset::Add(at)),
        Some(("kill", number)) => Ok(Upset::Kill(server(number)?, at)),
        Some(("slow", number)) => Ok(Upset::Slow(server(number)?, at)),
        _ => Err("it is kill:SERVER@QUESTIONS, slow:SERVER@QUESTIONS or add@QUESTIONS".into()),
    }
}

/// Reads how long a call may take.
///
/// # Errors
///
/// A clause about what is wrong.
pub fn deadline(text: &str) -> Result<Duration, String> {
    match traffic::units::duration(text)? {
        Duration::ZERO => Err("without any time nothing can be asked".into()),
        time => Ok(time),
    }
}

/// The addresses of a host and port, if they may be used: those of other machines want keys.
///
/// # Errors
///
/// A clause about what is wrong.
pub fn resolve(address: &str, has_keys: bool) -> Result<Vec<SocketAddr>, String> {
    let addresses = address.to_socket_addrs().map_err(|err| err.to_string())?;
    let addresses: Vec<SocketAddr> = addresses.collect();
    match addresses.iter().find(|address| !address.ip().is_loopback()) {
        _ if addresses.is_empty() => Err("the name has no address".into()),
        Some(_) if !has_keys => Err(
            "beyond this machine's loopback both sides must prove who they are: give --keys DIR"
                .into(),
        ),
        _ => Ok(addresses),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(own: &[(&'static str, &str)]) -> Result<Options, Error> {
        let own = own.iter().map(|&(flag, text)| (flag, text.to_owned()));
        Options::of(&Plan {
            own: own.collect(),
            ..Plan::default()
        })
    }

    #[test]
    fn places_are_read() {
        for (text, expected) in [
            ("server=here", Place::Here),
            ("server=process", Place::Process(None)),
            ("server=./old", Place::Process(Some("./old".into()))),
            ("server=[::1]:70", Place::At("[::1]:70".into())),
        ] {
            assert_eq!(place(text), Ok(expected), "{text}");
        }
        for text in [
            "",
            "here",
            "lookup=here",
            "server=",
            "server=there",
            "server=:70",
        ] {
            assert!(place(text).is_err(), "{text}");
        }
    }

    #[test]
    fn upsets_are_read() {
        assert_eq!(upset("kill:2@3k"), Ok(Upset::Kill(1, 3_000)));
        assert_eq!(upset("slow:1@0"), Ok(Upset::Slow(0, 0)));
        assert_eq!(upset("add@5"), Ok(Upset::Add(5)));
        for text in [
            "", "add", "kill@5", "kill:0@5", "add:1@5", "hide:1@5", "kill:1@",
        ] {
            assert!(upset(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let process = ("place", "server=process");
        assert!(with(&[process, process, ("replicas", "2"), ("upset", "kill:2@9")]).is_ok());
        for own in [
            &[process, process, process, ("replicas", "2")][..],
            &[process, ("upset", "kill:2@9")],
            &[("place", "server=here"), ("upset", "kill:1@9")],
            &[("place", "server=localhost:70"), ("upset", "slow:1@9")],
        ] {
            assert!(matches!(with(own), Err(Error::Refused(_))), "{own:?}");
        }
    }

    #[test]
    fn only_loopback_goes_without_keys() {
        assert!(resolve("127.0.0.1:1", false).is_ok());
        let elsewhere = resolve("192.0.2.1:1", false);
        assert!(elsewhere.expect_err("not here").contains("--keys"));
        assert!(resolve("192.0.2.1:1", true).is_ok());
    }
}
