// The judge of `one-after-the-other`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use one_after_the_other::{Did, Operation, is_right};

const PROMISES: &[Promise] = &[
    Promise {
        name: "one-at-a-time",
        says: "If no two operations overlap, they are explained by their order in time, whatever their order in the list.",
        check: one_at_a_time,
    },
    Promise {
        name: "overlapping-operations-may-change-places",
        says: "Operations that overlap may have been done in any order.",
        check: overlapping_operations_may_change_places,
    },
    Promise {
        name: "the-clock-counts",
        says: "What had returned before another one was called was done before it.",
        check: the_clock_counts,
    },
    Promise {
        name: "one-order-for-all",
        says: "There is one order that explains all reads together.",
        check: one_order_for_all,
    },
];

use Did::{Read, Write};

/// Operations, each with the times of its call and its return, in the order of the tasks.
fn expect(history: &[(u32, u32, Did)], expected: bool) -> Verdict {
    let operations: Vec<Operation> = (history.iter())
        .map(|(called, returned, did)| Operation {
            called: *called,
            returned: *returned,
            did: *did,
        })
        .collect();
    if is_right(&operations) == expected {
        return Ok(());
    }
    let mut text = String::new();
    for (called, returned, did) in history {
        let line = (0..=12).map(|time| {
            if (*called..=*returned).contains(&time) {
                '='
            } else {
                ' '
            }
        });
        text += &format!("\n  |{}|  {did:?}", line.collect::<String>());
    }
    let said = |is_right| {
        if is_right {
            "it is right"
        } else {
            "it is wrong"
        }
    };
    Err(format!(
        "The history, from left to right:\n{text}\n\nExpected: {}. The answer is: {}.",
        said(expected),
        said(!expected)
    )
    .into())
}

fn one_at_a_time() -> Verdict {
    expect(&[], true)?;
    expect(&[(0, 1, Read(0)), (2, 3, Write(1)), (4, 5, Read(1))], true)?;
    // The order of the list says nothing.
    expect(&[(4, 5, Read(2)), (2, 3, Write(2)), (0, 1, Write(1))], true)
}

fn overlapping_operations_may_change_places() -> Verdict {
    expect(&[(0, 6, Write(1)), (1, 2, Read(1))], true)?;
    expect(&[(0, 6, Write(1)), (1, 2, Read(0))], true)?;
    expect(&[(0, 6, Write(1)), (1, 2, Read(0)), (3, 4, Read(1))], true)?;
    expect(&[(0, 6, Write(1)), (1, 5, Write(2)), (8, 9, Read(1))], true)?;
    expect(&[(0, 5, Write(1)), (1, 6, Write(2)), (8, 9, Read(1))], true)?;
    expect(&[(1, 6, Read(1)), (2, 5, Write(1))], true)
}

fn the_clock_counts() -> Verdict {
    expect(&[(0, 1, Write(1)), (2, 3, Read(0))], false)?;
    expect(
        &[(0, 1, Write(1)), (2, 3, Write(2)), (4, 5, Read(1))],
        false,
    )?;
    expect(
        &[(0, 1, Write(1)), (2, 8, Write(2)), (3, 4, Read(0))],
        false,
    )?;
    expect(&[(0, 2, Write(1)), (4, 6, Read(0)), (5, 7, Read(1))], false)?;
    expect(
        &[(0, 6, Write(1)), (7, 8, Write(2)), (9, 10, Read(1))],
        false,
    )
}

fn one_order_for_all() -> Verdict {
    // First the new value, and then the old one again.
    expect(&[(0, 9, Write(1)), (1, 2, Read(1)), (3, 4, Read(0))], false)?;
    // Two readers, which see two writes in two orders.
    let writes = [(0, 8, Write(1)), (0, 8, Write(2))];
    let one_way = [(1, 2, Read(1)), (3, 4, Read(2))];
    let other_way = [(1, 2, Read(2)), (3, 4, Read(1))];
    expect(&[&writes[..], &one_way].concat(), true)?;
    expect(&[&writes[..], &one_way, &other_way].concat(), false)
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
