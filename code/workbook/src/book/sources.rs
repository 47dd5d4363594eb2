//! All that chapters refer to, loaded once a build, and the directives that look it up.

use std::path::PathBuf;

use deck::Outline;
use directives::{Expander, Table};
use mdbook_driver::config::Config;
use measured::{Evidence, Whose};
use pages::Shelf;
use project::{Problem, Program, Project, catalog};

use crate::play::{self, Plays};

/// The things that directives look up.
pub struct Sources {
    /// What numbers rest on.
    pub evidence: Evidence,
    /// The programs and their code.
    pub shelf: Shelf,
    outline: Outline,
    /// What was wrong with the sources themselves.
    pub problems: Vec<Problem>,
}

impl Sources {
    /// Loads what lies in the project; what cannot be read is among the problems.
    pub fn load(project: &Project, config: &Config, own_results: bool) -> Sources {
        let mut problems = Vec::new();
        let programs = catalog::programs(&project.root).unwrap_or_else(|error| {
            problems.push(Problem {
                file: PathBuf::from("code"),
                line: None,
                message: format!("{error:#}"),
            });
            Vec::new()
        });
        let machine = machine(config);
        let whose = Whose {
            machine: machine.as_deref(),
            own: own_results,
        };
        let (evidence, found) = Evidence::load(project, &programs, whose);
        problems.extend(found);
        let shelf = Shelf::new(project, &programs, config).with_predictions(&evidence);
        problems.extend(shelf.quizzes.problems.iter().cloned());
        problems.extend(shelf.predictions.problems.iter().cloned());
        problems.extend(shelf.paths.problems.iter().cloned());
        Sources {
            evidence,
            shelf,
            outline: Outline {
                project: project.clone(),
                figures: figures(),
            },
            problems,
        }
    }

    /// The programs of the book in book order.
    pub fn programs(&self) -> &[Program] {
        &self.shelf.programs
    }

    /// What expands the directives of the book: those of three crates and of the plays, each of which has its list.
    pub fn expander(&self) -> Expander<'_> {
        let table = Table::new()
            .with(measured::DIRECTIVES, &self.evidence)
            .with(pages::DIRECTIVES, &self.shelf)
            .with(deck::DIRECTIVES, &self.outline)
            .with(play::DIRECTIVES, &Plays);
        pages::source::expander(&self.shelf, table)
    }
}

/// The machine whose measurements are the book's, if the configuration names one.
pub fn machine(config: &Config) -> Option<String> {
    config.get("preprocessor.workbook.machine").ok().flatten()
}

/// The names of all directives of the book, each with whether it is a figure.
pub fn directives() -> impl Iterator<Item = (&'static str, bool)> {
    let measured = measured::DIRECTIVES.iter();
    let pages = pages::DIRECTIVES.iter();
    let deck = deck::DIRECTIVES.iter();
    let plays = play::DIRECTIVES.iter();
    (measured.map(|one| (one.name(), one.is_figure())))
        .chain(pages.map(|one| (one.name(), one.is_figure())))
        .chain(deck.map(|one| (one.name(), one.is_figure())))
        .chain(plays.map(|one| (one.name(), one.is_figure())))
}

/// The names of the directives that are looked at, and go on a slide by themselves.
pub fn figures() -> Vec<&'static str> {
    let figures = directives().filter(|(_, is_figure)| *is_figure);
    figures.map(|(name, _)| name).collect()
}

/// Whether a name is that of a directive: of the book, or of mdBook's own.
pub fn is_directive(name: &str) -> bool {
    directives().any(|(one, _)| one == name) || directives::MDBOOKS.contains(&name)
}
