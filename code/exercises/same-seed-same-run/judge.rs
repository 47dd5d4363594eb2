// The judge of `same-seed-same-run`.

use std::collections::BTreeSet;
use std::process::ExitCode;

use drill::{Promise, Verdict};
use same_seed_same_run::{DELAY_MAX_MS, Network};

const PROMISES: &[Promise] = &[
    Promise {
        name: "messages-take-their-time",
        says: "A message arrives 1 to 10 ms after it was sent, and the clock never goes back.",
        check: messages_take_their_time,
    },
    Promise {
        name: "each-message-arrives-once",
        says: "All that is sent arrives, once, also if two messages arrive at the same time.",
        check: each_message_arrives_once,
    },
    Promise {
        name: "seeds-are-different-runs",
        says: "Twenty seeds are not all the same run.",
        check: seeds_are_different_runs,
    },
    Promise {
        name: "any-of-two-may-come-first",
        says: "Of two messages that are sent together either one comes first, with some seed.",
        check: any_of_two_may_come_first,
    },
    Promise {
        name: "the-same-seed-is-the-same-run",
        says: "A run with a seed, a second time, is the same to the last message.",
        check: the_same_seed_is_the_same_run,
    },
];

/// What arrives, and when, if so many messages are sent at once.
fn run(seed: u64, messages: u64) -> Vec<(u64, String)> {
    let mut network = Network::new(seed);
    for number in 0..messages {
        network.send(&number.to_string());
    }
    std::iter::from_fn(|| network.arrive()).collect()
}

fn messages_take_their_time() -> Verdict {
    for seed in 0..20 {
        let mut network = Network::new(seed);
        let (mut now_ms, mut last_ms) = (0, 0);
        for number in 0..50 {
            network.send(&number.to_string());
            let Some((ms, _)) = network.arrive() else {
                return Err(
                    "A message was sent. Expected: it arrives. Nothing was under way.".into(),
                );
            };
            if ms < last_ms {
                return Err(format!(
                    "Expected: the clock goes on. It went from {last_ms} ms to {ms} ms."
                )
                .into());
            }
            if !(now_ms + 1..=now_ms + DELAY_MAX_MS).contains(&ms) {
                return Err(format!(
                    "A message was sent at {now_ms} ms. Expected: it arrives 1 to {DELAY_MAX_MS} ms later. It did at {ms} ms."
                )
                .into());
            }
            (now_ms, last_ms) = (ms, ms);
        }
    }
    Ok(())
}

fn each_message_arrives_once() -> Verdict {
    const SENT: usize = 100;
    for seed in 0..20 {
        let arrived = run(seed, SENT as u64);
        let distinct: BTreeSet<&String> = arrived.iter().map(|(_, message)| message).collect();
        if arrived.len() != SENT || distinct.len() != SENT {
            return Err(format!(
                "{SENT} messages were sent at once. Expected: each arrives once. {} arrived, and {} of them were different ones.",
                arrived.len(),
                distinct.len()
            )
            .into());
        }
    }
    Ok(())
}

fn any_of_two_may_come_first() -> Verdict {
    let first: BTreeSet<String> = (0..100)
        .filter_map(|seed| Some(run(seed, 2).first()?.1.clone()))
        .collect();
    if first.len() == 2 {
        return Ok(());
    }
    Err(format!("Two messages were sent together, with a hundred seeds. Expected: now one comes first and now the other. First was only {first:?}.").into())
}

fn seeds_are_different_runs() -> Verdict {
    let runs: BTreeSet<_> = (0..20).map(|seed| run(seed, 30)).collect();
    if runs.len() > 10 {
        return Ok(());
    }
    Err(format!(
        "Twenty seeds were tried. Expected: nearly as many runs. There were {}.",
        runs.len()
    )
    .into())
}

fn the_same_seed_is_the_same_run() -> Verdict {
    for seed in 0..20 {
        let (one, other) = (run(seed, 100), run(seed, 100));
        let differs = one.iter().zip(&other).find(|(one, other)| one != other);
        if let Some((one, other)) = differs {
            return Err(format!(
                "Seed {seed}, a second time. Expected: the same run. Where the first had message {} at {} ms, the second had {} at {} ms.",
                one.1, one.0, other.1, other.0
            )
            .into());
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
