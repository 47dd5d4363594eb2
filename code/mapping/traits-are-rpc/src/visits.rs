//! What becomes of a call that is made twice: idempotence, in the smallest service that lacks it.
//!
//! To look something up twice is to have looked it up. To count a visit twice is to count two. When an
//! answer is lost, its caller cannot know whether the call was: the end-to-end remedy is a number that
//! the caller gives to each call, and by which the service recognises it.

use std::collections::HashMap;

use crate::directory::Unresolved;

// ANCHOR: visits
/// A counter of visits at the end of a wire that loses some answers. It never loses a question.
#[derive(Debug, Default)]
pub struct Counter {
    /// The visits so far.
    pub visits: u64,
    /// What was answered to which call, for calls that have a number.
    answered: HashMap<u64, u64>,
    /// How many answers will be lost.
    loses: u32,
}

impl Counter {
    /// A counter of which so many answers will be lost.
    pub fn that_loses(answers: u32) -> Counter {
        Counter {
            loses: answers,
            ..Counter::default()
        }
    }

    /// Counts one visit, and answers how many there have been.
    ///
    /// # Errors
    ///
    /// The answer was lost. The visit was not.
    pub fn visit(&mut self, call: Option<u64>) -> Result<u64, Unresolved> {
        let before = call.and_then(|call| self.answered.get(&call).copied());
        let answer = before.unwrap_or_else(|| {
            self.visits += 1;
            self.visits
        });
        if let Some(call) = call {
            self.answered.insert(call, answer);
        }
        if self.loses > 0 {
            self.loses -= 1;
            return Err(Unresolved::Late);
        }
        Ok(answer)
    }
}

/// Calls until there is an answer, and so many times at most; there is at least one try.
///
/// # Errors
///
/// What the last of them said.
pub fn again<T>(
    tries: u32,
    mut call: impl FnMut() -> Result<T, Unresolved>,
) -> Result<T, Unresolved> {
    for _ in 1..tries {
        if let Ok(answer) = call() {
            return Ok(answer);
        }
    }
    call()
}
// ANCHOR_END: visits
