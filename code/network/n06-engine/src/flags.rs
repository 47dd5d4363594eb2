//! What the command line says of the engine: its processes, its epochs, and what is exchanged.

use std::path::PathBuf;
use std::time::Duration;

use traffic::{Error, Plan};

use crate::parts::Key;

/// How many processes a run has at most: each has a socket to each other one.
const PROCESSES_MAX: u64 = 16;

/// An epoch's chunks, of up to 256 KiB each, unless the plan says otherwise.
pub const CHUNKS_EACH: u64 = 64;

/// How long a run waits for anything to become final, unless the plan says otherwise.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Everything that a plan says of the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flags {
    /// How many processes work, this one included.
    pub processes: usize,
    /// How many workers each of them has.
    pub threads: usize,
    /// The program that the others are; without one, this one.
    pub program: Option<PathBuf>,
    /// How many chunks are an epoch.
    pub chunks_each: u64,
    /// Whether a worker adds up what it can before it sends.
    pub combines: bool,
    /// What decides where something is counted.
    pub key: Key,
    /// How long a run of several processes waits for anything to become final.
    pub patience: Duration,
    /// Whether each epoch is told when it is final.
    pub tells_epochs: bool,
}

impl Flags {
    /// Reads what the plan says; without a word one process does all.
    ///
    /// # Errors
    ///
    /// One sentence about what is wrong.
    pub fn of(plan: &Plan) -> Result<Flags, Error> {
        let processes = last(plan, "processes", processes)?.unwrap_or(1);
        Ok(Flags {
            processes,
            threads: plan.workers.max(1).div_ceil(processes),
            program: last(plan, "program", |path| Ok(PathBuf::from(path)))?,
            chunks_each: last(plan, "epoch", chunks_each)?.unwrap_or(CHUNKS_EACH),
            combines: last(plan, "combine", combine)?.unwrap_or(true),
            key: last(plan, "key", key)?.unwrap_or_default(),
            patience: last(plan, "patience", patience)?.unwrap_or(PATIENCE),
            tells_epochs: last(plan, "tell", tell)?.is_some(),
        })
    }
}

/// The last value of a flag counts.
fn last<T>(
    plan: &Plan,
    flag: &str,
    read: fn(&str) -> Result<T, String>,
) -> Result<Option<T>, Error> {
    let value = plan.own(flag).last().map(read).transpose();
    value.map_err(|why| Error::Refused(format!("--{flag}: {why}")))
}

/// Reads a number of processes.
///
/// # Errors
///
/// What is wrong with it.
pub fn processes(text: &str) -> Result<usize, String> {
    match traffic::units::count(text)? {
        number @ 1..=PROCESSES_MAX => Ok(usize::try_from(number).expect("a small number")),
        _ => Err(format!("it must be from 1 to {PROCESSES_MAX}")),
    }
}

/// Reads a number of chunks.
///
/// # Errors
///
/// What is wrong with it.
pub fn chunks_each(text: &str) -> Result<u64, String> {
    match traffic::units::count(text)? {
        0 => Err("it must be at least 1".into()),
        number => Ok(number),
    }
}

/// Reads whether there is a combiner.
///
/// # Errors
///
/// What is wrong with it.
pub fn combine(text: &str) -> Result<bool, String> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("it must be on or off".into()),
    }
}

/// Reads a key.
///
/// # Errors
///
/// What is wrong with it.
pub fn key(text: &str) -> Result<Key, String> {
    match text {
        "row" => Ok(Key::Row),
        "holder" => Ok(Key::Holder),
        _ => Err("it must be row or holder".into()),
    }
}

/// Reads a time.
///
/// # Errors
///
/// What is wrong with it.
pub fn patience(text: &str) -> Result<Duration, String> {
    traffic::units::duration(text)
}

/// Reads what is to be told.
///
/// # Errors
///
/// What is wrong with it.
pub fn tell(text: &str) -> Result<(), String> {
    match text {
        "epochs" => Ok(()),
        _ => Err("it must be epochs".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(workers: usize, own: &[(&'static str, &str)]) -> Result<Flags, Error> {
        let own = own.iter().map(|&(name, value)| (name, value.to_owned()));
        Flags::of(&Plan {
            workers,
            own: own.collect(),
            ..Plan::default()
        })
    }

    #[test]
    fn workers_are_divided_among_processes() {
        for (workers, processes, threads) in [
            (1, "1", 1),
            (2, "2", 1),
            (4, "2", 2),
            (7, "3", 3),
            (1, "2", 1),
        ] {
            let flags = flags(workers, &[("processes", processes)]).unwrap();
            assert_eq!(flags.threads, threads, "{workers} in {processes}");
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for flag in [
            ("processes", "0"),
            ("processes", "17"),
            ("epoch", "0"),
            ("combine", "yes"),
            ("key", "route"),
            ("patience", "5"),
            ("tell", "all"),
        ] {
            assert!(
                matches!(flags(2, &[flag]), Err(Error::Refused(_))),
                "{flag:?}"
            );
        }
    }
}
