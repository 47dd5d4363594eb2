//! The eight fallacies of distributed computing, each with an experiment inside one machine.
//!
//! 1. [`reliable`]: what was sent and never processed
//! 2. [`latency`]: how far it is from here to there
//! 3. [`bandwidth`]: how much fits through, when one asks and when two do
//! 4. [`trust`]: who is served
//! 5. [`topology`]: what moves when one more comes
//! 6. [`versions`]: an upgrade, one node after another
//! 7. [`transport`]: what it takes to hand something over
//! 8. [`equal`]: equal work on equal processors
//!
//! And one that the list does not have: [`clock`], what *before* means. What is counted comes out the same in every
//! run and in the twin, `code/go/where-the-analogy-breaks`; what is timed does not.

pub mod bandwidth;
pub mod clock;
pub mod equal;
pub mod latency;
pub mod reliable;
pub mod report;
pub mod topology;
pub mod transport;
pub mod trust;
pub mod versions;
