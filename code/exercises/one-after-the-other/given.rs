//! Says whether a register has behaved as if its operations had been done one after the other.

/// What an operation did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// It wrote this.
    Write(u32),
    /// It read this.
    Read(u32),
}

/// One operation of one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// When it was called.
    pub called: u32,
    /// When it returned.
    pub returned: u32,
    /// What it did.
    pub did: Did,
}

/// Whether there is an order of the operations that explains what was read, and does not contradict the times. The register
/// holds 0 at first.
pub fn is_right(operations: &[Operation]) -> bool {
    let mut value = 0;
    operations.iter().all(|operation| match operation.did {
        Did::Write(written) => {
            value = written;
            true
        }
        Did::Read(read) => read == value,
    })
}
