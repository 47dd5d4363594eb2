//! One slide, as it stands in its chapter.

use std::path::PathBuf;

use project::chapters;

use super::piece::Piece;

/// A slide before its directives are expanded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slide {
    /// Its name in addresses: `#/the-map`.
    pub id: String,
    /// What it is called: its heading, or the part that it opens, or its chapter.
    pub title: String,
    /// How long it is planned to take.
    pub seconds: u32,
    /// The cuts that it is in, in minutes, ascending.
    pub cuts: Vec<u32>,
    /// The part of the talk that it belongs to.
    pub part: Option<String>,
    /// Whether it comes behind all others, wherever in the book it stands.
    pub is_last: bool,
    /// Whether it is a title with perhaps a few words: its heading is of the first level.
    pub is_title: bool,
    /// The chapter, relative to the book's source folder: `evolution/s01-cache.md`.
    pub chapter: PathBuf,
    /// The chapter's file, relative to the project's root.
    pub file: PathBuf,
    /// The line of its opening mark.
    pub line: usize,
    /// What it shows, in the order of the chapter.
    pub pieces: Vec<Piece>,
    /// What the speaker says.
    pub notes: Vec<Piece>,
}

impl Slide {
    /// The page of its chapter, from the root of the site: `evolution/s01-cache.html`.
    pub fn page(&self) -> String {
        let page = chapters::page(&self.chapter);
        page.to_string_lossy().into_owned()
    }
}

/// Those of some slides that are in a cut.
pub fn in_cut(slides: &[Slide], cut: u32) -> impl Iterator<Item = &Slide> {
    slides.iter().filter(move |slide| slide.cuts.contains(&cut))
}

/// How long those are planned to take, in seconds.
pub fn seconds(slides: &[Slide], cut: u32) -> u32 {
    in_cut(slides, cut).map(|slide| slide.seconds).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cuts::clock;

    #[test]
    fn times_and_pages_are_written_as_they_are_read() {
        assert_eq!(clock(0), "0:00");
        assert_eq!(clock(95), "1:35");
        assert_eq!(clock(5400), "90:00");
        let page = |chapter: &str| Slide {
            chapter: chapter.into(),
            ..Slide::default()
        };
        assert_eq!(
            page("evolution/s01-cache.md").page(),
            "evolution/s01-cache.html"
        );
        assert_eq!(page("network/README.md").page(), "network/index.html");
    }
}
