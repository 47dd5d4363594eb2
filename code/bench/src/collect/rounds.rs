//! Rounds of whole programs: in each round every one has its turn.
//!
//! Alone, if its time is what is measured. Those that mostly wait for somebody far away leave a core idle that others
//! of their kind can wait on, and those of which nothing is timed cannot be slowed down in what is counted: these have
//! their turns beside one another.

use std::collections::BTreeSet;
use std::thread;

use anyhow::Result;

use super::order::{Effort, Progress};
use crate::process::Run;

/// How often equal programs seem to differ with so many samples, is told in the book's chapter on the method. With three
/// it was once in ten.
const ROUNDS: usize = 9;

/// As many run beside one another at most.
const BESIDE: usize = 3;

/// Of one core's time, at most so much may be needed by a program that mostly waits: three of them need one of two.
const WAITS: f64 = 1.0 / 3.0;

/// A shorter run is soon over by itself, and more of it is its start.
const LONG_S: f64 = 1.0;

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

/// Whether others may run beside a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// If it mostly waits, which the first round finds out.
    IfItWaits,
    /// Nothing of it is timed.
    Always,
    /// Something is done to it in the middle, or it is one of two runs.
    Never,
}

/// Plays the rounds, and hands over each run in the order of the turns.
///
/// # Errors
///
/// If a turn fails, or what it is handed to.
pub(super) fn play<T: Turn>(
    turns: &[T],
    effort: Effort,
    mut take: impl FnMut(&T, Run) -> Result<()>,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let rounds = match effort {
        Effort::Quick => 1,
        Effort::Full => ROUNDS,
    };
    let always = |turn: &T| turn.beside() == Beside::Always;
    let mut together: BTreeSet<usize> = (0..turns.len()).filter(|&n| always(&turns[n])).collect();
    let mut done = 0;
    for round in 0..rounds {
        for group in groups(turns.len(), &together) {
            let names: Vec<&str> = group.iter().map(|&number| turns[number].id()).collect();
            say(&Progress {
                done,
                total: rounds * turns.len(),
                what: format!(
                    "{}, round {} of {rounds}",
                    names.join(" beside "),
                    round + 1
                ),
            });
            done += group.len();
            for (number, run) in beside(turns, &group) {
                let run = run?;
                let may_wait = turns[number].beside() == Beside::IfItWaits;
                if round == 0 && may_wait && waits(&run) {
                    together.insert(number);
                }
                take(&turns[number], run)?;
            }
        }
    }
    Ok(())
}

/// Who has a turn at one time, in the order of the last of each group.
fn groups(turns: usize, together: &BTreeSet<usize>) -> Vec<Vec<usize>> {
    let mut groups = Vec::new();
    let mut waiting = Vec::new();
    for number in 0..turns {
        if !together.contains(&number) {
            groups.push(vec![number]);
            continue;
        }
        waiting.push(number);
        if waiting.len() == BESIDE {
            groups.push(std::mem::take(&mut waiting));
        }
    }
    groups.extend((!waiting.is_empty()).then_some(waiting));
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

/// Whether a run has mostly waited.
fn waits(run: &Run) -> bool {
    let figure = |name: &str| run.metrics.get(name).map(|&(_, value)| value);
    match (figure("seconds"), figure("cpu_s")) {
        (Some(seconds), Some(cpu_s)) => seconds > LONG_S && cpu_s < WAITS * seconds,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// A turn that takes so much of a core's time in so many seconds.
    struct Fake(&'static str, Beside, f64, f64);

    impl Turn for Fake {
        fn id(&self) -> &str {
            self.0
        }

        fn beside(&self) -> Beside {
            self.1
        }

        fn play(&self) -> Result<Run> {
            let mut run = Run::default();
            run.put("cpu_s", "s", self.2);
            run.put("seconds", "s", self.3);
            Ok(run)
        }
    }

    #[test]
    fn who_waits_and_who_is_only_counted_has_a_turn_beside_others_of_the_kind() {
        let turns = [
            Fake("waits", Beside::IfItWaits, 1.0, 5.0),
            Fake("works", Beside::IfItWaits, 4.0, 5.0),
            Fake("is short", Beside::IfItWaits, 0.1, 0.9),
            Fake("is killed", Beside::Never, 1.0, 5.0),
            Fake("waits, too", Beside::IfItWaits, 1.6, 5.0),
            Fake("is counted", Beside::Always, 5.0, 5.0),
            Fake("is counted, too", Beside::Always, 5.0, 5.0),
        ];
        let mut runs = BTreeMap::new();
        let take = |turn: &Fake, _| {
            *runs.entry(turn.0).or_insert(0) += 1;
            Ok(())
        };
        let mut said = Vec::new();
        play(&turns, Effort::Full, take, &mut |progress: &Progress| {
            said.push(progress.clone());
        })
        .unwrap();
        assert!(runs.len() == turns.len() && runs.values().all(|&runs| runs == ROUNDS));
        let in_round = |round: usize| {
            let end = format!(", round {round} of 9");
            let what = said.iter().filter_map(|said| said.what.strip_suffix(&end));
            what.collect::<Vec<_>>()
        };
        // In the first round it is not known who waits.
        let first = [
            "waits",
            "works",
            "is short",
            "is killed",
            "waits, too",
            "is counted beside is counted, too",
        ];
        assert_eq!(in_round(1), first);
        let later = [
            "works",
            "is short",
            "is killed",
            "waits beside waits, too beside is counted",
            "is counted, too",
        ];
        assert_eq!(in_round(2), later);
        assert_eq!(in_round(9), later);
        let total = ROUNDS * turns.len();
        assert!(said.iter().all(|said| said.total == total));
        assert_eq!(said.last().unwrap().done, total - 1);
    }

    #[test]
    fn a_quick_order_is_one_round_and_a_failure_ends_it() {
        let turns = ["a", "b"].map(|id| Fake(id, Beside::IfItWaits, 0.0, 5.0));
        let mut ids = Vec::new();
        let take = |turn: &Fake, _| {
            ids.push(turn.0);
            Ok(())
        };
        play(&turns, Effort::Quick, take, &mut |_| {}).unwrap();
        assert_eq!(ids, ["a", "b"]);
        let refuse = |_: &Fake, _| anyhow::bail!("full");
        assert!(play(&turns, Effort::Quick, refuse, &mut |_| {}).is_err());
    }

    #[test]
    fn what_says_nothing_of_its_time_does_not_wait() {
        assert!(!waits(&Run::default()));
        let mut run = Run::default();
        run.put("cpu_s", "s", 1.0);
        run.put("seconds", "s", 3.1);
        assert!(waits(&run));
        // Exactly a third is not less.
        run.put("seconds", "s", 3.0);
        assert!(!waits(&run));
    }
}
