// The judge of `stampede`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use stampede::{TTL_MS, expires_ms};

const PROMISES: &[Promise] = &[
    Promise {
        name: "none-is-too-old",
        says: "No answer is kept for longer than its time, and none for no time at all.",
        check: none_is_too_old,
    },
    Promise {
        name: "the-same-everywhere",
        says: "The same client, asked for at the same time, expires at the same time.",
        check: the_same_everywhere,
    },
    Promise {
        name: "few-more-questions",
        says: "In an hour there are at most a quarter more questions than without any spread.",
        check: few_more_questions,
    },
    Promise {
        name: "questions-are-spread",
        says: "Of a thousand clients that were asked for together, at most 50 are asked for in the same 100 ms.",
        check: questions_are_spread,
    },
];

const HOUR_MS: u64 = 3_600_000;

/// Clients as they are in real life: neighbours, and some far apart.
fn clients() -> impl Iterator<Item = u32> {
    (0..1_000).map(|number| 3_232_235_520 + number + number % 7 * 65_536)
}

/// The times at which a client is asked for in an hour in which there is always a line of it.
fn questions_ms(client: u32) -> Vec<u64> {
    let mut times = vec![0];
    while let Some(last_ms) = times.last().filter(|last_ms| **last_ms < HOUR_MS) {
        times.push(expires_ms(client, *last_ms));
    }
    times.pop();
    times
}

fn none_is_too_old() -> Verdict {
    for client in clients() {
        for asked_ms in [0, 1, 60_000, HOUR_MS] {
            let kept_ms = expires_ms(client, asked_ms).saturating_sub(asked_ms);
            if !(1..=TTL_MS).contains(&kept_ms) {
                return Err(format!(
                    "Expected: an answer is kept for 1 to {TTL_MS} ms. That for client {client}, asked for at {asked_ms} ms, is kept for {kept_ms} ms."
                )
                .into());
            }
        }
    }
    Ok(())
}

fn the_same_everywhere() -> Verdict {
    for client in clients() {
        let times = [0; 5].map(|asked_ms| expires_ms(client, asked_ms));
        if times != [times[0]; 5] {
            return Err(format!(
                "Client {client} is asked for at 0 ms, on five machines. Expected: it expires at one time. It does at {times:?} ms."
            )
            .into());
        }
    }
    Ok(())
}

fn questions_are_spread() -> Verdict {
    let mut slots = std::collections::BTreeMap::<u64, usize>::new();
    for client in clients() {
        // The first question, which fills the cache, comes from all at once.
        for asked_ms in questions_ms(client).into_iter().skip(1) {
            *slots.entry(asked_ms / 100).or_insert(0) += 1;
        }
    }
    let worst = slots.iter().max_by_key(|(_, questions)| **questions);
    match worst {
        Some((slot, questions)) if *questions > 50 => Err(format!(
            "Expected: at most 50 questions within 100 ms. From {} ms on there are {questions}.",
            slot * 100
        )
        .into()),
        _ => Ok(()),
    }
}

fn few_more_questions() -> Verdict {
    let questions: usize = clients().map(|client| questions_ms(client).len()).sum();
    let least = 1_000 * (HOUR_MS / TTL_MS) as usize;
    if questions <= least + least / 4 {
        return Ok(());
    }
    Err(format!(
        "Without any spread there are {least} questions in an hour. Expected: at most {}. There are {questions}.",
        least + least / 4
    )
    .into())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
