// The judge of `deadlocked-pipeline`.

use std::process::ExitCode;

use deadlocked_pipeline::run;
use drill::{Promise, Verdict, schedules, trace};

const TRIES: u64 = 300;

/// More than any ring of these capacities has places, and not much.
const DEPTH_MAX: usize = 8;

const PROMISES: &[Promise] = &[
    Promise {
        name: "few-lines-pass",
        says: "Two lines, for which there is room, are asked for twice each.",
        check: few_lines_pass,
    },
    Promise {
        name: "many-lines-pass",
        says: "Many lines pass channels that hold one or two, and none is lost.",
        check: many_lines_pass,
    },
    Promise {
        name: "memory-is-bounded",
        says: "However many lines there are, no channel holds more than a few.",
        check: memory_is_bounded,
    },
];

fn few_lines_pass() -> Verdict {
    schedules(TRIES, || expect_all(2, 2))
}

fn many_lines_pass() -> Verdict {
    schedules(TRIES, || {
        expect_all(24, 1)?;
        expect_all(24, 2)
    })
}

fn memory_is_bounded() -> Verdict {
    schedules(TRIES, || {
        expect_all(40, 1)?;
        let deepest = trace::deepest();
        if deepest <= DEPTH_MAX {
            return Ok(());
        }
        Err(format!(
            "Expected: no channel holds more than {DEPTH_MAX} items while 40 lines pass channels of 1. One held {deepest}."
        ))
    })
}

fn expect_all(lines: u32, capacity: usize) -> Result<(), String> {
    let mut done = run(lines, capacity);
    done.sort_by_key(|line| line.number);
    if let Some(line) = done.iter().find(|line| line.asked != 2) {
        return Err(format!(
            "Expected: line {} is asked for 2 times. It was asked for {} times.",
            line.number, line.asked
        ));
    }
    let numbers: Vec<u32> = done.iter().map(|line| line.number).collect();
    if numbers == (0..lines).collect::<Vec<_>>() {
        Ok(())
    } else {
        Err(format!(
            "Expected: the lines 0 to {} once each. They are {numbers:?}.",
            lines - 1
        ))
    }
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
