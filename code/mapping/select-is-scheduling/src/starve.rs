//! An urgent queue that is never empty, and an ordinary one behind it.
//!
//! Priority without a limit is starvation. The smallest cure is patience with an end: after so many
//! urgent items in a row it is the other's turn. It is the simplest kind of *ageing*.

use crossbeam_channel::{Receiver, bounded, select_biased};

/// Which of the two queues was served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Served {
    /// The one that goes first.
    Urgent,
    /// The other.
    Ordinary,
}

/// What came of many turns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waited {
    /// How often the urgent queue was served.
    pub urgent: u64,
    /// How often the ordinary one was.
    pub ordinary: u64,
    /// The longest that the ordinary queue waited, in turns of the other.
    pub longest: u64,
}

// ANCHOR: patience
/// Takes an urgent item if there is one, unless the ordinary queue has waited for long
/// enough.
pub fn choose(
    urgent: &Receiver<()>,
    ordinary: &Receiver<()>,
    waited: u64,
    patience: u64,
) -> Served {
    if waited >= patience && ordinary.try_recv().is_ok() {
        return Served::Ordinary;
    }
    select_biased! {
        recv(urgent) -> _ => Served::Urgent,
        recv(ordinary) -> _ => Served::Ordinary,
    }
}
// ANCHOR_END: patience

/// Many turns, in which neither of the queues is ever empty.
pub fn serve(turns: u64, patience: u64) -> Waited {
    let (urgent_in, urgent) = bounded(1);
    let (ordinary_in, ordinary) = bounded(1);
    urgent_in.send(()).expect("both ends are ours");
    ordinary_in.send(()).expect("both ends are ours");
    let (mut result, mut waited) = (Waited::default(), 0);
    for _ in 0..turns {
        let refill = match choose(&urgent, &ordinary, waited, patience) {
            Served::Urgent => {
                result.urgent += 1;
                waited += 1;
                &urgent_in
            }
            Served::Ordinary => {
                result.ordinary += 1;
                waited = 0;
                &ordinary_in
            }
        };
        result.longest = result.longest.max(waited);
        refill
            .try_send(())
            .expect("it was served, so there is room");
    }
    result
}
