// The judge of `back-in-order`.

use std::process::ExitCode;

use back_in_order::{Reorder, WINDOW};
use drill::{Promise, Verdict};

const PROMISES: &[Promise] = &[
    Promise {
        name: "in-order",
        says: "Items leave in the order of their numbers, whatever the order in which they are done.",
        check: in_order,
    },
    Promise {
        name: "what-may-leave-leaves",
        says: "An item leaves as soon as all in front of it are done.",
        check: what_may_leave_leaves,
    },
    Promise {
        name: "the-window-holds",
        says: "At most four items are on their way or kept, and as many as that may be.",
        check: the_window_holds,
    },
];

/// What has left when items were done in this order.
fn left(order: &[u64]) -> Vec<u64> {
    let mut reorder = Reorder::new();
    let mut left = Vec::new();
    for number in order {
        reorder.done(*number, *number, &mut |item| left.push(item));
    }
    left
}

fn in_order() -> Verdict {
    for order in [[0, 1, 2, 3], [1, 0, 3, 2], [3, 2, 1, 0], [2, 3, 0, 1]] {
        let left = left(&order);
        if !left.is_sorted() {
            return Err(format!(
                "Expected: items that are done in the order {order:?} leave in that of their numbers. They left as {left:?}."
            )
            .into());
        }
    }
    Ok(())
}

fn what_may_leave_leaves() -> Verdict {
    let cases: [(&[u64], &[u64]); 5] = [
        (&[0], &[0]),
        (&[1], &[]),
        (&[1, 2, 0], &[0, 1, 2]),
        (&[0, 2, 3], &[0]),
        (&[0, 2, 3, 1, 4], &[0, 1, 2, 3, 4]),
    ];
    for (order, expected) in cases {
        let left = left(order);
        if left != expected {
            return Err(format!(
                "Expected: when {order:?} are done, {expected:?} have left. These have: {left:?}."
            )
            .into());
        }
    }
    Ok(())
}

/// Item 0 is with a slow worker; all others are done as soon as they are begun.
fn the_window_holds() -> Verdict {
    let mut reorder = Reorder::new();
    let mut begun = 0;
    let mut left = 0;
    while begun < 20 && reorder.may_begin(begun) {
        if begun > 0 {
            reorder.done(begun, (), &mut |()| left += 1);
        }
        begun += 1;
    }
    let kept = reorder.kept();
    if begun != WINDOW {
        return Err(format!(
            "Item 0 is slow, and all others are done at once. Expected: {WINDOW} items are begun. It is {begun}, and {kept} are kept."
        )
        .into());
    }
    reorder.done(0, (), &mut |()| left += 1);
    let may = |number: u64| reorder.may_begin(number);
    if left == WINDOW && may(2 * WINDOW - 1) && !may(2 * WINDOW) {
        return Ok(());
    }
    Err(format!(
        "Then item 0 is done. Expected: {WINDOW} items have left, and the window is the next {WINDOW}. \
         {left} have left; number {} may begin: {}; number {}: {}.",
        2 * WINDOW - 1,
        may(2 * WINDOW - 1),
        2 * WINDOW,
        may(2 * WINDOW)
    )
    .into())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
