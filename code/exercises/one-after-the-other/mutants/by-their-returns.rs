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
    goes_on(operations, 0)
}

/// Whether what is left has such an order, if the register holds this value.
fn goes_on(left: &[Operation], value: u32) -> bool {
    if left.is_empty() {
        return true;
    }
    (0..left.len()).any(|place| {
        let operation = left[place];
        let may_be_next = left
            .iter()
            .all(|other| other.returned >= operation.returned);
        let mut others = left.to_vec();
        others.remove(place);
        may_be_next
            && match operation.did {
                Did::Write(written) => goes_on(&others, written),
                Did::Read(read) => read == value && goes_on(&others, value),
            }
    })
}
