//! A talk: what is shown, slide by slide.

use crate::deck::Deck;
use crate::render::Shown;

/// The talk as it was built.
#[derive(Debug, Default)]
pub struct Talk {
    /// Its slides in book order.
    pub deck: Deck,
    /// What each of them shows and what is said to it, in the same order.
    pub shown: Vec<Shown>,
}
