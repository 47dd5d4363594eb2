//! A choice between two channels that looks at the left one first, always.

use crate::sync::Receiver;

// ANCHOR: choose
pub fn choose(left: &Receiver<u32>, right: &Receiver<u32>, items: u32, mut take: impl FnMut(bool)) {
    let mut taken = 0;
    while taken < items {
        if left.try_recv().is_ok() {
            take(true);
            taken += 1;
        } else if right.try_recv().is_ok() {
            take(false);
            taken += 1;
        }
    }
}
// ANCHOR_END: choose
