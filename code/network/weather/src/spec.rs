//! What the weather is like, and how people write it.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::time::Duration;

use traffic::units::{count, duration};

/// How many bytes, or between how many and how many, to be drawn for each connection.
pub type Range = RangeInclusive<u64>;

/// Which way bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the peer that connected.
    Up,
    /// To the peer that connected.
    Down,
}

/// What happens to a connection after so many bytes in one direction, counted there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// For a time nothing passes; then all of it does.
    Hold(Range, Duration),
    /// From then on nothing passes, and neither side is told.
    BlackHole(Range),
    /// Both sides are told that the connection is broken, and what was under way is lost.
    Reset(Range),
    /// Both sides see an orderly end: of TCP, not of what they were saying.
    Cut(Range),
}

/// What a network does to the bytes of its connections. The default is fair weather.
///
/// # Examples
///
/// ```
/// let weather: weather::Weather = "delay=5ms,jitter=2ms,cut=1k..64k,seed=7".parse()?;
/// assert_eq!(weather.delay.as_millis(), 5);
/// assert_eq!(weather.to_string(), "delay=5ms,jitter=2ms,cut=1000..64000,seed=7");
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weather {
    /// How much later each byte arrives. Timers tick every millisecond: no delay is shorter, but none.
    pub delay: Duration,
    /// How much later still at most, by chance. The order of the bytes stays: this is what loss looks
    /// like through TCP.
    pub jitter: Duration,
    /// Bytes a second and direction.
    pub bandwidth: Option<u64>,
    /// Whether bytes are written one by one, so that a reader meets every place at which a message can be
    /// cut in two.
    pub drip: bool,
    /// The worst of it.
    pub fault: Option<Fault>,
    /// The direction to which all this is done, if not to both.
    pub only: Option<Direction>,
    /// What is decided by chance is decided by this.
    pub seed: u64,
}

impl Weather {
    /// Whether the weather is bad in this direction.
    pub(crate) fn is_in(&self, direction: Direction) -> bool {
        self.only.is_none_or(|only| only == direction)
    }
}

impl FromStr for Weather {
    type Err = String;

    /// Reads knobs with commas between them, `delay=5ms,drip`; nothing is fair weather.
    fn from_str(text: &str) -> Result<Weather, String> {
        let mut weather = Weather::default();
        for knob in text.split(',').filter(|knob| !knob.is_empty()) {
            weather
                .turn(knob)
                .map_err(|why| format!("`{knob}`: {why}"))?;
        }
        Ok(weather)
    }
}

impl Weather {
    fn turn(&mut self, knob: &str) -> Result<(), String> {
        let (name, value) = knob.split_once('=').unwrap_or((knob, ""));
        let fault = match name {
            "delay" => return duration(value).map(|delay| self.delay = delay),
            "jitter" => return duration(value).map(|jitter| self.jitter = jitter),
            "seed" => return count(value).map(|seed| self.seed = seed),
            "bandwidth" => {
                return bandwidth(value).map(|bandwidth| self.bandwidth = Some(bandwidth));
            }
            "drip" => return nothing(value).map(|()| self.drip = true),
            "only" => return direction(value).map(|only| self.only = Some(only)),
            "hold" => {
                let (bytes, time) = value
                    .split_once(':')
                    .ok_or("a hold is written with a time, `hold=64k:500ms`")?;
                Fault::Hold(range(bytes)?, duration(time)?)
            }
            "blackhole" => Fault::BlackHole(range(value)?),
            "reset" => Fault::Reset(range(value)?),
            "cut" => Fault::Cut(range(value)?),
            _ => {
                return Err(
                    "there is delay=, jitter=, bandwidth=, drip, hold=, blackhole=, reset=, \
                            cut=, only= and seed="
                        .into(),
                );
            }
        };
        match self.fault.replace(fault) {
            None => Ok(()),
            Some(_) => Err("a connection has one fault: hold, blackhole, reset or cut".into()),
        }
    }
}

fn bandwidth(text: &str) -> Result<u64, String> {
    match count(text)? {
        0 => Err("nothing passes at 0 bytes a second; `blackhole=0` says so".into()),
        bandwidth => Ok(bandwidth),
    }
}

fn nothing(text: &str) -> Result<(), String> {
    match text {
        "" => Ok(()),
        _ => Err("it has no value".into()),
    }
}

fn direction(text: &str) -> Result<Direction, String> {
    match text {
        "up" => Ok(Direction::Up),
        "down" => Ok(Direction::Down),
        _ => Err("a direction is `up` or `down`".into()),
    }
}

fn range(text: &str) -> Result<Range, String> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let (first, last) = (count(first)?, count(last)?);
    if first > last {
        return Err("the range is upside down".into());
    }
    Ok(first..=last)
}

impl fmt::Display for Weather {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut knobs = Vec::new();
        let time = humantime::format_duration;
        for (name, value) in [("delay", self.delay), ("jitter", self.jitter)] {
            if !value.is_zero() {
                knobs.push(format!("{name}={}", time(value)).replace(' ', ""));
            }
        }
        knobs.extend(
            self.bandwidth
                .map(|bandwidth| format!("bandwidth={bandwidth}")),
        );
        knobs.extend(self.drip.then(|| "drip".to_owned()));
        let places = |range: &Range| match (range.start(), range.end()) {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}..{last}"),
        };
        knobs.extend(self.fault.as_ref().map(|fault| match fault {
            Fault::Hold(at, long) => {
                format!("hold={}:{}", places(at), time(*long)).replace(' ', "")
            }
            Fault::BlackHole(at) => format!("blackhole={}", places(at)),
            Fault::Reset(at) => format!("reset={}", places(at)),
            Fault::Cut(at) => format!("cut={}", places(at)),
        }));
        knobs.extend(self.only.map(|only| match only {
            Direction::Up => "only=up".to_owned(),
            Direction::Down => "only=down".to_owned(),
        }));
        knobs.extend((self.seed != 0).then(|| format!("seed={}", self.seed)));
        f.write_str(&knobs.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weather_is_read_as_it_is_written() {
        for text in [
            "",
            "delay=5ms",
            "delay=1s500ms,jitter=2ms,bandwidth=1000000,drip,cut=10..2000,only=up,seed=9",
            "hold=65536:500ms",
            "blackhole=0,only=down",
            "reset=7",
        ] {
            let weather: Weather = text.parse().expect(text);
            assert_eq!(weather.to_string(), text);
        }
    }

    #[test]
    fn nonsense_is_no_weather() {
        for text in [
            "rain",
            "delay",
            "drip=2",
            "bandwidth=0",
            "hold=5",
            "cut=5..1",
            "only=left",
            "cut=1,reset=1",
        ] {
            assert!(text.parse::<Weather>().is_err(), "{text}");
        }
    }
}
