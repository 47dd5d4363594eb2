//! Numbers that are runs.
//!
//! Every number in a text comes from a committed measurement, and every comparison is a claim that is judged: by the
//! directives that are listed here, which look things up in the [`Evidence`]. What is typed in is found ([`typed_in`]).
//! None of this knows of pages, so it serves any book: the crate's program, `mdbook-measured`, is a preprocessor of mdBook.

mod bibliography;
mod chart;
mod cited;
mod claim;
mod evidence;
mod given;
mod machine;
mod measurements;
mod note;
pub mod number;
mod places;
mod prose;
mod quantity;
mod ratio;
mod result;
pub mod typed_in;
mod value;

use directives::Directive;

pub use self::evidence::{Evidence, Whose};
pub use self::measurements::{Measured, Measurements};
pub use self::places::Places;
pub use self::quantity::measured;
pub use self::value::{TIMES, Value};

/// The directives of measurements, one line each. Each is one file of this crate.
pub const DIRECTIVES: &[&dyn Directive<Evidence>] = &[
    &result::Median,
    &ratio::Ratio,
    &given::Given,
    &cited::Cited,
    &claim::Claimed,
    &chart::Chart,
    &machine::Facts,
    &note::Note,
];
