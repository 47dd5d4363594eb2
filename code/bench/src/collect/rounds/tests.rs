//! Who has a turn beside whom, how often, and what a failure says.

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

/// A turn that fails.
struct Failing;

impl Turn for Failing {
    fn id(&self) -> &str {
        "suite/case[x=1]"
    }

    fn beside(&self) -> Beside {
        Beside::Never
    }

    fn play(&self) -> Result<Run> {
        anyhow::bail!("it failed: boom")
    }
}

#[test]
fn a_failure_names_the_case() {
    let take = |_: &Failing, _| Ok(());
    let failed = play(&[Failing], Effort::Quick, None, take, &mut |_| {});
    let said = format!("{:#}", failed.expect_err("it fails"));
    assert_eq!(said, "suite/case[x=1]: it failed: boom");
}

#[test]
fn what_says_nothing_of_its_time_does_not_wait() {
    let mut run = Run::default();
    assert_eq!(waits(&run, 1.0), None);
    run.put("cpu_s", "s", 1.0);
    run.put("seconds", "s", 3.1);
    assert_eq!(waits(&run, 1.0), Waiting::of(3.1, 1.0, 1.0));
}
