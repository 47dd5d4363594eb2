//! Where a stage is to run: `--place lookup=here`, `=process`, `=HOST:PORT`, once for each replica.

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;

use traffic::{Error, Plan};
use weather::Weather;

/// The one stage that can be placed.
pub const STAGE: &str = "lookup";

/// Where one replica of the stage runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this process.
    Here,
    /// In a process that is started for it: from this program, or from another that speaks the same.
    Process(Option<PathBuf>),
    /// In a process that is there already, at a host and a port.
    At(String),
}

/// Everything about places that a plan says.
#[derive(Debug)]
pub struct Places {
    /// One for each replica; at least one.
    pub replicas: Vec<Place>,
    /// What the network in between is like.
    pub weather: Option<Weather>,
    /// Where the keys for mutual TLS are.
    pub keys: Option<PathBuf>,
}

impl Places {
    /// Reads what the plan says; without a word, all is here.
    ///
    /// # Errors
    ///
    /// One sentence about what is wrong.
    pub fn of(plan: &Plan) -> Result<Places, Error> {
        let mut replicas = Vec::new();
        for text in plan.own("place") {
            replicas.push(place(text).map_err(|why| refused("place", text, &why))?);
        }
        if replicas.is_empty() {
            replicas.push(Place::Here);
        }
        let weather = match plan.own("weather").last() {
            None => None,
            Some(text) => Some(
                text.parse()
                    .map_err(|why: String| refused("weather", text, &why))?,
            ),
        };
        let keys = plan.own("keys").last().map(PathBuf::from);
        Ok(Places {
            replicas,
            weather,
            keys,
        })
    }
}

fn refused(flag: &str, value: &str, why: &str) -> Error {
    Error::Refused(format!("--{flag} {value}: {why}"))
}

/// Reads `lookup=WHERE`.
///
/// # Errors
///
/// A clause about what is wrong.
pub fn place(text: &str) -> Result<Place, String> {
    let (stage, place) = text
        .split_once('=')
        .ok_or("a place is written STAGE=WHERE, as in lookup=process")?;
    if stage != STAGE {
        return Err(format!("only `{STAGE}` can be placed"));
    }
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

    #[test]
    fn places_are_read() {
        for (text, expected) in [
            ("lookup=here", Place::Here),
            ("lookup=process", Place::Process(None)),
            ("lookup=./old", Place::Process(Some("./old".into()))),
            ("lookup=localhost:70", Place::At("localhost:70".into())),
            ("lookup=[::1]:70", Place::At("[::1]:70".into())),
        ] {
            assert_eq!(place(text), Ok(expected), "{text}");
        }
        for text in [
            "",
            "here",
            "count=here",
            "lookup=",
            "lookup=there",
            "lookup=:70",
        ] {
            assert!(place(text).is_err(), "{text}");
        }
    }

    #[test]
    fn only_loopback_goes_without_keys() {
        assert!(resolve("127.0.0.1:1", false).is_ok());
        assert!(resolve("[::1]:1", false).is_ok());
        assert!(
            resolve("192.0.2.1:1", false)
                .expect_err("not here")
                .contains("--keys")
        );
        assert!(resolve("0.0.0.0:1", false).is_err());
        assert!(resolve("192.0.2.1:1", true).is_ok());
    }
}
