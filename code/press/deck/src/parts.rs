//! The parts of the talk: how long each of them is in each cut.

use super::deck::Deck;
use super::slide::{self, Slide};
use crate::cuts::{CUTS, clock};

/// A part and its planned seconds in each of the cuts.
#[derive(Debug, PartialEq, Eq)]
pub struct Part<'d> {
    /// What it is called; slides before the first part have none.
    pub title: &'d str,
    /// In the order of [`CUTS`].
    pub seconds: [u32; CUTS.len()],
}

/// The parts of a deck in their order.
pub fn of(deck: &Deck) -> Vec<Part<'_>> {
    let parts = deck.slides.chunk_by(|one, other| one.part == other.part);
    let part = |slides: &[Slide]| CUTS.map(|cut| slide::seconds(slides, cut));
    let parts = parts.map(|slides| Part {
        title: slides[0].part.as_deref().unwrap_or_default(),
        seconds: part(slides),
    });
    parts.collect()
}

/// A time in a table; a part that a cut leaves out has none.
pub fn shown(seconds: u32) -> String {
    if seconds == 0 {
        "–".to_owned()
    } else {
        clock(seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_the_times_of_their_slides() {
        let slide = |part: Option<&str>, seconds: u32, cuts: &[u32]| Slide {
            part: part.map(str::to_owned),
            seconds,
            cuts: cuts.to_vec(),
            ..Slide::default()
        };
        let deck = Deck {
            slides: vec![
                slide(None, 1, &[20, 45, 90]),
                slide(Some("a"), 20, &[45, 90]),
                slide(Some("a"), 300, &[90]),
                slide(Some("b"), 4000, &[20]),
            ],
        };
        let parts = of(&deck);
        let parts: Vec<_> = parts
            .iter()
            .map(|part| (part.title, part.seconds))
            .collect();
        assert_eq!(
            parts,
            [("", [1, 1, 1]), ("a", [0, 20, 320]), ("b", [4000, 0, 0])]
        );
        assert_eq!((shown(0).as_str(), shown(65).as_str()), ("–", "1:05"));
    }
}
