//! What all kinds of charts become: a drawing for each medium, a table, and where both are from.

use results::Suite;

use super::medium::Medium;
use super::pick::Picked;

/// A chart with its data in place.
pub trait Picture {
    /// Draws it for what it is shown on.
    fn svg(&self, medium: Medium) -> String;
    /// What a caption must say of how it is drawn; nothing if the drawing says it all.
    fn note(&self) -> &'static str {
        ""
    }
    /// The data behind it.
    fn table(&self) -> Table;
}

/// The numbers of a chart.
pub struct Table {
    /// What its columns hold.
    pub head: Vec<String>,
    /// A cell for each column.
    pub rows: Vec<Vec<String>>,
}

/// A picture and the suites that it rests on, the book's and the reader's.
pub struct Drawn<'s> {
    /// What is drawn.
    pub picture: Box<dyn Picture>,
    /// The book's suites.
    pub suites: Vec<&'s Suite>,
    /// The reader's.
    pub own: Vec<&'s Suite>,
    /// The suites of the reader's forks, each of which holds a fork and its parent.
    pub forks: Vec<&'s Suite>,
    /// Where a profile was taken, if it is one.
    pub profile: Option<Provenance>,
}

impl<'s> Drawn<'s> {
    /// A picture of cases, the book's and the reader's.
    pub fn of(picture: impl Picture + 'static, book: &[Picked<'s>], own: &[Picked<'s>]) -> Self {
        let suites = |picked: &[Picked<'s>]| picked.iter().map(|picked| picked.suite).collect();
        Drawn {
            picture: Box::new(picture),
            suites: suites(book),
            own: suites(own),
            forks: Vec::new(),
            profile: None,
        }
    }

    /// A picture of what is in no suite, and where that was taken.
    pub fn taken(picture: impl Picture + 'static, profile: Provenance) -> Self {
        Drawn {
            profile: Some(profile),
            ..Drawn::of(picture, &[], &[])
        }
    }
}

/// Where and how something was measured.
#[derive(Clone)]
pub struct Provenance {
    /// Machine and date.
    pub taken: String,
    /// What measures it again.
    pub command: String,
}
