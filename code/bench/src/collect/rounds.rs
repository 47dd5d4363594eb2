//! Rounds of whole programs: in each round every one has its turn.
//!
//! Alone, if its time is what is measured. Those that mostly [wait](super::waiting), and those of which nothing is
//! timed, so that they cannot be slowed down in what is counted, have their turns beside one another.

use std::collections::BTreeMap;
use std::thread;

use anyhow::Result;
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
/// If a turn fails, or what it is handed to.
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
                let run = run?;
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use results::{Metric, testing};

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
        let room = waiting::room();
        let turns = [
            Fake("waits", Beside::IfItWaits, room * 1.5, 5.0),
            Fake("works", Beside::IfItWaits, room * 3.0, 5.0),
            Fake("is short", Beside::IfItWaits, room * 0.1, 0.4),
            Fake("is killed", Beside::Never, room, 5.0),
            Fake("waits, too", Beside::IfItWaits, room * 2.0, 5.0),
            Fake("is counted", Beside::Always, 5.0, 5.0),
            Fake("is counted, too", Beside::Always, 5.0, 5.0),
        ];
        let mut runs = BTreeMap::new();
        let take = |turn: &Fake, _| {
            *runs.entry(turn.0).or_insert(0) += 1;
            Ok(())
        };
        let mut said = Vec::new();
        play(
            &turns,
            Effort::Full,
            None,
            take,
            &mut |progress: &Progress| {
                said.push(progress.clone());
            },
        )
        .unwrap();
        assert_eq!(runs.len(), turns.len());
        for turn in &turns {
            let is_counted = turn.1 == Beside::Always;
            assert_eq!(runs[turn.0], if is_counted { 3 } else { 9 }, "{}", turn.0);
        }
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
            "waits beside waits, too",
            "is counted beside is counted, too",
        ];
        assert_eq!(in_round(3), later);
        // What is counted is known by then.
        assert_eq!(in_round(4), later[..4]);
        assert_eq!(in_round(9), later[..4]);
        let total = 5 * 9 + 2 * 3;
        assert!(said.iter().all(|said| said.total == total));
        // The last two have their turns beside one another.
        assert_eq!(said.last().unwrap().done, total - 2);
    }

    #[test]
    fn who_has_waited_before_does_not_have_the_first_round_alone() {
        let room = waiting::room();
        let turns = [
            Fake("waits", Beside::IfItWaits, room * 2.0, 5.0),
            Fake("waited", Beside::IfItWaits, room * 4.0, 5.0),
            Fake("waits, too", Beside::IfItWaits, room * 0.5, 5.0),
            Fake("is killed", Beside::Never, room * 0.5, 5.0),
        ];
        let waited = |id: &str| {
            let metric = |unit: &str, value| Metric {
                unit: unit.to_owned(),
                samples: vec![value],
            };
            let mut case = testing::case(1.0);
            (case.metrics).insert("seconds".into(), metric("s", 5.0));
            (case.metrics).insert("cpu_s".into(), metric("s", room));
            (id.to_owned(), case)
        };
        let ids = ["waits", "waited", "waits, too", "is killed"];
        let before = testing::suite_of("fake", "m", ids.map(waited).into());
        let mut said = Vec::new();
        let take = |_: &Fake, _| Ok(());
        let say = &mut |progress: &Progress| said.push(progress.what.clone());
        play(&turns, Effort::Full, Some(&before), take, say).unwrap();
        let first = [
            "is killed, round 1 of 9",
            "waits beside waited beside waits, too, round 1 of 9",
        ];
        assert_eq!(said[..2], first);
        // What it shows now counts.
        let second = [
            "waited, round 2 of 9",
            "is killed, round 2 of 9",
            "waits beside waits, too, round 2 of 9",
        ];
        assert_eq!(said[2..5], second);
    }

    #[test]
    fn a_quick_order_is_one_round_and_a_failure_ends_it() {
        let turns = ["a", "b"].map(|id| Fake(id, Beside::IfItWaits, 0.0, 5.0));
        let mut ids = Vec::new();
        let take = |turn: &Fake, _| {
            ids.push(turn.0);
            Ok(())
        };
        play(&turns, Effort::Quick, None, take, &mut |_| {}).unwrap();
        assert_eq!(ids, ["a", "b"]);
        let refuse = |_: &Fake, _| anyhow::bail!("full");
        assert!(play(&turns, Effort::Quick, None, refuse, &mut |_| {}).is_err());
    }

    #[test]
    fn what_says_nothing_of_its_time_does_not_wait() {
        let mut run = Run::default();
        assert_eq!(waits(&run, 1.0), None);
        run.put("cpu_s", "s", 1.0);
        run.put("seconds", "s", 3.1);
        assert_eq!(waits(&run, 1.0), Waiting::of(3.1, 1.0, 1.0));
    }
}
