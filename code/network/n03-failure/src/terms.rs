//! On what terms a run gives work away: the flags of this step alone, but for those about places.

use std::time::Duration;

use traffic::units::{count, duration};
use traffic::{Error, Plan};

/// How many lines a range has when it is not told: little enough to be done again in no time, and enough that
/// a message more is no weight.
pub const RANGE_LINES: usize = 1_000;

/// After how much silence a worker is given up when it is not told.
pub const SILENCE: Duration = Duration::from_secs(1);

/// How long a worker that is not silent may keep a range when it is not told: longer than a directory that
/// fails in every way is waited for.
pub const LEASE: Duration = Duration::from_secs(10);

/// How often a place is filled again when it is not told.
pub const RESTARTS: u32 = 3;

/// Words in the time after which silence is noticed: three may be late.
const BEATS: u32 = 4;

/// When a range is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ack {
    /// When its report is merged.
    Range,
    /// When it is sent: workers report once, in the end, and one that is lost ends the run.
    None,
}

/// Which reports are merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Those whose lease stands.
    Fenced,
    /// All. Broken on purpose, see [`crate::ledger`].
    Naive,
    /// Those of workers that have something to report. Broken on purpose, see [`crate::ledger`].
    Unfenced,
}

/// The terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Lines of a range.
    pub range_lines: usize,
    /// Silence after which a worker is given up.
    pub silence: Duration,
    /// Time after which a range is taken back; twice as long with each try.
    pub lease: Duration,
    /// How often a place is filled again.
    pub restarts: u32,
    /// When a range is forgotten.
    pub ack: Ack,
    /// Which reports are merged.
    pub repair: Repair,
}

impl Terms {
    /// Reads what the plan says.
    ///
    /// # Errors
    ///
    /// One sentence about what is wrong.
    pub fn of(plan: &Plan) -> Result<Terms, Error> {
        Ok(Terms {
            range_lines: last(plan, "range", range)?.unwrap_or(RANGE_LINES),
            silence: last(plan, "silence", time)?.unwrap_or(SILENCE),
            lease: last(plan, "lease", time)?.unwrap_or(LEASE),
            restarts: last(plan, "restarts", restarts)?.unwrap_or(RESTARTS),
            ack: last(plan, "ack", ack)?.unwrap_or(Ack::Range),
            repair: last(plan, "repair", repair)?.unwrap_or(Repair::Fenced),
        })
    }

    /// How often a worker says that it is there.
    pub fn beat(&self) -> Duration {
        self.silence / BEATS
    }
}

/// The value of a flag that counts: the last one.
fn last<T>(
    plan: &Plan,
    flag: &str,
    read: fn(&str) -> Result<T, String>,
) -> Result<Option<T>, Error> {
    let refused = |text: &str, why: String| Error::Refused(format!("--{flag} {text}: {why}"));
    match plan.own(flag).last() {
        None => Ok(None),
        Some(text) => read(text).map(Some).map_err(|why| refused(text, why)),
    }
}

/// Reads `--range`.
///
/// # Errors
///
/// A clause about what is wrong; so with all that follow.
pub fn range(text: &str) -> Result<usize, String> {
    match count(text)? {
        lines @ 1..=65_536 => Ok(lines as usize),
        _ => Err("a range has 1 to 65,536 lines".into()),
    }
}

/// Reads `--silence` and `--lease`.
pub fn time(text: &str) -> Result<Duration, String> {
    match duration(text)? {
        // Beats are sent four times as often, and timers tick every millisecond.
        time if time < Duration::from_millis(20) => Err("at least 20 ms".into()),
        time if time > Duration::from_secs(24 * 60 * 60) => Err("at most a day".into()),
        time => Ok(time),
    }
}

/// Reads `--restarts`.
pub fn restarts(text: &str) -> Result<u32, String> {
    match count(text)? {
        restarts @ 0..=1_000 => Ok(restarts as u32),
        _ => Err("at most 1,000".into()),
    }
}

/// Reads `--ack`.
pub fn ack(text: &str) -> Result<Ack, String> {
    match text {
        "range" => Ok(Ack::Range),
        "none" => Ok(Ack::None),
        _ => Err("there is `range` and `none`".into()),
    }
}

/// Reads `--repair`.
pub fn repair(text: &str) -> Result<Repair, String> {
    match text {
        "fenced" => Ok(Repair::Fenced),
        "naive" => Ok(Repair::Naive),
        "unfenced" => Ok(Repair::Unfenced),
        _ => Err("there is `fenced`, and two that are wrong: `naive` and `unfenced`".into()),
    }
}
