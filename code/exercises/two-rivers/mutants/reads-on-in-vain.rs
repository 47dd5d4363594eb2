//! Two channels are made one.

use drill::channel::{Receiver, bounded};
use drill::thread::{named, spawn};

/// A channel that brings what two others bring, in the order in which it comes, and ends when both have ended.
///
/// It holds one item, and at most one more of each of the two is on its way to it. If its receiver is dropped, the receivers of
/// the two are dropped as well.
pub fn merge(left: Receiver<u32>, right: Receiver<u32>) -> Receiver<u32> {
    let (output, merged) = bounded(1);
    for (name, river) in [("left", left), ("right", right)] {
        let output = output.clone();
        spawn(named(name, move || {
            for item in river {
                let _ = output.send(item);
            }
        }));
    }
    merged
}
