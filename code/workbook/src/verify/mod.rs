//! `workbook verify`: what the book promises about itself. One file a promise.
//!
//! The text is checked as it is written, because that is where a mistake has a line; the links that
//! directives and the theme make are checked in the pages that are built from it.

mod commands;
mod compile;
mod contracts;
mod directives;
mod exercises;
mod habits;
mod lessons;
mod links;
mod lists;
mod names;
mod pages;
mod raw;
mod recordings;
mod shape;
mod site;
mod stale;
mod summary;
mod talk;
mod texts;
mod tracing;

use std::process::ExitCode;

use anyhow::Result;
use measured::typed_in;
use project::Problem;
use project::Project;
use project::count;
use project::{catalog, chapters};
use stage::terminal;

use crate::exercise::prove;
use crate::interrupt::Interrupt;
use crate::{book, cli};

/// Checks everything, and prints either what is wrong or what was checked.
pub fn verify(project: &Project, args: &cli::Verify) -> Result<ExitCode> {
    let working = terminal::working("checking the book");
    let Checked { mut problems, what } = check(project, args.all)?;
    working.finish_and_clear();
    problems.sort();
    problems.dedup();
    for problem in &problems {
        terminal::problem(problem);
    }
    if problems.is_empty() {
        terminal::out(&format!("checked {what}: all is well\n"))?;
        return Ok(ExitCode::SUCCESS);
    }
    terminal::note(&format!(
        "checked {what}: {}",
        count(problems.len(), "problem")
    ));
    Ok(ExitCode::FAILURE)
}

/// What was found, and in what.
struct Checked {
    problems: Vec<Problem>,
    what: String,
}

fn check(project: &Project, all: bool) -> Result<Checked> {
    let chapters = chapters::chapters(project)?;
    let programs = catalog::programs(&project.root)?;
    let exercises = project::exercises::exercises(project)?;
    let mut problems = summary::check(project, &chapters)?;
    let texts = texts::read(project, &chapters);
    for text in &texts {
        problems.extend(typed_in::check(&text.file, &text.markdown));
        problems.extend(shape::check(text, &programs));
        problems.extend(habits::check(text));
        problems.extend(commands::check(project, text, &programs, &exercises));
        problems.extend(directives::check(text));
        problems.extend(raw::check(text));
    }
    problems.extend(recordings::check(project, &programs, all)?);
    problems.extend(names::check(project, &chapters, &programs));
    problems.extend(lists::check(project, &programs));
    problems.extend(contracts::check(project, &texts, &programs));
    problems.extend(exercises::check(project, &texts, &exercises));
    problems.extend(lessons::check(project, &texts));

    problems.extend(book::check(project)?);
    let out = project.scratch()?;
    let built = book::build_in(project, &out, &book::Options::default())?;
    // Most of it is known by now; which lines of code a slide has, only the renderer tells.
    problems.extend(built.problems);
    problems.extend(talk::check(&built.talk));
    let site = site::read(out.path())?;
    let in_texts = links::check(project, &texts, &site);
    problems.extend(pages::check(&site, &texts, &in_texts));
    problems.extend(in_texts);

    let mut what = format!(
        "{}, {}, {}",
        count(texts.len(), "chapter"),
        count(site.len(), "page"),
        count(programs.len(), "program")
    );
    let slides = built.talk.deck.slides.len();
    if slides > 0 {
        what += &format!(", {}", count(slides, "slide"));
    }
    if all {
        problems.extend(stale::check(project));
        problems.extend(compile::check(project)?);
        problems.extend(tracing::check(project)?);
        problems.extend(prove(project, &exercises, &Interrupt::listen()?)?);
        what += ", the sources of all results, the compilation of everything and the judges of ";
        what += &count(exercises.len(), "exercise");
    }
    Ok(Checked { problems, what })
}
