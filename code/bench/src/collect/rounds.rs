//! Rounds of whole programs: in each round every one has its turn.
//!
//! Alone, if its time is what is measured. Those that mostly [wait](super::waiting), and those of which nothing is
//! timed, so that they cannot be slowed down in what is counted, have their turns beside one another.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::thread;

use anyhow::{Context, Result};
use results::Suite;

use super::order::{Effort, Progress};
use super::waiting::{self, Waiting};
use crate::process::Run;
use crate::suites::Beside;

/// How often equal programs seem to differ with so many samples, is told in the book's chapter on the method. With three
/// it was once in ten.
const ROUNDS: usize = 9;

/// Of which nothing is timed, so many run beside one another.
const COUNTED: usize = 3;

/// What is counted comes out the same, or nearly so, in each round, so that these are enough to see that it does.
const ROUNDS_COUNTED: usize = 3;

/// What a turn may be asked for.
pub(super) trait Turn: Sync {
    /// The name of its case.
    fn id(&self) -> &str;

    /// Whether others may run beside it.
    fn beside(&self) -> Beside;

    /// Runs it once.
    ///
    /// # Errors
    ///
    /// If that fails.
    fn play(&self) -> Result<Run>;
}

/// Plays the rounds, and hands over each run in the order of the turns. Who is known to wait does so beside others in the first
/// round already; after it counts what it has shown.
///
/// # Errors
///
/// If a turn fails, whose case is named, or what it is handed to.
pub(super) fn play<T: Turn>(
    turns: &[T],
    effort: Effort,
    before: Option<&Suite>,
    mut take: impl FnMut(&T, Run) -> Result<()>,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let rounds = match effort {
        Effort::Quick => 1,
        Effort::Full => ROUNDS,
    };
    let rounds_of = |turn: &T| match turn.beside() {
        Beside::Always => rounds.min(ROUNDS_COUNTED),
        Beside::IfItWaits | Beside::Never => rounds,
    };
    let total = turns.iter().map(rounds_of).sum();
    let room = waiting::room();
    let known = before
        .map(|suite| waiting::known(suite, room))
        .unwrap_or_default();
    let mut waiting: BTreeMap<usize, Waiting> = (turns.iter().enumerate())
        .filter(|(_, turn)| turn.beside() == Beside::IfItWaits)
        .filter_map(|(number, turn)| Some((number, *known.get(turn.id())?)))
        .collect();
    let mut done = 0;
    for round in 0..rounds {
        for mut group in groups(turns, &waiting, room) {
            group.retain(|&number| round < rounds_of(&turns[number]));
            if group.is_empty() {
                continue;
            }
            let names: Vec<&str> = group.iter().map(|&number| turns[number].id()).collect();
            say(&Progress {
                done,
                total,
                what: format!(
                    "{}, round {} of {rounds}",
                    names.join(" beside "),
                    round + 1
                ),
            });
            done += group.len();
            for (number, run) in beside(turns, &group) {
                let run = run.with_context(|| turns[number].id().to_owned())?;
                let may_wait = turns[number].beside() == Beside::IfItWaits;
                if round == 0 && may_wait {
                    match waits(&run, room) {
                        Some(waits) => waiting.insert(number, waits),
                        None => waiting.remove(&number),
                    };
                }
                take(&turns[number], run)?;
            }
        }
    }
    Ok(())
}

/// Who has a turn at one time: each alone, then those that wait, and those of which nothing is timed.
fn groups<T: Turn>(turns: &[T], waiting: &BTreeMap<usize, Waiting>, room: f64) -> Vec<Vec<usize>> {
    let is_counted = |number: &usize| turns[*number].beside() == Beside::Always;
    let (counted, timed): (Vec<usize>, Vec<usize>) = (0..turns.len()).partition(is_counted);
    let alone = timed
        .into_iter()
        .filter(|number| !waiting.contains_key(number));
    let mut groups: Vec<Vec<usize>> = alone.map(|number| vec![number]).collect();
    groups.extend(waiting::groups(waiting, room));
    groups.extend(counted.chunks(COUNTED).map(<[usize]>::to_vec));
    groups
}

/// Plays the turns of a group at one time.
fn beside<T: Turn>(turns: &[T], group: &[usize]) -> Vec<(usize, Result<Run>)> {
    thread::scope(|scope| {
        let start = |&number: &usize| (number, scope.spawn(move || turns[number].play()));
        let started: Vec<_> = group.iter().map(start).collect();
        let ended = started.into_iter();
        ended
            .map(|(number, run)| (number, run.join().expect("it does not panic")))
            .collect()
    })
}

/// What is to be known of a run, if it has mostly waited.
fn waits(run: &Run, room: f64) -> Option<Waiting> {
    let figure = |name: &str| run.metrics.get(name).map(|&(_, value)| value);
    Waiting::of(figure("seconds")?, figure("cpu_s")?, room)
}
