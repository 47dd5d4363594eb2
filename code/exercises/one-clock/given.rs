//! Stamps for the events of several machines, whose clocks differ.

/// A stamp. Stamps are compared by their fields, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// A time, as far as it can be one.
    pub ms: u64,
    /// Tells events apart that have the same time.
    pub count: u32,
    /// The machine.
    pub node: u32,
}

/// Makes the stamps of one machine.
#[derive(Debug)]
pub struct Clock {
    node: u32,
}

impl Clock {
    /// The clock of a machine.
    pub fn new(node: u32) -> Clock {
        Clock { node }
    }

    /// A stamp for an event of this machine, a message that is sent among them. `now_ms` is its own clock, which may be wrong, and
    /// may be set back.
    pub fn event(&mut self, now_ms: u64) -> Stamp {
        Stamp {
            ms: now_ms,
            count: 0,
            node: self.node,
        }
    }

    /// A stamp for the arrival of a message, which brings that of its sending.
    pub fn receive(&mut self, now_ms: u64, _sent: Stamp) -> Stamp {
        self.event(now_ms)
    }
}
