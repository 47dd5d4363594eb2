// The judge of `forgotten-sender`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use drill::{Promise, Verdict, schedules};
use forgotten_sender::report;

const TRIES: u64 = 500;

const LINES: [&str; 5] = ["GET /a", "GET /b", "garbage", "GET /a", "GET /c"];

const PROMISES: &[Promise] = &[
    Promise {
        name: "it-ends",
        says: "When all lines are read, all stages end, and there is a report.",
        check: it_ends,
    },
    Promise {
        name: "all-is-counted",
        says: "Each line with a route is counted once, however the workers share them.",
        check: all_is_counted,
    },
    Promise {
        name: "it-ends-early",
        says: "When the counter has enough, all stages end, though there are lines left.",
        check: it_ends_early,
    },
];

fn it_ends() -> Verdict {
    schedules(TRIES, || {
        expect(&report(&[], 2, 100), &[])?;
        expect(&report(&LINES[..1], 1, 100), &[("/a", 1)])
    })
}

fn all_is_counted() -> Verdict {
    schedules(TRIES, || {
        expect(&report(&LINES, 2, 100), &[("/a", 2), ("/b", 1), ("/c", 1)])
    })
}

fn it_ends_early() -> Verdict {
    schedules(TRIES, || {
        let counts = report(&["GET /a"; 12], 2, 3);
        expect(&counts, &[("/a", 3)])
    })
}

fn expect(is: &BTreeMap<String, u64>, expected: &[(&str, u64)]) -> Result<(), String> {
    let expected: BTreeMap<String, u64> = (expected.iter())
        .map(|(route, count)| ((*route).to_owned(), *count))
        .collect();
    if *is == expected {
        Ok(())
    } else {
        Err(format!(
            "Expected: the report is {expected:?}. It is {is:?}."
        ))
    }
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
