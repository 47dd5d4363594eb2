// The judge of `one-clock`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use one_clock::{Clock, Stamp};

const PROMISES: &[Promise] = &[
    Promise {
        name: "it-goes-forward",
        says: "Each stamp of a machine is larger than the one before, also when its clock stands or is set back.",
        check: it_goes_forward,
    },
    Promise {
        name: "an-effect-is-later",
        says: "The arrival of a message has a larger stamp than its sending, whatever the two clocks say.",
        check: an_effect_is_later,
    },
    Promise {
        name: "no-two-are-equal",
        says: "No two events have the same stamp.",
        check: no_two_are_equal,
    },
    Promise {
        name: "near-the-time",
        says: "As long as the clocks agree within 5 ms, a stamp is within 5 ms of its machine's clock.",
        check: near_the_time,
    },
];

fn it_goes_forward() -> Verdict {
    let mut clock = Clock::new(1);
    let times = [1_000, 1_001, 1_001, 1_001, 1_005, 400, 400, 1_006];
    let stamps = times.map(|now_ms| clock.event(now_ms));
    match stamps.windows(2).position(|pair| pair[0] >= pair[1]) {
        None => Ok(()),
        Some(place) => Err(format!(
            "A machine's clock says {} and then {}. Expected: the second stamp is the larger. They are {} and {}.",
            times[place],
            times[place + 1],
            shown(stamps[place]),
            shown(stamps[place + 1])
        )
        .into()),
    }
}

fn shown(Stamp { ms, count, node }: Stamp) -> String {
    format!("({ms}, {count}, {node})")
}

fn an_effect_is_later() -> Verdict {
    for (asker_ms, answerer_ms) in [(1_000, 1_000), (4_000, 1_000), (1_000, 4_000)] {
        let (mut asker, mut answerer) = (Clock::new(1), Clock::new(2));
        let mut last = asker.event(asker_ms);
        for round in 0..4 {
            // A question, and its answer; both clocks go on a little.
            let (clock, now_ms, name) = if round % 2 == 0 {
                (&mut answerer, answerer_ms + round, "the answerer")
            } else {
                (&mut asker, asker_ms + round, "the asker")
            };
            let arrival = clock.receive(now_ms, last);
            let sending = clock.event(now_ms);
            if arrival <= last || sending <= arrival {
                return Err(format!(
                    "A message with the stamp {} comes to {name}, whose clock says {now_ms}, and is answered.\n\
                     Expected: the stamps of its arrival and of the answer are larger, in this order. They are {} and {}.",
                    shown(last),
                    shown(arrival),
                    shown(sending)
                )
                .into());
            }
            last = sending;
        }
    }
    Ok(())
}

fn no_two_are_equal() -> Verdict {
    let mut clocks = [1, 2, 3].map(Clock::new);
    let mut stamps = Vec::new();
    for now_ms in [1_000, 1_000, 1_001] {
        for clock in &mut clocks {
            stamps.push(clock.event(now_ms));
        }
    }
    for clock in &mut clocks {
        stamps.push(clock.receive(1_001, stamps[0]));
    }
    stamps.sort();
    match stamps.windows(2).find(|pair| pair[0] == pair[1]) {
        None => Ok(()),
        Some(pair) => Err(format!(
            "Three machines make stamps at the same time. Expected: no two are equal. {} is there twice.",
            shown(pair[0])
        )
        .into()),
    }
}

fn near_the_time() -> Verdict {
    let mut clocks = [1, 2].map(Clock::new);
    let mut message = clocks[0].event(10_000);
    for step in 0..1_000 {
        let place = step % 2;
        // The second machine is behind by 5 ms.
        let now_ms = 10_000 + step as u64 / 3 - 5 * place as u64;
        clocks[place].receive(now_ms, message);
        message = clocks[place].event(now_ms);
        if message.ms.abs_diff(now_ms) > 5 {
            return Err(format!(
                "The clocks differ by 5 ms at most, and this machine's says {now_ms}. Expected: a stamp within 5 ms of it. It is {}.",
                shown(message)
            )
            .into());
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
