//! The contract of Part I, at the farthest distance: a service that knows who holds an address.
//!
//! Three things have changed since, and Part I announced each. It takes many questions at a time, because
//! a far call is a coarse one. It takes `&self`, because many callers ask at once. And time is in it. What
//! has not changed is that a question may have no answer, and that the caller is told so; but where that
//! was one word, it is two: that it was *not* done, and that it is *not known* whether it was.

use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::job::{Answers, Clients};

// ANCHOR: contract
/// A service that knows who holds which address.
pub trait Directory: Clone + Send + Sync + 'static {
    /// Who holds each of these clients' addresses, in their order. After the deadline the caller is gone:
    /// a service that cannot answer by then stops, and so does all that it has asked for this.
    ///
    /// Dropping the future cancels the question, wherever it is by then.
    fn holders(
        &self,
        clients: Clients,
        deadline: Instant,
    ) -> impl Future<Output = Outcome<Answers>> + Send;
}

/// What a caller knows of a call that has ended.
#[must_use]
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Outcome<T> {
    /// It was done, and this is what it came to.
    Yes(T),
    /// It was not done, and will not be: asking again does no harm.
    No(Failure),
    /// It may have been done, or may still be under way. Only a service where twice is once may be asked
    /// again.
    Unknown(Failure),
}
// ANCHOR_END: contract

/// Which service did not answer, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{of} {why}")]
pub struct Failure {
    /// The service, as a person would name it.
    pub of: String,
    /// What was the matter.
    pub why: Why,
}

/// Why there was no answer: the words of Part I, and one that it had no use for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Why {
    /// The deadline has passed.
    #[error("did not answer in time")]
    Late,
    /// The connection is broken: the service has ended, or cannot be reached.
    #[error("is gone")]
    Gone,
    /// It has too much to do already.
    #[error("is busy")]
    Busy,
    /// What came is no answer to what was asked.
    #[error("answered something else")]
    Garbled,
}

impl<T> Outcome<T> {
    /// The answer, or a sentence that says what is known without one.
    ///
    /// # Errors
    ///
    /// If there is no answer.
    pub fn answer(self) -> Result<T, String> {
        match self {
            Outcome::Yes(answer) => Ok(answer),
            Outcome::No(failure) => Err(format!("{failure}: nothing was done")),
            Outcome::Unknown(failure) => {
                Err(format!("{failure}: whether it was asked is not known"))
            }
        }
    }

    /// The failure, if it is not known whether it was done.
    pub fn unknown(&self) -> Option<&Failure> {
        match self {
            Outcome::Unknown(failure) => Some(failure),
            Outcome::Yes(_) | Outcome::No(_) => None,
        }
    }
}

impl Why {
    /// This, of a service.
    pub fn of(self, service: &str) -> Failure {
        Failure {
            of: service.to_owned(),
            why: self,
        }
    }
}
