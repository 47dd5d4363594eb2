//! `{{#quiz s03-replicas}}`: the questions at the end of a chapter.
//!
//! The page gets all of it: each question with its options in an order that stays, and behind a fold its answer and what is
//! wrong with each other option. The page's script makes fields of the options, and asks again what was missed. Without
//! scripts, and on paper, questions and answers stay.

mod file;
mod question;
mod written;

use directives::{Directive, Place, Rendered};
use project::suggest;

pub use self::file::Quizzes;
pub use self::question::{Asks, Does, Question};
use crate::shelf::Shelf;

/// The quiz of a chapter.
pub struct Quiz;

impl Directive<Shelf> for Quiz {
    fn name(&self) -> &'static str {
        "quiz"
    }

    fn only_follows(&self, sources: &Shelf) -> bool {
        !sources.quizzes.problems.is_empty()
    }

    fn render(
        &self,
        argument: &str,
        sources: &Shelf,
        _place: &Place<'_>,
    ) -> Result<Rendered, String> {
        let Some(questions) = sources.quizzes.of(argument) else {
            let hint = suggest::hint(argument, sources.quizzes.names());
            return Err(format!(
                "there is no quiz book/quizzes/{argument}.toml{hint}"
            ));
        };
        Ok(Rendered::markdown(written::quiz(argument, questions)))
    }
}

#[cfg(test)]
mod tests;
