//! All that chapters refer to, loaded once a build: programs, results, charts, bibliography.

use std::path::{Path, PathBuf};

use mdbook_driver::config::Config;

use super::bibliography::Bibliography;
use super::chart::Definitions;
use super::repository::Repository;
use super::results::Results;
use crate::catalog::{self, Program};
use crate::problem::Problem;
use crate::project::Project;

/// The things that directives look up.
pub struct Sources {
    /// Where everything lies.
    pub project: Project,
    /// The programs of the book in book order.
    pub programs: Vec<Program>,
    /// The reader's forks of them; none in the static site.
    pub forks: Vec<Program>,
    /// The book's measurements.
    pub results: Results,
    /// The reader's own; none in the static site.
    pub own: Option<Results>,
    /// The charts by name, or why they cannot be read.
    pub charts: Definitions,
    /// Where readers find the project's files, if that is set.
    pub repository: Option<Repository>,
    /// The works that may be cited.
    pub bibliography: Bibliography,
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
        let machine = config
            .get::<String>("preprocessor.workbook.machine")
            .ok()
            .flatten();
        let (results, found) = Results::of_the_book(project, machine.as_deref());
        problems.extend(found);
        let (charts, found) = Definitions::load(project);
        problems.extend(found);
        let own = own_results.then(|| Results::of_the_reader(project));
        Sources {
            project: project.clone(),
            programs,
            forks: match own {
                Some(_) => catalog::forks(&project.root),
                None => Vec::new(),
            },
            results,
            own: own.filter(|own| !own.is_empty()),
            charts,
            repository: Repository::of(config),
            bibliography: Bibliography::load(project),
            problems,
        }
    }

    /// The title of a step by the last part of a case's name: `evolution/s01-cache` is "Cache".
    pub fn title_of(&self, case_base: &str) -> Option<&Program> {
        let name = case_base.rsplit('/').next()?;
        self.programs.iter().find(|program| program.name == name)
    }
}

/// Where a directive stands.
pub struct Place<'p> {
    /// The chapter's file, relative to the source folder: `evolution/s01-cache.md`.
    pub chapter: &'p Path,
    /// The line in it.
    pub line: usize,
    /// Counts the claims of the chapter, so that each gets an id of its own.
    pub ordinal: usize,
    /// Whether it is shown on a slide, and not on the chapter's page.
    pub is_slide: bool,
}

impl Place<'_> {
    /// The way from the chapter's page to the site's root: `../`.
    pub fn to_root(&self) -> String {
        let depth = self.chapter.components().count().saturating_sub(1);
        "../".repeat(depth)
    }

    /// The chapter's name: `s01-cache`.
    pub fn stem(&self) -> &str {
        self.chapter
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or("")
    }
}
