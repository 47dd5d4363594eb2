//! A choice between two channels that looks first at the one that it did not take from.

use std::mem::swap;

use crate::sync::Receiver;

// ANCHOR: choose
pub fn choose(left: &Receiver<u32>, right: &Receiver<u32>, items: u32, mut take: impl FnMut(bool)) {
    let mut taken = 0;
    let (mut first, mut second) = ((left, true), (right, false));
    while taken < items {
        if first.0.try_recv().is_ok() {
            take(first.1);
            taken += 1;
            swap(&mut first, &mut second);
        } else if second.0.try_recv().is_ok() {
            take(second.1);
            taken += 1;
        }
    }
}
// ANCHOR_END: choose
