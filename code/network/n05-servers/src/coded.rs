//! Answers as they travel: each holder's name once a batch, and a number for each client.
//!
//! That is dictionary coding, as column stores do it. A batch has few holders and many clients.

use std::collections::HashMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use traffic::{Holder, Unresolved};

use crate::job::Answers;

/// [`Answers`], coded.
#[derive(Serialize, Deserialize)]
pub(crate) struct Coded {
    names: Vec<String>,
    /// For each client the place of its holder's name, counted from 1, or 0 without an answer.
    which: Vec<u32>,
    took: Duration,
}

/// A number without a name: the message is damaged, or the peer's code is.
#[derive(Debug, thiserror::Error)]
#[error("answer {0} has no name")]
pub(crate) struct Nameless(u32);

impl From<Answers> for Coded {
    fn from(answers: Answers) -> Coded {
        let mut places: HashMap<Holder, u32> = HashMap::new();
        let mut names = Vec::new();
        let which = answers.answers.into_iter().map(|answer| match answer {
            Err(Unresolved) => 0,
            Ok(holder) => *places.entry(holder).or_insert_with_key(|holder| {
                names.push(holder.as_str().to_owned());
                u32::try_from(names.len()).expect("a batch has thousands at most")
            }),
        });
        let which = which.collect();
        let took = answers.took;
        Coded { names, which, took }
    }
}

impl TryFrom<Coded> for Answers {
    type Error = Nameless;

    fn try_from(coded: Coded) -> Result<Answers, Nameless> {
        let names: Vec<Holder> = coded.names.iter().map(|name| Holder::new(name)).collect();
        let answers = coded.which.into_iter().map(|which| match which {
            0 => Ok(Err(Unresolved)),
            which => match names.get(which as usize - 1) {
                Some(holder) => Ok(Ok(holder.clone())),
                None => Err(Nameless(which)),
            },
        });
        Ok(Answers {
            answers: answers.collect::<Result<_, _>>()?,
            took: coded.took,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_back_as_they_were_and_names_travel_once() {
        let (a, b) = (Holder::new("a"), Holder::new("b"));
        let answers = vec![Ok(a.clone()), Err(Unresolved), Ok(b), Ok(a)];
        let took = Duration::from_millis(3);
        let coded = Coded::from(Answers {
            answers: answers.clone(),
            took,
        });
        assert_eq!(coded.names, ["a", "b"]);
        assert_eq!(coded.which, [1, 0, 2, 1]);
        let decoded = Answers::try_from(coded).expect("sound");
        assert_eq!(decoded.answers, answers);
        assert_eq!(decoded.took, took);
    }

    #[test]
    fn a_number_without_a_name_is_an_error() {
        let coded = Coded {
            names: vec!["a".into()],
            which: vec![2],
            took: Duration::ZERO,
        };
        assert!(Answers::try_from(coded).is_err());
    }
}
