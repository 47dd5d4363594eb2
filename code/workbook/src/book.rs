//! Builds the site: mdBook as a library, with our directives expanded before it sees a chapter.
//!
//! A mistake in a chapter does not stop the build: it is shown in the page, at its place, and handed
//! back as a [`Problem`]. What stops it is what leaves nothing to show, such as no `SUMMARY.md`.

mod sources;
#[cfg(test)]
mod tests;

use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use deck::{Deck, Talk, marks};
use mdbook_driver::book::Book;
use mdbook_driver::config::Config;
use mdbook_mermaid::Mermaid;
use pages::output_folder::{self, OutputFolder};
use pages::site::{self, Address, Facts};
use pages::staging::{self, FromStage};
use pages::{chapters, diagram, load};
use project::{Problem, Project, Scratch};
use stage::terminal;

use self::sources::Sources;
pub use self::sources::{directives, figures, is_directive, machine};
use crate::play::Plays;

/// How a book is built.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Show the reader's own measurements beside the book's: for pages that are served locally.
    pub own_results: bool,
    /// Where the site will be found, if it is to be published.
    pub address: Option<Address>,
}

/// What came of a build.
#[derive(Debug)]
pub struct Built {
    /// The mistakes in the book, by file and line.
    pub problems: Vec<Problem>,
    /// The talk that was built with it.
    pub talk: Talk,
}

/// Builds the static site into `out`, with `index.html` at its root. What was built there before stays until the new
/// site is finished.
///
/// # Errors
///
/// If there is no book to build, or `out` cannot be written or holds something else than a site.
pub fn build(project: &Project, out: &Path, options: &Options) -> Result<Built> {
    let folder = OutputFolder::take(project, out)?;
    let site = project.scratch()?;
    let built = build_in(project, &site, options)?;
    folder.fill(site.path())?;
    Ok(built)
}

/// Builds the site into a folder of ours, to be looked at.
///
/// # Errors
///
/// If there is no book to build, or something cannot be written.
pub fn build_in(project: &Project, site: &Scratch, options: &Options) -> Result<Built> {
    let out = site.path();
    let config = load::config(project, Some(out))?;
    let sources = Sources::load(project, &config, options.own_results);
    let root = root(&config, options)?;
    let (mut mdbook, mut problems) = load::book(project, config)?;
    // The chapters lose the marks of their slides when they are expanded.
    let (deck, found) = Deck::of(&mdbook.book, project, &figures());
    problems.extend(found);
    problems.extend(expand(&mut mdbook.book, &sources));
    let stage = project.scratch()?;
    problems.extend(staging::set(project, &mdbook.config, stage.path())?);
    mdbook.with_preprocessor(Mermaid);
    mdbook.with_renderer(FromStage {
        root: stage.path().to_path_buf(),
    });
    let diagrams = chapters::have_diagrams(&mdbook.book);
    let first = mdbook
        .book
        .chapters()
        .next()
        .and_then(|chapter| Some(chapter.path.as_ref()?.with_extension("html")));
    mdbook.build().context("the book cannot be built")?;
    Plays.write(out)?;
    if diagrams {
        diagram::place(out)?;
    }
    let (expander, programs) = (sources.expander(), sources.programs());
    let (talk, found) = deck::write(project, &mdbook.config, deck, &expander, programs, out)?;
    drop(expander);
    problems.extend(found);
    let facts = Facts {
        address: options.address.as_ref(),
        root: root.as_deref(),
        first: first.as_deref(),
        steps: &site::steps(sources.programs(), &sources.evidence),
    };
    site::finish(out, &facts)?;
    Ok(Built {
        problems: sorted(problems, sources),
        talk,
    })
}

/// The path from the host to the site's root, if it is known: told by the address or by mdBook's own setting. What is
/// served on this machine has a host of its own.
fn root(config: &Config, options: &Options) -> Result<Option<String>> {
    if options.own_results {
        return Ok(Some("/".to_owned()));
    }
    if let Some(address) = &options.address {
        return Ok(Some(address.root().to_owned()));
    }
    config.get("output.html.site-url")
}

/// Expands and judges all directives of all chapters without building anything.
///
/// # Errors
///
/// If there is no book.
pub fn check(project: &Project) -> Result<Vec<Problem>> {
    let config = load::config(project, None)?;
    let sources = Sources::load(project, &config, false);
    let (mut mdbook, mut problems) = load::book(project, config)?;
    let (deck, found) = Deck::of(&mdbook.book, project, &figures());
    problems.extend(found);
    let told = deck::check(&deck, &sources.expander(), sources.programs());
    problems.extend(told);
    problems.extend(expand(&mut mdbook.book, &sources));
    Ok(sorted(problems, sources))
}

/// Serves as a preprocessor for `mdbook build`: a book on standard input, the same with its directives
/// expanded on standard output.
///
/// The problems go to standard error. There it is an error that a claim does not hold, as mdBook has
/// no other way to say that a book is not fit to be published.
///
/// # Errors
///
/// If standard input is not mdBook's, standard output cannot be written, or the book has mistakes.
pub fn preprocess(project: &Project) -> Result<()> {
    let problems = answer(project, std::io::stdin().lock(), std::io::stdout().lock())?;
    for problem in &problems {
        terminal::problem(problem);
    }
    if !problems.is_empty() {
        bail!(
            "the book has {} mistakes; `workbook serve` shows them in its pages",
            problems.len()
        );
    }
    Ok(())
}

/// Reads mdBook's question, answers it, and hands back what was wrong with the book.
fn answer(project: &Project, question: impl Read, answer: impl Write) -> Result<Vec<Problem>> {
    let (context, mut book) = mdbook_preprocessor::parse_input(question)?;
    output_folder::ensure_free_for_mdbook(
        project,
        &context.root.join(&context.config.build.build_dir),
    )?;
    let sources = Sources::load(project, &context.config, false);
    let problems = expand(&mut book, &sources);
    if chapters::have_diagrams(&book) {
        // mdBook copies what lies beside the chapters; the file is not committed.
        diagram::place(&project.book())?;
    }
    serde_json::to_writer(answer, &book).context("cannot answer mdBook")?;
    Ok(sorted(problems, sources))
}

/// Expands the directives of all chapters, which lose the marks of their slides.
fn expand(book: &mut Book, sources: &Sources) -> Vec<Problem> {
    book.for_each_chapter_mut(|chapter| {
        chapter.content = marks::without(&chapter.content).into_owned();
    });
    chapters::expand(book, &sources.expander(), &sources.shelf)
}

fn sorted(mut problems: Vec<Problem>, sources: Sources) -> Vec<Problem> {
    problems.extend(sources.problems);
    problems.sort();
    problems.dedup();
    problems
}
