// The judge of `coordinated-omission`.

use std::collections::VecDeque;
use std::process::ExitCode;

use coordinated_omission::measure;
use drill::{Promise, Verdict};

const PROMISES: &[Promise] = &[
    Promise {
        name: "a-calm-service",
        says: "Of a service that always takes the same time, this time is told.",
        check: a_calm_service,
    },
    Promise {
        name: "all-requests-are-made",
        says: "Each request is made, in its turn, and not before it is due.",
        check: all_requests_are_made,
    },
    Promise {
        name: "one-at-a-time",
        says: "A connection carries one request at a time, and a request takes any that is free.",
        check: one_at_a_time,
    },
    Promise {
        name: "a-stall-is-seen",
        says: "A service that stands still for a second has kept a thousand requests waiting.",
        check: a_stall_is_seen,
    },
    Promise {
        name: "an-overload-is-seen",
        says: "Of a service that is too slow for the rate, each request takes longer than the one before.",
        check: an_overload_is_seen,
    },
];

fn a_calm_service() -> Verdict {
    let durations = measure(&mut |sent_us| sent_us + 300, 100, 1_000, 2);
    if durations == [300; 100] {
        return Ok(());
    }
    Err(format!(
        "Expected: 100 requests of 300 µs each. It measured {:?}.",
        &durations[..durations.len().min(10)]
    )
    .into())
}

/// A service that stands still from second 2 to second 3.
fn stalls(sent_us: u64) -> u64 {
    let answered_us = sent_us + 200;
    if (2_000_000..3_000_000).contains(&sent_us) {
        3_000_000 + 200
    } else {
        answered_us
    }
}

fn all_requests_are_made() -> Verdict {
    let mut sent = Vec::new();
    let durations = measure(
        &mut |sent_us| {
            sent.push(sent_us);
            stalls(sent_us)
        },
        5_000,
        1_000,
        4,
    );
    if (durations.len(), sent.len()) != (5_000, 5_000) {
        return Err(format!(
            "Expected: 5,000 requests are made and measured. {} were made, and there are {} durations.",
            sent.len(),
            durations.len()
        )
        .into());
    }
    let early = (0_u64..)
        .zip(&sent)
        .find(|(number, sent_us)| **sent_us < number * 1_000);
    if let Some((number, sent_us)) = early {
        return Err(format!(
            "Expected: request {number} is not sent before {} µs. It was sent at {sent_us} µs.",
            number * 1_000
        )
        .into());
    }
    // When the stall is over, the rate is kept again.
    let last = sent[4_999];
    if last == 4_999_000 {
        return Ok(());
    }
    Err(format!("Expected: the last request is sent when it is due, at 4,999,000 µs. It was sent at {last} µs.").into())
}

/// One request in ten takes fifty times as long as the others.
fn one_at_a_time() -> Verdict {
    let mut under_way: VecDeque<u64> = VecDeque::new();
    let mut number = 0;
    let mut most = 0;
    let durations = measure(
        &mut |sent_us| {
            under_way.retain(|answered_us| *answered_us > sent_us);
            number += 1;
            let answered_us = sent_us + if number % 10 == 0 { 5_000 } else { 100 };
            under_way.push_back(answered_us);
            most = most.max(under_way.len());
            answered_us
        },
        2_000,
        1_000,
        2,
    );
    if most > 2 {
        return Err(format!(
            "Expected: 2 requests are under way at most, one a connection. There were {most}."
        )
        .into());
    }
    let slow = durations.iter().filter(|duration| **duration > 100).count();
    if slow == 200 {
        return Ok(());
    }
    Err(format!(
        "Expected: of 2,000 requests 200 are slow by themselves, and no other one, for while one connection waits the \
         other is free. {slow} took longer than 100 µs."
    )
    .into())
}

fn a_stall_is_seen() -> Verdict {
    let durations = measure(&mut |sent_us| stalls(sent_us), 10_000, 1_000, 1);
    let late = durations
        .iter()
        .filter(|duration| **duration > 10_000)
        .count();
    let mean = durations.iter().sum::<u64>() / durations.len().max(1) as u64;
    // A request that is due in the stall waits for half of it on average; behind it the queue is worked off.
    if (950..=1_300).contains(&late) && (45_000..=70_000).contains(&mean) {
        return Ok(());
    }
    Err(format!(
        "Expected: of 10,000 requests about 1,200 have waited more than 10 ms, because the service stood still for a second, or \
         because others had to be served first. It says that {late} have, and that a request takes {mean} µs on average."
    )
    .into())
}

fn an_overload_is_seen() -> Verdict {
    let durations = measure(&mut |sent_us| sent_us + 1_500, 1_000, 1_000, 1);
    let last = durations.last().copied().unwrap_or(0);
    if last == 1_500 + 999 * 500 {
        return Ok(());
    }
    Err(format!(
        "Expected: a request a millisecond, each of which takes 1.5, and the last one is done half a second late, {} µs. It \
         says {last} µs.",
        1_500 + 999 * 500
    )
    .into())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
