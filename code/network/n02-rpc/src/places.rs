//! Where the services are: `--place front=…` and `--place directory=…`, each here, in a process, or at a port.
//!
//! The front is here unless its place is given, and the directory is where the front is.

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::time::Duration;

use traffic::{Error, Plan};
use weather::Weather;

/// The services that can be placed, by their names: what is asked, and what it asks.
pub const SERVICES: [&str; 2] = [FRONT, DIRECTORY];

/// See [`SERVICES`].
pub const FRONT: &str = "front";

/// See [`SERVICES`].
pub const DIRECTORY: &str = "directory";

/// What a service may be asked to tell at its end.
pub const LEFT: &str = "left";

/// How long a call may take, unless the plan says otherwise. The directory's own patience, with all its tries,
/// is several times shorter.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// Where a service runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// In the process of what asks it.
    #[default]
    Here,
    /// In a process that is started for it: from this program, or from another that speaks the same.
    Process(Option<PathBuf>),
    /// In a process that is there already, at a host and a port.
    At(String),
}

/// Everything about places that a plan says.
#[derive(Debug)]
pub struct Places {
    /// Where the cache is.
    pub front: Place,
    /// Where that is which the cache asks.
    pub directory: Place,
    /// How long a call may take.
    pub deadline: Duration,
    /// Whether services that are started tell how much of that questions had left.
    pub tells_left: bool,
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
        let mut places = Places {
            front: Place::Here,
            directory: Place::Here,
            deadline: DEADLINE,
            tells_left: plan.own("tell").next().is_some(),
            weather: None,
            keys: plan.own("keys").last().map(PathBuf::from),
        };
        for text in plan.own("place") {
            let (service, at) = place(text).map_err(|why| refused("place", text, &why))?;
            if service == FRONT {
                places.front = at;
            } else {
                places.directory = at;
            }
        }
        if let Some(text) = plan.own("deadline").last() {
            places.deadline = deadline(text).map_err(|why| refused("deadline", text, &why))?;
        }
        if let Some(text) = plan.own("weather").last() {
            let weather = text
                .parse()
                .map_err(|why: String| refused("weather", text, &why))?;
            places.weather = Some(weather);
        }
        match (&places.front, &places.directory) {
            (Place::At(_), Place::Process(_) | Place::At(_)) => Err(Error::Refused(
                "a front that is there already has a directory of its own: \
                 leave `--place directory` away"
                    .into(),
            )),
            _ => Ok(places),
        }
    }
}

fn refused(flag: &str, value: &str, why: &str) -> Error {
    Error::Refused(format!("--{flag} {value}: {why}"))
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

/// Reads what services are to tell: there is one thing.
///
/// # Errors
///
/// A clause about what is wrong.
pub fn tell(text: &str) -> Result<(), String> {
    match text {
        LEFT => Ok(()),
        _ => Err(format!("there is only `{LEFT}`")),
    }
}

/// Reads `SERVICE=WHERE`.
///
/// # Errors
///
/// A clause about what is wrong.
pub fn place(text: &str) -> Result<(&'static str, Place), String> {
    let (service, place) = text
        .split_once('=')
        .ok_or("a place is written SERVICE=WHERE, as in front=process")?;
    let service = SERVICES.into_iter().find(|name| *name == service);
    let service = service.ok_or("only `front` and `directory` can be placed")?;
    let place = match place {
        "here" => Place::Here,
        "process" => Place::Process(None),
        path if path.contains('/') => Place::Process(Some(path.into())),
        address => match address.rsplit_once(':') {
            Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => {
                Place::At(address.to_owned())
            }
            _ => return Err("WHERE is here, process, HOST:PORT, or the path of a program".into()),
        },
    };
    Ok((service, place))
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
            ("front=here", (FRONT, Place::Here)),
            ("directory=process", (DIRECTORY, Place::Process(None))),
            ("front=./old", (FRONT, Place::Process(Some("./old".into())))),
            ("front=[::1]:70", (FRONT, Place::At("[::1]:70".into()))),
        ] {
            assert_eq!(place(text), Ok(expected), "{text}");
        }
        for text in [
            "",
            "here",
            "lookup=here",
            "front=",
            "front=there",
            "front=:70",
        ] {
            assert!(place(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_front_elsewhere_has_its_own_directory() {
        let with = |own: &[&str]| {
            let own = own.iter().map(|text| ("place", (*text).to_owned()));
            Places::of(&Plan {
                own: own.collect(),
                ..Plan::default()
            })
        };
        assert!(with(&["front=process", "directory=process"]).is_ok());
        assert!(with(&["front=localhost:70", "directory=here"]).is_ok());
        let refused = with(&["front=localhost:70", "directory=process"]);
        assert!(matches!(refused, Err(Error::Refused(_))));
    }

    #[test]
    fn only_loopback_goes_without_keys() {
        assert!(resolve("127.0.0.1:1", false).is_ok());
        let elsewhere = resolve("192.0.2.1:1", false);
        assert!(elsewhere.expect_err("not here").contains("--keys"));
        assert!(resolve("192.0.2.1:1", true).is_ok());
    }
}
