//! From the Markdown of slides and notes to their HTML, by the same hands as the pages of the book: our directives, then
//! mdBook's, then its renderer.
//!
//! mdBook has no function that renders a piece of Markdown; it renders books. So the slides become the chapters of a
//! book of their own, whose page template is the content and nothing else, in a folder that vanishes. This costs some
//! files that nobody reads, and it saves a second renderer that would have to agree with the first.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use directives::Expander;
use directives::Start;
use directives::scan;
use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, Chapter};
use mdbook_driver::builtin_preprocessors::LinkPreprocessor;
use mdbook_driver::config::Config;
use mdbook_mermaid::Mermaid;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use mdbook_summary::Summary;
use project::Problem;
use project::Program;
use project::Project;

use super::deck::Deck;
use super::heading::heading;
use super::piece::Piece;
use super::slide::Slide;
use super::{adapt, diagram_direction, reveal, steps};

/// The template of mdBook for a page that is nothing but its content.
const BARE_PAGE: &str = "{{{ content }}}";

/// The Markdown of one slide with its directives expanded.
pub struct Text {
    slide: String,
    notes: String,
}

/// One slide as it is shown. Its addresses are from the root of the site ([`adapt::ROOT`]).
#[derive(Debug, Default)]
pub struct Shown {
    /// The inside of the slide.
    pub slide: String,
    /// What the speaker says.
    pub notes: String,
    /// How many keys reveal all of it.
    pub steps: usize,
}

/// Expands the directives of all slides, and tells what is wrong with them.
pub fn texts(
    deck: &Deck,
    expander: &Expander<'_>,
    programs: &[Program],
) -> (Vec<Text>, Vec<Problem>) {
    let mut problems = Vec::new();
    // Ids that directives make are numbered; on a slide they are not to meet those of another piece.
    let mut ordinal = 0;
    let mut expanded = |slide: &Slide, pieces: &[Piece]| {
        let mut text = String::new();
        for piece in pieces {
            let line = piece.line;
            let start = Start {
                line,
                ordinal,
                is_slide: true,
            };
            let expanded = expander.part(&slide.chapter, &piece.text, start);
            ordinal += scan::directives(&piece.text).len();
            problems.extend(expanded.problems);
            let told = reveal::check(piece, &expanded.text, programs);
            problems.extend(told.into_iter().map(|(line, message)| Problem {
                file: slide.file.clone(),
                line: Some(line),
                message,
            }));
            text.push_str(&expanded.text);
            text.push_str("\n\n");
        }
        text
    };
    let texts = deck.slides.iter().map(|slide| Text {
        slide: expanded(slide, &pieces_of(slide)),
        notes: expanded(slide, &slide.notes),
    });
    let texts: Vec<Text> = texts.collect();
    (texts, problems)
}

/// What a slide shows. One that opens a part and has no heading shows the part's title.
fn pieces_of(slide: &Slide) -> Vec<Piece> {
    let has_heading = slide
        .pieces
        .iter()
        .any(|piece| heading(&piece.text).is_some());
    let title = (slide.is_title && !has_heading)
        .then(|| Piece::new(slide.line, format!("# {}", slide.title)));
    let pieces = slide
        .pieces
        .iter()
        .map(|piece| Piece::new(piece.line, diagram_direction::across(&piece.text)));
    title.into_iter().chain(pieces).collect()
}

/// Renders all slides and notes.
///
/// # Errors
///
/// If mdBook fails, or there can be no folder for its work.
pub fn html(project: &Project, config: &Config, deck: &Deck, texts: &[Text]) -> Result<Vec<Shown>> {
    let slides = || deck.slides.iter().zip(texts).enumerate();
    let mut book = Book::new();
    for (at, (slide, text)) in slides() {
        for (name, text) in [("slide", &text.slide), ("notes", &text.notes)] {
            let path = place(slide, name, at);
            book.push_item(Chapter::new(name, text.clone(), path, Vec::new()));
        }
    }
    let context = PreprocessorContext::new(project.root.clone(), config.clone(), "html".to_owned());
    let book = LinkPreprocessor::new().run(&context, book)?;
    let book = Mermaid.run(&context, book)?;
    let scratch = project.scratch()?;
    let pages = rendered(scratch.path(), config, book).context("the slides cannot be rendered")?;
    let page = |slide: &Slide, name: &str, at: usize| {
        let path = pages.join(place(slide, name, at)).with_extension("html");
        std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    slides()
        .map(|(at, (slide, _))| {
            let (numbered, steps) = steps::number(&page(slide, "slide", at)?);
            Ok(Shown {
                slide: adapt::slide(&numbered, slide),
                notes: adapt::notes(&page(slide, "notes", at)?, slide),
                steps,
            })
        })
        .collect()
}

/// Where a slide stands in its book: in the folder of its chapter, from where relative paths lead.
fn place(slide: &Slide, name: &str, at: usize) -> PathBuf {
    slide.chapter.with_file_name(format!("{name}-{at}.md"))
}

/// Lets mdBook render a book of bare pages into a folder, and says where they are.
fn rendered(folder: &Path, config: &Config, book: Book) -> Result<PathBuf> {
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        let parent = path.parent().context("a file has a folder")?;
        std::fs::create_dir_all(parent)
            .and_then(|()| std::fs::write(&path, text))
            .with_context(|| format!("cannot write {}", path.display()))
    };
    write("theme/index.hbs", BARE_PAGE)?;
    write("theme/fonts/fonts.css", "")?;
    // Whatever lies beside chapters is copied: here that is nothing.
    std::fs::create_dir_all(folder.join("source"))
        .with_context(|| format!("cannot write in {}", folder.display()))?;
    let mut mdbook =
        MDBook::load_with_config_and_summary(folder, bare(config)?, Summary::default())?;
    mdbook.book = book;
    mdbook.build()?;
    Ok(folder.join("pages"))
}

