//! `{{#path beginner}}`: what to read and do, in order, with minutes; and at the end of each chapter of a path the line that
//! says where it goes on.
//!
//! All paths are one file, `book/paths.toml`. The page's script remembers which of them a reader has chosen, and shows the
//! lines of that one only.

mod file;

use std::fmt::Write as _;

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use project::{Chapter, chapters, suggest};

pub use self::file::{Path, Paths, Stop};
use crate::shelf::Shelf;
use crate::tables::markdown;

/// The chapter that shows the paths, relative to the book.
const SHOWN_IN: &str = "start/paths.md";

/// The stops of a path.
pub struct Shown;

impl Directive<Shelf> for Shown {
    fn name(&self) -> &'static str {
        "path"
    }

    fn only_follows(&self, sources: &Shelf) -> bool {
        !sources.paths.problems.is_empty()
    }

    fn render(
        &self,
        argument: &str,
        sources: &Shelf,
        place: &Place<'_>,
    ) -> Result<Rendered, String> {
        let paths = &sources.paths;
        let Some(path) = paths.all.iter().find(|path| path.name == argument) else {
            let hint = suggest::hint(argument, paths.all.iter().map(|path| path.name.as_str()));
            return Err(format!(
                "there is no path `{argument}` in book/paths.toml{hint}"
            ));
        };
        let name = escape(&path.name);
        let mut text = format!("<section class=\"path\" data-path=\"{name}\">\n\n");
        for (number, stop) in path.stops.iter().enumerate() {
            let Some(chapter) = paths.chapter(&stop.chapter) else {
                continue;
            };
            let page = escape(&chapter.page().display().to_string());
            writeln!(
                text,
                "{}. <span data-page=\"{page}\">[{}]({}{})</span>, {} min: {}",
                number + 1,
                chapter.title,
                place.to_root(),
                chapter.path.display(),
                stop.minutes,
                markdown(&stop.task).replace('\n', " "),
            )
            .expect("a string takes everything");
        }
        write!(
            text,
            "\nTogether {}.\n\n</section>",
            duration(path.stops.iter().map(|stop| stop.minutes).sum())
        )
        .expect("a string takes everything");
        Ok(Rendered::markdown(text))
    }
}

/// Minutes as people say them.
fn duration(minutes: u32) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, rest) {
        (0, rest) => format!("{rest} minutes"),
        (1, 0) => "1 hour".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}

/// The lines at the end of a chapter, one for each path that it is on; none if it is on none.
pub fn onward(chapter: &std::path::Path, shelf: &Shelf, to_root: &str) -> String {
    let paths = &shelf.paths;
    let Some(here) = paths.chapters.iter().find(|one| one.path == chapter) else {
        return String::new();
    };
    let mut lines = String::new();
    for path in &paths.all {
        let Some(at) = path.stops.iter().position(|stop| stop.chapter == here.name) else {
            continue;
        };
        let next = path.stops.get(at + 1);
        let next = next.and_then(|stop| Some((paths.chapter(&stop.chapter)?, stop.minutes)));
        let goes_on = match next {
            Some((next, minutes)) => format!("next {}, {minutes} min", link(next, to_root)),
            None => "here it ends".to_owned(),
        };
        let (name, title) = (escape(&path.name), escape(&path.title));
        let all = chapters::page(std::path::Path::new(SHOWN_IN));
        write!(
            lines,
            "<li data-path=\"{name}\"><a href=\"{to_root}{}#{name}\">{title}</a>: {goes_on}</li>",
            all.display()
        )
        .expect("a string takes everything");
    }
    if lines.is_empty() {
        return lines;
    }
    format!(
        "<nav class=\"onward\" aria-label=\"Paths\"><p>Your path from here</p><ul>{lines}</ul></nav>"
    )
}

fn link(chapter: &Chapter, to_root: &str) -> String {
    let title = escape(&chapter.title);
    format!(
        "<a href=\"{to_root}{}\">{title}</a>",
        chapter.page().display()
    )
}

#[cfg(test)]
mod tests {
    use directives::testing::rendered;
    use project::testing::sample;

    use super::*;

    const PATHS: &str = "[[paths]]\nname = \"short\"\ntitle = \"In short\"\n\n[[paths.stops]]\nchapter = \"s01-cache\"\n\
        minutes = 50\ntask = \"read *it*\"\n\n[[paths.stops]]\nchapter = \"idea\"\nminutes = 15\ntask = \"play\"\n";

    fn shelf(paths: &str) -> Shelf {
        let (_folder, project) = sample();
        let summary = "# Summary\n\n- [Cache](evolution/s01-cache.md)\n- [Idea](start/idea.md)\n";
        std::fs::write(project.book().join("SUMMARY.md"), summary).expect("written");
        std::fs::write(project.book().join("paths.toml"), paths).expect("written");
        crate::shelf::load(&project)
    }

    #[test]
    fn a_path_has_its_stops_and_their_sum() {
        assert_eq!(
            rendered(&Shown, "short", &shelf(PATHS)).expect("a path"),
            "<section class=\"path\" data-path=\"short\">\n\n\
             1. <span data-page=\"evolution/s01-cache.html\">[Cache](../evolution/s01-cache.md)</span>, 50 min: read *it*\n\
             2. <span data-page=\"start/idea.html\">[Idea](../start/idea.md)</span>, 15 min: play\n\n\
             Together 1 h 5 min.\n\n</section>"
        );
        let said = rendered(&Shown, "shrt", &shelf(PATHS)).unwrap_err();
        assert!(said.ends_with("did you mean `short`?"), "{said}");
    }

    #[test]
    fn a_chapter_says_where_the_path_goes_on() {
        let shelf = shelf(PATHS);
        let onward = |chapter: &str| onward(std::path::Path::new(chapter), &shelf, "../");
        let first = onward("evolution/s01-cache.md");
        assert!(
            first.contains("next <a href=\"../start/idea.html\">Idea</a>, 15 min"),
            "{first}"
        );
        assert!(
            first.contains("href=\"../start/paths.html#short\">In short</a>"),
            "{first}"
        );
        assert!(onward("start/idea.md").contains("here it ends"));
        assert_eq!(onward("start/method.md"), "");
    }

    #[test]
    fn a_stop_that_is_no_chapter_is_told_with_its_line() {
        for (from, to, told) in [
            (
                "s01-cache",
                "s01-cash",
                ":5: there is no chapter `s01-cash`; did you mean `s01-cache`?",
            ),
            (
                "\"idea\"",
                "\"s01-cache\"",
                ":10: `s01-cache` is on this path twice",
            ),
            ("minutes = 15", "minuts = 15", ":12: unknown field `minuts`"),
        ] {
            let problems = shelf(&PATHS.replacen(from, to, 1)).paths.problems;
            assert_eq!(problems.len(), 1, "{problems:?}");
            let shown = problems[0].to_string();
            assert!(
                shown.starts_with(&format!("book/paths.toml{told}")),
                "{shown}"
            );
        }
    }
}
