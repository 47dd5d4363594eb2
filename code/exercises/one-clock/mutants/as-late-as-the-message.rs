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
    /// The largest stamp that was made here or has come in a message.
    last: (u64, u32),
}

impl Clock {
    /// The clock of a machine.
    pub fn new(node: u32) -> Clock {
        Clock { node, last: (0, 0) }
    }

    /// A stamp for an event of this machine, a message that is sent among them. `now_ms` is its own clock, which may be wrong, and
    /// may be set back.
    pub fn event(&mut self, now_ms: u64) -> Stamp {
        let (ms, count) = self.last;
        self.last = if now_ms > ms {
            (now_ms, 0)
        } else {
            (ms, count + 1)
        };
        let (ms, count) = self.last;
        Stamp {
            ms,
            count,
            node: self.node,
        }
    }

    /// A stamp for the arrival of a message, which brings that of its sending.
    pub fn receive(&mut self, now_ms: u64, sent: Stamp) -> Stamp {
        let own = self.event(now_ms);
        if own < sent {
            self.last = (sent.ms, sent.count);
        }
        let (ms, count) = self.last;
        Stamp {
            ms,
            count,
            node: self.node,
        }
    }
}
