// The judge of `restarts-in-moderation`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use restarts_in_moderation::{Decision, RESTARTS, Supervisor, WINDOW_MS};

const PROMISES: &[Promise] = &[
    Promise {
        name: "restarts-as-long-as-it-may",
        says: "The first three deaths are followed by a restart each, also when they come at once.",
        check: restarts_as_long_as_it_may,
    },
    Promise {
        name: "gives-up",
        says: "At the fourth death within five seconds it gives up.",
        check: gives_up,
    },
    Promise {
        name: "old-deaths-are-forgiven",
        says: "A worker that dies every two seconds is started again, for ever.",
        check: old_deaths_are_forgiven,
    },
    Promise {
        name: "any-window",
        says: "No five seconds have more than three restarts, wherever they begin.",
        check: any_window,
    },
];

/// What is decided at deaths at these times.
fn decisions(deaths_ms: &[u64]) -> Vec<Decision> {
    let mut supervisor = Supervisor::new();
    let decide = |death_ms: &u64| supervisor.died(*death_ms);
    deaths_ms.iter().map(decide).collect()
}

/// All deaths but the last are followed by a restart; the last one by this.
fn expect(deaths_ms: &[u64], last: Decision) -> Verdict {
    let mut expected = vec![Decision::Restart; deaths_ms.len()];
    expected[deaths_ms.len() - 1] = last;
    let decisions = decisions(deaths_ms);
    if decisions == expected {
        return Ok(());
    }
    Err(format!(
        "Workers die at {deaths_ms:?} ms. Expected: {expected:?}. It decides {decisions:?}."
    )
    .into())
}

fn restarts_as_long_as_it_may() -> Verdict {
    expect(&[100, 100, 100], Decision::Restart)
}

fn gives_up() -> Verdict {
    expect(&[100, 100, 100, 100], Decision::GiveUp)?;
    expect(&[0, 1_000, 2_000, WINDOW_MS - 1], Decision::GiveUp)
}

fn old_deaths_are_forgiven() -> Verdict {
    let deaths_ms: Vec<u64> = (0..20).map(|number| 2_000 * number).collect();
    expect(&deaths_ms, Decision::Restart)?;
    expect(&[0, 1_000, 2_000, WINDOW_MS], Decision::Restart)
}

fn any_window() -> Verdict {
    let deaths_ms = [0, 4_900, 4_950, 5_000, 5_050];
    expect(&deaths_ms, Decision::GiveUp)?;
    let deaths_ms: Vec<u64> = (0..100).map(|number| 300 * number).collect();
    let decisions = decisions(&deaths_ms);
    let restarts = deaths_ms.iter().zip(&decisions);
    let restarts: Vec<u64> = restarts
        .filter(|(_, decision)| **decision == Decision::Restart)
        .map(|(death_ms, _)| *death_ms)
        .collect();
    let crowded = restarts
        .windows(RESTARTS + 1)
        .find(|some| some[RESTARTS] - some[0] < WINDOW_MS);
    match crowded {
        None => Ok(()),
        Some(some) => Err(format!(
            "Workers die every 300 ms. Expected: at most {RESTARTS} restarts within {WINDOW_MS} ms. There are restarts at {some:?} ms."
        )
        .into()),
    }
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
