//! What the ledger of `n03-failure` takes from around it: `crate::ranges` and `crate::terms` in the included file.

/// Of a range it takes the number alone: it never looks into the lines.
pub mod ranges {
    use std::sync::Arc;

    /// The lines of a range, by their number.
    #[derive(Debug)]
    pub struct Part(pub usize);

    impl Part {
        /// How many lines there are.
        #[allow(
            clippy::len_without_is_empty,
            reason = "the ledger asks for the number alone"
        )]
        pub fn len(&self) -> usize {
            self.0
        }
    }

    /// A range that is to be counted.
    #[derive(Debug)]
    pub struct Range {
        /// Its number, in the order of the input.
        pub number: u64,
        /// Its lines.
        pub part: Arc<Part>,
    }

    /// Leave to work on a range.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Lease {
        /// The range's number.
        pub range: u64,
        /// The fencing token.
        pub token: u64,
    }

    /// A range with the leave to work on it.
    #[derive(Debug)]
    pub struct Task {
        /// The leave.
        pub lease: Lease,
        /// The lines.
        pub part: Arc<Part>,
    }
}

/// Which repair the ledger makes.
pub mod terms {
    /// As in the step.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Repair {
        /// A report counts while its lease stands.
        Fenced,
        /// All that comes counts.
        Naive,
        /// A report counts for the worker's oldest range. It needs two ranges, and the model has one.
        Unfenced,
    }
}
