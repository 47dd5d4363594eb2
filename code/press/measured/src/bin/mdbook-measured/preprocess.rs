//! As mdBook runs it: a book on standard input, the same with its directives expanded on standard output.
//!
//! Directives of others are left to them. What is wrong stands in the page, at its place, and on standard error; and
//! the build fails, since mdBook has no other way to say that a book is not fit to be published.

use std::io::{Read, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use directives::{Expander, Others, Table};
use mdbook_preprocessor::parse_input;
use measured::{DIRECTIVES, Evidence, Places, Whose, typed_in};
use project::{Problem, Project};

use crate::settings::{Settings, TABLE, TypedIn};

/// Answers mdBook's question.
///
/// # Errors
///
/// If it is not one, its settings are wrong, or the answer cannot be written.
pub fn preprocess(question: impl Read, answer: impl Write) -> Result<ExitCode> {
    let (context, mut book) = parse_input(question)?;
    let settings = Settings::read(&context.config)?;
    let project = Project::with_source(&context.root, &context.config.book.src);
    let places = Places {
        results: project.root.join(&settings.results),
        charts: project.root.join(&settings.charts),
        bibliography: settings.bibliography,
        table: TABLE,
        bench: "mdbook-measured collect",
    };
    let whose = Whose {
        machine: settings.machine.as_deref(),
        own: false,
    };
    // The cases of another book are about programs that nothing is known of but their names.
    let (evidence, mut problems) = Evidence::load_from(&project, places, &[], whose);
    let expander = Expander {
        project: &project,
        table: Table::new().with(DIRECTIVES, &evidence),
        others: Others::Left,
        caption: Box::new(|_| None),
    };
    book.for_each_chapter_mut(|chapter| {
        let Some(path) = chapter.source_path.clone().or_else(|| chapter.path.clone()) else {
            return;
        };
        if settings.typed_in == TypedIn::Refused {
            let file = project.shown(&project.book()).join(&path);
            problems.extend(typed_in::check(&file, &chapter.content));
        }
        let expanded = expander.chapter(&path, &chapter.content);
        chapter.content = expanded.text;
        problems.extend(expanded.problems);
    });
    serde_json::to_writer(answer, &book).context("cannot answer mdBook")?;
    Ok(tell(problems))
}

/// Tells what is wrong with the book, in the order of its files.
fn tell(mut problems: Vec<Problem>) -> ExitCode {
    problems.sort();
    problems.dedup();
    for problem in &problems {
        eprintln!("{problem}");
    }
    if problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
