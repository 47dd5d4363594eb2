// The judge of `patient-detector`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use patient_detector::{Detector, PATIENCE_MAX_MS, PATIENCE_MIN_MS};

const PROMISES: &[Promise] = &[
    Promise {
        name: "the-dead-are-noticed",
        says: "A regular worker that falls silent is dead after 50 ms at most, and so is one that never says anything.",
        check: the_dead_are_noticed,
    },
    Promise {
        name: "a-mistake-is-taken-back",
        says: "A worker that was declared dead and is heard of again is alive.",
        check: a_mistake_is_taken_back,
    },
    Promise {
        name: "the-slow-live",
        says: "A worker that pauses for 150 ms now and then is not declared dead for it, once it has paused before.",
        check: the_slow_live,
    },
    Promise {
        name: "patience-has-a-limit",
        says: "However slow a worker was, the patience is 600 ms at most, and 30 ms at least.",
        check: patience_has_a_limit,
    },
    Promise {
        name: "patience-shrinks-again",
        says: "After 200 regular signs of life an old pause is forgotten.",
        check: patience_shrinks_again,
    },
];

/// A worker with these gaps between its signs of life, in milliseconds, looked at each millisecond: the detector, the time, and
/// the times at which the worker was first taken for dead in a gap.
fn watched(gaps_ms: impl IntoIterator<Item = u64>) -> (Detector, u64, Vec<u64>) {
    let mut now_ms = 1_000;
    let mut detector = Detector::new(now_ms);
    let mut deaths_ms = Vec::new();
    for gap_ms in gaps_ms {
        let dead = (now_ms..now_ms + gap_ms).find(|ms| detector.is_dead(*ms));
        deaths_ms.extend(dead);
        now_ms += gap_ms;
        detector.heard(now_ms);
    }
    (detector, now_ms, deaths_ms)
}

/// For how long a worker that is silent from now on is not taken for dead.
fn noticed_after_ms(detector: &mut Detector, now_ms: u64) -> Option<u64> {
    (0..5_000).find(|ms| detector.is_dead(now_ms + ms))
}

fn expect_noticed(what: &str, after_ms: Option<u64>, at_most_ms: u64) -> Verdict {
    match after_ms {
        Some(ms) if ms <= at_most_ms => Ok(()),
        Some(ms) => Err(format!(
            "{what}. Expected: it is declared dead after {at_most_ms} ms at most. It was after {ms} ms."
        )
        .into()),
        None => Err(format!(
            "{what}. Expected: it is declared dead after {at_most_ms} ms at most. It never was."
        )
        .into()),
    }
}

fn the_dead_are_noticed() -> Verdict {
    let (mut detector, now_ms, deaths) = watched([10; 100]);
    if !deaths.is_empty() {
        return Err(
            "A worker is heard of every 10 ms. Expected: it lives. It was declared dead.".into(),
        );
    }
    let after = noticed_after_ms(&mut detector, now_ms);
    expect_noticed(
        "A worker was heard of every 10 ms, and falls silent",
        after,
        50,
    )?;
    let mut detector = Detector::new(1_000);
    let after = noticed_after_ms(&mut detector, 1_000);
    expect_noticed("A worker begins, and is never heard of", after, 50)
}

fn the_slow_live() -> Verdict {
    let gaps = (0..400).map(|number| if number % 25 == 24 { 150 } else { 10 });
    let (_, _, deaths) = watched(gaps);
    if deaths.len() <= 1 {
        return Ok(());
    }
    Err(format!(
        "A worker is heard of every 10 ms, and pauses for 150 ms at each 25th time. Expected: it is declared dead at its first pause \
         at most. It was at {} of 16 pauses.",
        deaths.len()
    )
    .into())
}

fn a_mistake_is_taken_back() -> Verdict {
    let (mut detector, now_ms, deaths) = watched([10, 10, 400]);
    if deaths.is_empty() {
        return Err("A worker is silent for 400 ms, for the first time. Expected: it is declared dead. It was not.".into());
    }
    if detector.is_dead(now_ms) {
        return Err(
            "A worker is declared dead, and then heard of. Expected: it is alive. It stays dead."
                .into(),
        );
    }
    Ok(())
}

fn patience_has_a_limit() -> Verdict {
    for gap_ms in [1, 10, 100, 1_000, 100_000] {
        let (detector, _, _) = watched([gap_ms; 5]);
        let patience_ms = detector.patience_ms();
        if !(PATIENCE_MIN_MS..=PATIENCE_MAX_MS).contains(&patience_ms) {
            return Err(format!(
                "A worker is heard of every {gap_ms} ms. Expected: a patience of {PATIENCE_MIN_MS} to {PATIENCE_MAX_MS} ms. It is {patience_ms} ms."
            )
            .into());
        }
    }
    Ok(())
}

fn patience_shrinks_again() -> Verdict {
    let (mut detector, now_ms, _) = watched([10, 300].into_iter().chain([10; 200]));
    let after = noticed_after_ms(&mut detector, now_ms);
    expect_noticed(
        "A worker paused for 300 ms once, was heard of every 10 ms for 200 times since, and falls silent",
        after,
        50,
    )
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
