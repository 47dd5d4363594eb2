// The judge of `where-the-time-goes`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use drill::{Promise, Verdict};
use where_the_time_goes::{Meter, OTHER};

const PROMISES: &[Promise] = &[
    Promise {
        name: "each-part-has-its-own",
        says: "The time of a part does not contain that of a part within it.",
        check: each_part_has_its_own,
    },
    Promise {
        name: "the-parts-are-the-run",
        says: "The parts together are the run; what is in none of them is `other`.",
        check: the_parts_are_the_run,
    },
    Promise {
        name: "at-any-time",
        says: "A report in the middle of a part is right, too.",
        check: at_any_time,
    },
];

/// What happens at a time, in microseconds.
enum Event {
    Enter(&'static str),
    Leave,
}

use Event::{Enter, Leave};

/// The run begins at 1,000 µs, and each event comes so many microseconds later; so does the report.
fn expect(events: &[(u64, Event)], end_us: u64, expected: &[(&'static str, u64)]) -> Verdict {
    let mut meter = Meter::new(1_000);
    let mut story = String::new();
    for (at_us, event) in events {
        match event {
            Enter(part) => {
                meter.enter(part, 1_000 + at_us);
                story += &format!("\n  {at_us:>5} µs  enters {part}");
            }
            Leave => {
                meter.leave(1_000 + at_us);
                story += &format!("\n  {at_us:>5} µs  leaves");
            }
        }
    }
    let mut report = meter.report(1_000 + end_us);
    report.retain(|_, spent_us| *spent_us > 0);
    let expected = BTreeMap::from_iter(expected.iter().copied());
    if report == expected {
        return Ok(());
    }
    Err(format!(
        "The run:\n{story}\n  {end_us:>5} µs  is reported\n\nExpected: {expected:?}. The report is {report:?}."
    )
    .into())
}

fn each_part_has_its_own() -> Verdict {
    let events = [
        (0, Enter("lookup")),
        (500, Enter("wait")),
        (8_500, Leave),
        (9_000, Leave),
    ];
    expect(&events, 9_000, &[("lookup", 1_000), ("wait", 8_000)])?;
    let events = [
        (0, Enter("lookup")),
        (1, Enter("lookup")),
        (3, Leave),
        (6, Leave),
        (6, Enter("parse")),
        (10, Leave),
    ];
    expect(&events, 10, &[("lookup", 6), ("parse", 4)])
}

fn the_parts_are_the_run() -> Verdict {
    expect(&[], 70, &[(OTHER, 70)])?;
    let events = [
        (20, Enter("parse")),
        (50, Leave),
        (60, Enter("parse")),
        (65, Leave),
    ];
    expect(&events, 100, &[("parse", 35), (OTHER, 65)])
}

fn at_any_time() -> Verdict {
    let events = [(0, Enter("lookup")), (500, Enter("wait"))];
    expect(&events, 800, &[("lookup", 500), ("wait", 300)])?;
    let mut meter = Meter::new(0);
    meter.enter("wait", 10);
    let first = meter.report(30).get("wait").copied();
    meter.leave(50);
    let second = meter.report(50).get("wait").copied();
    if (first, second) == (Some(20), Some(40)) {
        return Ok(());
    }
    Err(format!(
        "`wait` lasts from 10 µs to 50 µs. Expected: a report at 30 µs has 20 µs of it, and one at 50 µs 40. They have {first:?} and {second:?}."
    )
    .into())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
