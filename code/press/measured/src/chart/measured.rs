//! One value of a chart: the book's, and the reader's beside it.

use results::Reference;
use results::{Suite, Summary};

use crate::evidence::Evidence;

/// The suites that a chart rests on.
#[derive(Default)]
pub struct Suites<'s> {
    /// The book's.
    pub book: Vec<&'s Suite>,
    /// The reader's.
    pub own: Vec<&'s Suite>,
}

/// What was measured of one case.
pub struct Measured {
    /// The book's value.
    pub book: Summary,
    /// How many samples it is of.
    pub samples: usize,
    /// The reader's.
    pub own: Option<Summary>,
    /// Their unit.
    pub unit: String,
}

/// Looks up a value, and notes which suites it is from.
///
/// # Errors
///
/// If the book has no such measurement.
pub fn find<'s>(
    reference: &Reference,
    sources: &'s Evidence,
    suites: &mut Suites<'s>,
) -> Result<Measured, String> {
    let found = sources.results.find(reference)?;
    suites.book.push(found.suite);
    let own = sources.own.as_ref();
    let own = own.and_then(|results| results.find(reference).ok());
    suites.own.extend(own.as_ref().map(|own| own.suite));
    Ok(Measured {
        book: found.summary,
        samples: found.samples,
        own: own.map(|own| own.summary),
        unit: found.unit.to_owned(),
    })
}