/// The book's configuration for pages that are read by nobody but us.
fn bare(config: &Config) -> Result<Config> {
    let mut bare = config.clone();
    bare.book.src = "source".into();
    bare.build.build_dir = "pages".into();
    bare.build.use_default_preprocessors = false;
    bare.set("preprocessor", toml::Table::new())?;
    for (key, value) in [
        ("theme", toml::Value::from("theme")),
        ("input-404", toml::Value::from("")),
        ("hash-files", toml::Value::from(false)),
        ("search.enable", toml::Value::from(false)),
        ("print.enable", toml::Value::from(false)),
        ("additional-css", toml::Value::Array(Vec::new())),
        ("additional-js", toml::Value::Array(Vec::new())),
        ("redirect", toml::Value::Table(toml::Table::new())),
    ] {
        bare.set(format!("output.html.{key}"), value)?;
    }
    Ok(bare)
}

#[cfg(test)]
mod tests {
    use directives::Table;
    use measured::{Evidence, Whose};
    use pages::Shelf;
    use project::testing::sample;

    use super::*;

    /// The first slide of a project whose one chapter is this.
    fn shown(chapter: &str) -> (Shown, Vec<String>) {
        let (_folder, project) = sample();
        let path = project.book().join("evolution/s01-cache.md");
        std::fs::write(path, chapter).expect("written");
        let config = Config::from_disk(project.root.join("book.toml")).expect("a configuration");
        let (deck, problems) = Deck::read(&project, &["chart", "diff"]).expect("a deck");
        assert_eq!(problems, []);
        let programs = project::catalog::programs(&project.root).expect("its programs");
        let (evidence, _) = Evidence::load(&project, &programs, Whose::default());
        let shelf = Shelf::new(&project, &programs, &config);
        let table = Table::new()
            .with(measured::DIRECTIVES, &evidence)
            .with(pages::DIRECTIVES, &shelf);
        let expander = pages::source::expander(&shelf, table);
        let (texts, problems) = texts(&deck, &expander, &programs);
        let mut shown = html(&project, &config, &deck, &texts).expect("rendered");
        let problems = problems.iter().map(ToString::to_string).collect();
        (shown.remove(0), problems)
    }

    #[test]
    fn a_slide_is_rendered_as_a_page_of_the_book_is() {
        let (shown, problems) = shown(
            "# Cache\n\n<!-- slide: 9s cut=20 -->\n\n## Two *words*\n\nFor readers.\n\n{{#diff s01-cache}}\n\n\
             ```rust lines=1|2\n{{#include ../../code/evolution/s00-baseline/src/lib.rs:3:5}}\n```\n\n\
             <!-- step -->\n```mermaid\ngraph TD\n```\n\n<!-- slide-only: It -- “asks” [once](s00-baseline.md). -->\n\n\
             <!-- notes: We ask *once*.\n\nAnd remember. -->\n\n<!-- /slide -->\n",
        );
        assert_eq!(problems, [""; 0]);
        let Shown {
            slide,
            notes,
            steps,
        } = &shown;
        for part in [
            "<h2",
            "Two <em>words</em>",
            "<figure class=\"diff\"",
            "fn run() {",
            "data-line-numbers=\"1|2\"",
            "data-step=\"3\">graph LR",
            "It – “asks” <a href=\"root:/evolution/s00-baseline.html\">once</a>",
        ] {
            assert!(slide.contains(part), "{part}: {slide}");
        }
        for part in [
            "For readers",
            "slide-only",
            "And remember",
            "class=\"header\"",
            "{{",
        ] {
            assert!(!slide.contains(part), "{part}: {slide}");
        }
        assert!(
            notes.contains("<p>We ask <em>once</em>.</p>")
                && notes.contains("<p>And remember.</p>")
        );
        assert_eq!(
            *steps, 3,
            "the second of two groups of lines, the change, and the diagram"
        );
    }

    #[test]
    fn what_is_wrong_on_a_slide_is_told_with_its_line() {
        let (shown, problems) = shown(
            "# Cache\n\n<!-- slide: 9s cut=20 -->\n\n<!-- step -->\n\n{{#chart gone}}\n\n<!-- slide-only: a\n{{#reslt x}} -->\n\n\
             <!-- notes: b\n\n{{#given}} -->\n\n<!-- /slide -->\n",
        );
        let places: Vec<&str> = problems
            .iter()
            .map(|told| &told[..told.find(": ").unwrap_or(0)])
            .collect();
        let file = "book/evolution/s01-cache.md";
        assert_eq!(places, [7, 10, 14].map(|line| format!("{file}:{line}")));
        assert!(shown.slide.contains("class=\"problem\""));
    }
}
