//! The talk: slides that are cut from the chapters of the book.
//!
//! A part of a chapter that is also a slide is marked by comments ([`marks`], [`header`], [`regions`]). Which of its blocks go on
//! the slide and which to the speaker is decided by what they are ([`pieces`]); the slides of all chapters in book
//! order are the [`deck`]. Their Markdown has the same directives as the chapters and is rendered by the same library
//! ([`render`]); the HTML is then fitted into one page with all the others ([`adapt`], [`steps`]), and there are two
//! such pages ([`page`]): what the audience sees, and what the speaker sees.
//!
//! How a slide looks and moves is no matter of this module: that is `book/theme/talk` and `book/theme/css/talk`.

mod across;
mod adapt;
mod alone;
pub mod deck;
mod earlier;
mod groups;
mod header;
mod heading;
mod lit;
pub mod marks;
pub mod measure;
pub mod order;
mod page;
pub mod parts;
pub mod pieces;
pub mod regions;
mod rehearsal;
mod render;
mod reveal;
mod slide;
mod steps;
mod tags;

use std::path::Path;

use anyhow::Result;
use mdbook_driver::config::Config;

pub use self::deck::Deck;
pub use self::render::Shown;
pub use self::slide::{Slide, clock};
use crate::book::sources::Sources;
use crate::problem::Problem;
use crate::project::Project;

/// The lengths that the talk can have, in minutes; the last is shown when nobody asks for another.
pub const CUTS: [u32; 3] = [20, 45, 90];

/// What is said of a cut that there is none of.
pub fn no_cut(text: &str) -> String {
    let minutes = CUTS.map(|cut| cut.to_string());
    let (last, others) = minutes.split_last().expect("there are cuts");
    format!(
        "there is no cut of {text} minutes: there are {} and {last}",
        others.join(", ")
    )
}

/// The talk as it was built.
#[derive(Debug, Default)]
pub struct Talk {
    /// Its slides in book order.
    pub deck: Deck,
    /// What each of them shows and what is said to it, in the same order.
    pub shown: Vec<Shown>,
}

/// Expands and judges the directives of all slides and notes without rendering anything.
pub fn check(deck: &Deck, sources: &Sources) -> Vec<Problem> {
    render::texts(deck, sources).1
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
    sources: &Sources,
    out: &Path,
) -> Result<(Talk, Vec<Problem>)> {
    if deck.slides.is_empty() {
        return Ok((Talk::default(), Vec::new()));
    }
    let (texts, mut problems) = render::texts(&deck, sources);
    let shown = render::html(project, config, &deck, &texts)?;
    let slides = deck.slides.iter().zip(&shown);
    problems.extend(slides.flat_map(|(slide, shown)| lit::check(slide, shown)));
    let talk = Talk { deck, shown };
    page::write(project, config, &talk, out)?;
    Ok((talk, problems))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_are_named_as_one_says_them() {
        let said = "there is no cut of 30 minutes: there are 20, 45 and 90";
        assert_eq!(no_cut("30"), said);
    }
}
