// The judge of `an-error-in-the-middle`.

use std::process::ExitCode;

use an_error_in_the_middle::{Failed, run};
use drill::sync::{Arc, Mutex};
use drill::{Promise, Verdict, schedules, trace};

const TRIES: u64 = 300;

const PROMISES: &[Promise] = &[
    Promise {
        name: "the-sum",
        says: "Lines that are numbers are summed up.",
        check: the_sum,
    },
    Promise {
        name: "an-error-is-told",
        says: "At a line that is no number the run ends, with that error, and no thread panics or hangs.",
        check: an_error_is_told,
    },
    Promise {
        name: "the-reader-stops",
        says: "After an error few lines are read in vain.",
        check: the_reader_stops,
    },
];

/// Runs it on these lines; also how many of them were read.
fn read(lines: &'static [&'static str]) -> (Result<u64, Failed>, usize) {
    let count = Arc::new(Mutex::new(0));
    let counting = Arc::clone(&count);
    let mut lines = lines.iter();
    let outcome = run(move || {
        let line = lines.next()?;
        *counting.lock().unwrap() += 1;
        trace::note(format!("reads {line:?}"));
        Some(line)
    });
    let count = *count.lock().unwrap();
    (outcome, count)
}

fn expect(lines: &'static [&'static str], expected: Result<u64, Failed>) -> Result<(), String> {
    let (outcome, _) = read(lines);
    if outcome == expected {
        return Ok(());
    }
    Err(format!(
        "The lines are {lines:?}. Expected: {expected:?}. It is {outcome:?}."
    ))
}

fn the_sum() -> Verdict {
    schedules(TRIES, || {
        expect(&[], Ok(0))?;
        expect(&["1", "20", "300", "4000"], Ok(4321))
    })
}

fn an_error_is_told() -> Verdict {
    schedules(TRIES, || {
        expect(&["x"], Err(Failed { before: 0 }))?;
        expect(&["1", "20", "x"], Err(Failed { before: 2 }))?;
        expect(
            &["1", "x", "3", "y", "5", "6", "7", "8"],
            Err(Failed { before: 1 }),
        )
    })
}

fn the_reader_stops() -> Verdict {
    schedules(TRIES, || {
        let lines = &[
            "1", "x", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12",
        ];
        let (_, count) = read(lines);
        if count <= 6 {
            return Ok(());
        }
        Err(format!(
            "Line 2 of 12 is no number, and each channel holds one item. Expected: 6 lines at most are read. It were {count}."
        ))
    })
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
