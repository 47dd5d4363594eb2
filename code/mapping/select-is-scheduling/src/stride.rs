//! Shares in place of chance: stride scheduling.
//!
//! After Carl A. Waldspurger and William E. Weihl, *Stride Scheduling: Deterministic Proportional-Share
//! Resource Management* (MIT Laboratory for Computer Science, 1995). Each client has a *pass*, which says
//! how much it has had already, in relation to its share. The one that has had least is next.
//!
//! Left out: clients that come and go, and the heap that finds the smallest pass among many.

// ANCHOR: stride
/// What a turn costs a client with a share of one. All shares from one to ten divide it.
const ONE: u64 = 2520;

/// The client that is next, so that over time each gets its share.
#[derive(Debug)]
pub struct Stride {
    strides: Vec<u64>,
    passes: Vec<u64>,
    /// The pass of the one who was chosen last.
    now: u64,
}

impl Stride {
    /// One client for each share; a share is from one to ten.
    pub fn new(shares: &[u64]) -> Stride {
        Stride {
            strides: shares.iter().map(|share| ONE / share).collect(),
            passes: vec![0; shares.len()],
            now: 0,
        }
    }

    /// Of those who are ready, the one who has had least; the first of several.
    pub fn choose(&mut self, is_ready: impl Fn(usize) -> bool) -> Option<usize> {
        let ready = (0..self.passes.len()).filter(|&client| is_ready(client));
        let chosen = ready.min_by_key(|&client| self.passes[client])?;
        self.now = self.now.max(self.passes[chosen]);
        // A client that was away does not get that time back, or it would shut out all others.
        self.passes[chosen] = self.now;
        Some(chosen)
    }

    /// Charges a client for what it had: one for a turn, or its time.
    pub fn charge(&mut self, client: usize, cost: u64) {
        self.passes[client] += self.strides[client] * cost;
    }
}
// ANCHOR_END: stride
