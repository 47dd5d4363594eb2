// The judge of `retry-counted-twice`.

use std::collections::VecDeque;
use std::process::ExitCode;

use drill::{Promise, Verdict};
use retry_counted_twice::{Ledger, Reply, Report};

const PROMISES: &[Promise] = &[
    Promise {
        name: "reports-are-counted",
        says: "Over a network that loses nothing, each report is counted once.",
        check: reports_are_counted,
    },
    Promise {
        name: "again-is-not-twice",
        says: "A report that comes again is acknowledged, and not counted again.",
        check: again_is_not_twice,
    },
    Promise {
        name: "equal-is-not-the-same",
        says: "Two reports that say the same are two reports.",
        check: equal_is_not_the_same,
    },
    Promise {
        name: "an-old-life-is-over",
        says: "A worker that was started again counts anew, and late reports of its earlier life do no harm.",
        check: an_old_life_is_over,
    },
    Promise {
        name: "exact-in-any-weather",
        says: "Messages are lost, doubled, late and out of order, and in the end the counts are exact.",
        check: exact_in_any_weather,
    },
    Promise {
        name: "little-is-remembered",
        says: "What is remembered does not grow with the number of reports.",
        check: little_is_remembered,
    },
];

fn report(worker: u32, life: u32, number: u64, count: u64) -> Report {
    Report {
        worker,
        life,
        number,
        route: if number.is_multiple_of(2) { "/a" } else { "/b" }.to_owned(),
        count,
    }
}

fn total(ledger: &Ledger) -> u64 {
    ledger.of("/a") + ledger.of("/b")
}

fn expect_total(what: &str, ledger: &Ledger, expected: u64) -> Verdict {
    let is = total(ledger);
    if is == expected {
        Ok(())
    } else {
        Err(format!("{what}. Expected: {expected} requests are counted. There are {is}.").into())
    }
}

fn reports_are_counted() -> Verdict {
    let mut ledger = Ledger::new();
    for number in 1..=4 {
        for worker in [1, 2] {
            ledger.take(&report(worker, 1, number, 10 + number));
        }
    }
    expect_total(
        "Two workers send four reports each",
        &ledger,
        2 * (11 + 12 + 13 + 14),
    )
}

fn again_is_not_twice() -> Verdict {
    let mut ledger = Ledger::new();
    for number in [1, 1, 2, 1, 2, 2, 3] {
        let reply = ledger.take(&report(1, 1, number, 5));
        if reply != Reply::Counted {
            return Err(format!(
                "Expected: report {number} is acknowledged. The reply is {reply:?}."
            )
            .into());
        }
    }
    expect_total(
        "Reports 1, 1, 2, 1, 2, 2 and 3 of 5 requests come",
        &ledger,
        15,
    )
}

fn equal_is_not_the_same() -> Verdict {
    let mut ledger = Ledger::new();
    for number in [1, 3, 5] {
        ledger.take(&report(1, 1, number, 5));
        ledger.take(&report(1, 1, number + 1, 5));
    }
    expect_total("Six reports of 5 requests come", &ledger, 30)?;
    let mut ledger = Ledger::new();
    for number in 1..=3 {
        let report = Report {
            route: "/a".to_owned(),
            ..report(1, 1, number, 5)
        };
        ledger.take(&report);
    }
    expect_total(
        "Three reports of 5 requests for one route come",
        &ledger,
        15,
    )
}

fn an_old_life_is_over() -> Verdict {
    let mut ledger = Ledger::new();
    for (life, number) in [(1, 1), (1, 2), (2, 1), (1, 2), (2, 2), (1, 1), (2, 3)] {
        ledger.take(&report(1, life, number, 5));
    }
    expect_total(
        "A worker sends two reports, is started again and sends three; two of its first life come late and again",
        &ledger,
        25,
    )
}

/// A worker that sends its reports until they are counted.
struct Worker {
    number: u32,
    sent: u64,
    counted: u64,
}

const REPORTS: u64 = 40;

fn exact_in_any_weather() -> Verdict {
    for seed in 0..200 {
        let ledger = weather(seed)?;
        let expected = 3 * (1..=REPORTS).sum::<u64>();
        expect_total(
            &format!("Three workers send {REPORTS} reports each (weather {seed})"),
            &ledger,
            expected,
        )?;
    }
    Ok(())
}

/// Three workers and a ledger over a network that does what it likes.
fn weather(seed: u64) -> Result<Ledger, String> {
    let mut random = seed;
    let mut chance = |of: u64| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % of
    };
    let mut ledger = Ledger::new();
    let mut workers = [1, 2, 3].map(|number| Worker {
        number,
        sent: 0,
        counted: 0,
    });
    let mut under_way: VecDeque<Report> = VecDeque::new();
    for _ in 0..200_000 {
        if workers.iter().all(|worker| worker.counted == REPORTS) {
            under_way.iter().for_each(|late| {
                ledger.take(late);
            });
            return Ok(ledger);
        }
        let worker = &mut workers[chance(3) as usize];
        // It sends the next, or again from the last that it knows to be counted.
        worker.sent = if worker.sent == REPORTS || chance(8) == 0 {
            worker.counted
        } else {
            worker.sent
        };
        if worker.sent < REPORTS {
            worker.sent += 1;
            let report = report(worker.number, 1, worker.sent, worker.sent);
            for _ in 0..[0, 1, 1, 1, 2][chance(5) as usize] {
                under_way.push_back(report.clone());
            }
        }
        if under_way.is_empty() || chance(2) == 0 {
            continue;
        }
        let place = chance(4.min(under_way.len() as u64)) as usize;
        let report = under_way.remove(place).expect("it is there");
        let reply = ledger.take(&report);
        if chance(4) == 0 {
            continue; // the reply is lost
        }
        let worker = &mut workers[report.worker as usize - 1];
        match reply {
            // Of all up to this one: they are counted in their order.
            Reply::Counted => worker.counted = worker.counted.max(report.number),
            Reply::From(number) => worker.sent = worker.sent.min(number - 1).max(worker.counted),
        }
    }
    Err(
        "Expected: all reports are counted in the end. The workers send some of them for ever."
            .to_owned(),
    )
}

fn little_is_remembered() -> Verdict {
    let mut ledger = Ledger::new();
    for number in 1..=1_000 {
        ledger.take(&report(1, 1, number, 1));
    }
    let remembers = ledger.remembers();
    if remembers <= 8 {
        return Ok(());
    }
    Err(format!("Expected: a few numbers are remembered for a worker. After 1,000 reports there are {remembers}.").into())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
