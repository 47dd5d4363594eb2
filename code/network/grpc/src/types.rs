//! Our types and those of the interface: what has to be written where a language stands between two programs.
//!
//! None of this is needed where both sides are Rust: n02-rpc sends its own types, and the compiler looks at both.

use std::time::Duration;

use crate::interface::answer::Of;
use crate::interface::{Answer, Answers, Unresolved};

// ANCHOR: types
/// Who holds an address, or no answer: the evolution's.
pub type Holder = Result<String, NoAnswer>;

/// There was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAnswer;

/// Why a message that could be read is none of ours. A compiler that sees both sides would not let it be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strange {
    /// An answer that is neither: from a later version, or from a service that forgot it. The two look alike.
    Neither,
    /// A field that every message of ours has. In the interface each may be missing.
    Missing,
    /// A duration below zero: theirs has a sign, and Rust's has none.
    Negative,
}

/// Writes answers as the interface has them.
pub fn write(holders: Vec<Holder>, took: Duration) -> Answers {
    let answers = holders.into_iter().map(|holder| Answer {
        of: Some(match holder {
            Ok(name) => Of::Holder(name),
            Err(NoAnswer) => Of::Unresolved(Unresolved {}),
        }),
    });
    Answers {
        answers: answers.collect(),
        // More than theirs holds, ten thousand years, is as long as it holds.
        took: Some(took.try_into().unwrap_or(prost_types::Duration {
            seconds: i64::MAX,
            nanos: 0,
        })),
    }
}

/// Reads answers.
///
/// # Errors
///
/// If they are none that [`write`] writes.
pub fn read(answers: Answers) -> Result<(Vec<Holder>, Duration), Strange> {
    let holders = answers.answers.into_iter().map(|answer| match answer.of {
        Some(Of::Holder(name)) => Ok(Ok(name)),
        Some(Of::Unresolved(Unresolved {})) => Ok(Err(NoAnswer)),
        None => Err(Strange::Neither),
    });
    let holders = holders.collect::<Result<_, _>>()?;
    let took = answers.took.ok_or(Strange::Missing)?;
    Ok((holders, took.try_into().map_err(|_| Strange::Negative)?))
}
// ANCHOR_END: types

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_back_as_they_were() {
        let holders = vec![Ok("a".to_owned()), Err(NoAnswer), Ok(String::new())];
        let took = Duration::from_nanos(1_500_000_001);
        assert_eq!(read(write(holders.clone(), took)), Ok((holders, took)));
    }

    #[test]
    fn what_the_interface_allows_and_we_do_not_is_told() {
        let sound = || write(vec![Ok("a".into())], Duration::ZERO);
        let mut neither = sound();
        neither.answers[0].of = None;
        assert_eq!(read(neither), Err(Strange::Neither));
        let mut missing = sound();
        missing.took = None;
        assert_eq!(read(missing), Err(Strange::Missing));
        let mut negative = sound();
        negative.took = Some(prost_types::Duration {
            seconds: -1,
            nanos: 0,
        });
        assert_eq!(read(negative), Err(Strange::Negative));
    }
}
