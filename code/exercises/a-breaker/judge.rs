// The judge of `a-breaker`.

use std::cell::Cell;
use std::process::ExitCode;
use std::rc::Rc;

use a_breaker::{Breaker, Directory, FAILURES, Failed, Holder, PAUSE_MS};
use drill::{Promise, Verdict};

const PROMISES: &[Promise] = &[
    Promise {
        name: "answers-pass",
        says: "What the directory answers is the answer, and its failures are failures.",
        check: answers_pass,
    },
    Promise {
        name: "it-opens",
        says: "After three failures in a row calls fail without a question, for a second.",
        check: it_opens,
    },
    Promise {
        name: "failures-in-a-row",
        says: "An answer in between makes the count begin anew, also the answer that a client is unknown.",
        check: failures_in_a_row,
    },
    Promise {
        name: "a-probe-closes-it",
        says: "After the pause a call goes through, and if it is answered all is as at the beginning.",
        check: a_probe_closes_it,
    },
    Promise {
        name: "a-failed-probe-opens-it",
        says: "If the probe fails, the pause begins anew: there is one probe for each pause.",
        check: a_failed_probe_opens_it,
    },
];

const KNOWN: Result<Holder, Failed> = Ok(Holder::Known(3));
const UNKNOWN: Result<Holder, Failed> = Ok(Holder::Unknown);
const FAILS: Result<Holder, Failed> = Err(Failed);

/// A directory that answers what the calls' clocks say: the answers stand in a list of their times.
struct Script {
    says: Vec<(u64, Result<Holder, Failed>)>,
    is_disturbed: Rc<Cell<bool>>,
}

impl Directory for Script {
    fn find(&mut self, _client: u32, now_ms: u64) -> Result<Holder, Failed> {
        let place = self.says.iter().position(|(at_ms, _)| *at_ms == now_ms);
        let Some(place) = place else {
            self.is_disturbed.set(true);
            return FAILS;
        };
        self.says.remove(place).1
    }
}

/// A call at each of these times: what the directory says if it is asked, or that it is not to be asked.
fn calls(calls: &[(u64, Option<Result<Holder, Failed>>)]) -> Verdict {
    let says = calls
        .iter()
        .filter_map(|(at_ms, says)| Some((*at_ms, (*says)?)));
    let says: Vec<_> = says.collect();
    let is_disturbed = Rc::new(Cell::new(false));
    let mut breaker = Breaker::new(Script {
        says,
        is_disturbed: Rc::clone(&is_disturbed),
    });
    for (at_ms, says) in calls {
        let expected = says.unwrap_or(FAILS);
        let answer = breaker.find(7, *at_ms);
        if is_disturbed.get() {
            let what = "Expected: a failure, without a question. The directory is asked";
            return Err(told(calls, *at_ms, what).into());
        }
        if answer != expected {
            return Err(told(
                calls,
                *at_ms,
                &format!("Expected: {expected:?}. It is {answer:?}"),
            )
            .into());
        }
    }
    Ok(())
}

fn told(calls: &[(u64, Option<Result<Holder, Failed>>)], at_ms: u64, what: &str) -> String {
    let mut text = format!("{what}, at {at_ms} ms. The directory's answers:\n");
    for (at_ms, says) in calls {
        let says = says.map_or("is left alone".to_owned(), |says| format!("{says:?}"));
        text += &format!("\n  {at_ms:>6} ms  {says}");
    }
    text
}

fn answers_pass() -> Verdict {
    calls(&[
        (0, Some(KNOWN)),
        (1, Some(UNKNOWN)),
        (2, Some(FAILS)),
        (3, Some(KNOWN)),
    ])
}

/// Failures at these times, until it is open.
fn opening(from_ms: u64) -> Vec<(u64, Option<Result<Holder, Failed>>)> {
    let times = from_ms..from_ms + u64::from(FAILURES);
    times.map(|at_ms| (at_ms, Some(FAILS))).collect()
}

fn it_opens() -> Verdict {
    let mut all = opening(0);
    all.extend([(3, None), (500, None), (PAUSE_MS + 1, None)]);
    calls(&all)
}

fn failures_in_a_row() -> Verdict {
    for answer in [KNOWN, UNKNOWN] {
        let mut all = Vec::new();
        for round in 0..4 {
            let at_ms = 10 * round;
            all.extend([
                (at_ms, Some(FAILS)),
                (at_ms + 1, Some(FAILS)),
                (at_ms + 2, Some(answer)),
            ]);
        }
        calls(&all)?;
    }
    calls(&[
        (0, Some(UNKNOWN)),
        (1, Some(UNKNOWN)),
        (2, Some(UNKNOWN)),
        (3, Some(UNKNOWN)),
    ])
}

fn a_probe_closes_it() -> Verdict {
    let mut all = opening(0);
    let probe_ms = 2 + PAUSE_MS;
    all.extend([
        (probe_ms, Some(KNOWN)),
        (probe_ms + 1, Some(FAILS)),
        (probe_ms + 2, Some(FAILS)),
    ]);
    all.extend([(probe_ms + 3, Some(KNOWN))]);
    calls(&all)
}

fn a_failed_probe_opens_it() -> Verdict {
    let mut all = opening(0);
    let (first_ms, second_ms) = (2 + PAUSE_MS, 2 + 2 * PAUSE_MS);
    all.extend([
        (first_ms, Some(FAILS)),
        (first_ms + 1, None),
        (second_ms - 1, None),
    ]);
    all.extend([(second_ms, Some(KNOWN)), (second_ms + 1, Some(KNOWN))]);
    calls(&all)
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
