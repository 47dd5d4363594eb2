//! The talk: slides that are cut from the chapters of the book.
//!
//! A part of a chapter that is also a slide is marked by comments ([`marks`], [`header`], [`regions`]). Which of its blocks go on
//! the slide and which to the speaker is decided by what they are ([`pieces`]); the slides of all chapters in book
//! order are the [`deck`]. Their Markdown has the same directives as the chapters and is rendered by the same library
//! ([`render`]); the HTML is then fitted into one page with all the others ([`adapt`], [`steps`]), and there are two
//! such pages ([`page`]): what the audience sees, and what the speaker sees.
//!
//! How a slide looks and moves is no matter of this module: that is `book/theme/talk` and `book/theme/css/talk`.

mod adapt;
mod cuts;
mod deck;
mod diagram_direction;
mod groups;
mod header;
mod heading;
mod highlighted_lines;
pub mod marks;
pub mod measure;
pub mod order;
mod outline;
mod page;
mod parts;
mod piece;
mod pieces;
mod prerun;
mod regions;
mod rehearsal;
mod render;
mod reveal;
mod slide;
mod steps;
mod tags;
mod talk;
mod undefined_references;

use std::path::Path;

use anyhow::Result;
use directives::{Directive, Expander};
use mdbook_driver::config::Config;
use project::{Problem, Program, Project};

pub use self::cuts::{CUTS, clock, no_cut};
pub use self::deck::Deck;
pub use self::outline::Outline;
pub use self::piece::Piece;
pub use self::render::Shown;
pub use self::slide::Slide;
pub use self::talk::Talk;

/// The directive of the talk. It is one file of this crate.
pub const DIRECTIVES: &[&dyn Directive<Outline>] = &[&outline::Talk];

/// Expands and judges the directives of all slides and notes without rendering anything.
pub fn check(deck: &Deck, expander: &Expander<'_>, programs: &[Program]) -> Vec<Problem> {
    render::texts(deck, expander, programs).1
}

/// Writes the talk into a site: `talk/index.html` and `talk/speaker/index.html`. A book without slides has no talk.
///
/// # Errors
///
/// If a slide cannot be rendered, or a page cannot be written.
pub fn write(
    project: &Project,
    config: &Config,
    deck: Deck,
    expander: &Expander<'_>,
    programs: &[Program],
    out: &Path,
) -> Result<(Talk, Vec<Problem>)> {
    if deck.slides.is_empty() {
        return Ok((Talk::default(), Vec::new()));
    }
    let (texts, mut problems) = render::texts(&deck, expander, programs);
    let shown = render::html(project, config, &deck, &texts)?;
    let slides = deck.slides.iter().zip(&shown);
    problems.extend(slides.flat_map(|(slide, shown)| highlighted_lines::check(slide, shown)));
    let talk = Talk { deck, shown };
    page::write(project, config, &talk, out)?;
    Ok((talk, problems))
}
