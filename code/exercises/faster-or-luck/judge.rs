// The judge of `faster-or-luck`.

use std::process::ExitCode;

use drill::Promise;
use faster_or_luck::{SAMPLES_MIN, Verdict, compare};

const PROMISES: &[Promise] = &[
    Promise {
        name: "what-is-clear-is-decided",
        says: "Spreads that are far apart decide it, in both directions.",
        check: what_is_clear_is_decided,
    },
    Promise {
        name: "overlapping-spreads-decide-nothing",
        says: "Spreads that overlap decide nothing, and neither do equal ones.",
        check: overlapping_spreads_decide_nothing,
    },
    Promise {
        name: "a-hiccup-changes-nothing",
        says: "One slow run in twenty changes neither the verdict nor the ratio.",
        check: a_hiccup_changes_nothing,
    },
    Promise {
        name: "few-samples-decide-nothing",
        says: "Fewer than nine samples of either decide nothing.",
        check: few_samples_decide_nothing,
    },
];

/// So many samples around a rate, from nine tenths of it to eleven, in no order.
fn around(rate: f64, count: usize) -> Vec<f64> {
    let share = |number: usize| (number * 7 % count) as f64 / (count as f64 - 1.0);
    (0..count)
        .map(|number| rate * (0.9 + 0.2 * share(number)))
        .collect()
}

fn expect(what: &str, first: &[f64], second: &[f64], expected: Verdict) -> drill::Verdict {
    let verdict = compare(first, second);
    let is_near = |a: f64, b: f64| (a - b).abs() < 0.02 * b;
    let is_right = match (verdict, expected) {
        (Verdict::Faster(is), Verdict::Faster(expected))
        | (Verdict::Slower(is), Verdict::Slower(expected)) => is_near(is, expected),
        (is, expected) => is == expected,
    };
    if is_right {
        return Ok(());
    }
    let rates = |samples: &[f64]| {
        samples
            .iter()
            .map(|rate| format!(" {rate:.0}"))
            .collect::<String>()
    };
    Err(format!(
        "{what}. The rates of the first program:{}; of the second:{}.\nExpected: {expected:.2?}. It is {verdict:.2?}.",
        rates(first),
        rates(second)
    )
    .into())
}

fn what_is_clear_is_decided() -> drill::Verdict {
    let (slow, fast) = (around(1_000.0, 11), around(3_000.0, 11));
    expect(
        "The second is three times as fast",
        &slow,
        &fast,
        Verdict::Faster(3.0),
    )?;
    expect(
        "The second has a third of the rate",
        &fast,
        &slow,
        Verdict::Slower(1.0 / 3.0),
    )?;
    let near = around(1_250.0, 11);
    expect(
        "The second is a quarter faster",
        &slow,
        &near,
        Verdict::Faster(1.25),
    )
}

fn overlapping_spreads_decide_nothing() -> drill::Verdict {
    let (one, other) = (around(1_000.0, 11), around(1_100.0, 11));
    expect(
        "The second seems to be a tenth faster",
        &one,
        &other,
        Verdict::Undecided,
    )?;
    expect(
        "The second seems to be slower",
        &other,
        &one,
        Verdict::Undecided,
    )?;
    expect("Both are equal", &one, &one, Verdict::Undecided)?;
    let same = [1_000.0; 9];
    expect("All runs were equal", &same, &same, Verdict::Undecided)
}

fn a_hiccup_changes_nothing() -> drill::Verdict {
    let slow = around(1_000.0, 20);
    let mut fast = around(2_000.0, 20);
    fast[3] = 20.0;
    expect(
        "The second was interrupted once",
        &slow,
        &fast,
        Verdict::Faster(2.0),
    )?;
    expect(
        "The first was interrupted once",
        &fast,
        &slow,
        Verdict::Slower(0.5),
    )
}

fn few_samples_decide_nothing() -> drill::Verdict {
    let (slow, fast) = (around(1_000.0, 11), around(3_000.0, 11));
    let few = SAMPLES_MIN - 1;
    expect(
        "The first was run eight times",
        &slow[..few],
        &fast,
        Verdict::Undecided,
    )?;
    expect(
        "The second was run eight times",
        &slow,
        &fast[..few],
        Verdict::Undecided,
    )?;
    expect("Neither was run", &[], &[], Verdict::Undecided)?;
    expect(
        "Both were run nine times",
        &slow[..=few],
        &fast[..=few],
        Verdict::Faster(3.0),
    )
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
