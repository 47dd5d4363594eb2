//! The chapters of a book with their directives expanded, and what else mdBook is given with them.

use directives::{Expander, Place};
use mdbook_driver::book::Book;
use project::Problem;

use crate::shelf::Shelf;
use crate::{diagram, paths, source};

/// Expands the directives of all chapters, and tells what is wrong with them. A chapter with a diagram gets the script
/// that draws it, and one that is on a path the line that says where it goes on.
pub fn expand(book: &mut Book, expander: &Expander<'_>, shelf: &Shelf) -> Vec<Problem> {
    let mut problems = Vec::new();
    book.for_each_chapter_mut(|chapter| {
        let Some(path) = chapter.source_path.clone().or_else(|| chapter.path.clone()) else {
            return;
        };
        let expanded = expander.chapter(&path, &chapter.content);
        chapter.content = source::with_link(expanded.text, &path, shelf);
        problems.extend(expanded.problems);
        let place = Place {
            chapter: &path,
            line: 1,
            ordinal: 0,
            is_slide: false,
        };
        let onward = paths::onward(&path, shelf, &place.to_root());
        if !onward.is_empty() {
            chapter.content.push_str(&format!("\n\n{onward}\n"));
        }
        if diagram::is_in(&chapter.content) {
            let script = diagram::script(&place.to_root());
            chapter.content.push_str(&format!("\n\n{script}\n"));
        }
    });
    problems
}

/// Whether a chapter has a diagram.
pub fn have_diagrams(book: &Book) -> bool {
    let mut chapters = book.chapters();
    chapters.any(|chapter| diagram::is_in(&chapter.content))
}
