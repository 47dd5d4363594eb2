//! What the numbers of a book rest on, loaded once a build: results, charts, bibliography.

use project::Problem;
use project::Project;
use project::{Program, catalog};

use super::chart::Definitions;
use crate::bibliography::Bibliography;
use crate::measurements::Measurements;
use crate::places::Places;

/// The measurements of a book, and all that is needed to show them.
pub struct Evidence {
    /// Where everything lies.
    pub project: Project,
    /// Where in it the numbers are.
    pub places: Places,
    /// The programs of the book in book order: their titles are what their cases are called.
    pub programs: Vec<Program>,
    /// The reader's forks of them; none in the static site.
    pub forks: Vec<Program>,
    /// The book's measurements.
    pub results: Measurements,
    /// The reader's own; none in the static site.
    pub own: Option<Measurements>,
    /// The charts by name, or why they cannot be read.
    pub charts: Definitions,
    /// The works that may be cited.
    pub bibliography: Bibliography,
}

/// Whose measurements are shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Whose<'m> {
    /// The machine whose results are the book's; without a name there must be one machine only.
    pub machine: Option<&'m str>,
    /// Whether the reader's own are shown beside them.
    pub own: bool,
}

impl Evidence {
    /// Loads what lies in the project; what cannot be read is among the problems.
    pub fn load(
        project: &Project,
        programs: &[Program],
        whose: Whose<'_>,
    ) -> (Evidence, Vec<Problem>) {
        Evidence::load_from(project, Places::of(project), programs, whose)
    }

    /// As [`Evidence::load`], from other places.
    pub fn load_from(
        project: &Project,
        places: Places,
        programs: &[Program],
        whose: Whose<'_>,
    ) -> (Evidence, Vec<Problem>) {
        let (results, mut problems) = Measurements::of_the_book(project, &places, whose.machine);
        let (charts, found) = Definitions::load(project, &places);
        problems.extend(found);
        let own = whose.own.then(|| Measurements::of_the_reader(project));
        let evidence = Evidence {
            project: project.clone(),
            programs: programs.to_vec(),
            forks: match own {
                Some(_) => catalog::forks(&project.root),
                None => Vec::new(),
            },
            results,
            own: own.filter(|own| !own.is_empty()),
            charts,
            bibliography: Bibliography::load(project, &places),
            places,
        };
        (evidence, problems)
    }

    /// The program that a case is about, by the last part of the case's name: `evolution/s01-cache` is about `s01-cache`.
    pub fn program_of(&self, case_base: &str) -> Option<&Program> {
        let name = case_base.rsplit('/').next()?;
        self.programs.iter().find(|program| program.name == name)
    }
}

/// The evidence of a sample project.
#[cfg(test)]
pub fn load(project: &Project, own: bool) -> Evidence {
    let programs = catalog::programs(&project.root).expect("its programs");
    Evidence::load(project, &programs, Whose { machine: None, own }).0
}
