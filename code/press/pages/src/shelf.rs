//! What pages show besides measurements, loaded once a build: the programs, and where readers find their code.

use mdbook_driver::config::Config;
use measured::Evidence;
use project::{Program, Project};

use crate::paths::Paths;
use crate::predict::Predictions;
use crate::quiz::Quizzes;
use crate::repository::Repository;

/// The programs of a book and their code.
pub struct Shelf {
    /// Where everything lies.
    pub project: Project,
    /// The programs of the book in book order.
    pub programs: Vec<Program>,
    /// Where readers find the project's files, if that is set.
    pub repository: Option<Repository>,
    /// Where the book can be read, if that is set: its site, or else its repository.
    pub address: Option<String>,
    /// The questions at the ends of chapters.
    pub quizzes: Quizzes,
    /// What readers are asked before it is shown.
    pub predictions: Predictions,
    /// The ways through the book.
    pub paths: Paths,
}

impl Shelf {
    /// Where the configuration has the address of the book.
    pub const ADDRESS: &str = "preprocessor.workbook.address";

    /// These programs, with links to their code if the configuration says where it is.
    pub fn new(project: &Project, programs: &[Program], config: &Config) -> Shelf {
        let repository = Repository::of(config);
        let site = config.get(Shelf::ADDRESS).ok().flatten();
        let found_at = || repository.as_ref().map(|found| found.address().to_owned());
        Shelf {
            project: project.clone(),
            programs: programs.to_vec(),
            address: site.or_else(found_at),
            repository,
            quizzes: Quizzes::load(project),
            predictions: Predictions::default(),
            paths: Paths::load(project),
        }
    }

    /// The same with the predictions of the book, which rest on its measurements.
    #[must_use]
    pub fn with_predictions(self, evidence: &Evidence) -> Shelf {
        let predictions = Predictions::load(&self.project, evidence);
        Shelf {
            predictions,
            ..self
        }
    }

    /// The program of that name.
    pub fn program(&self, name: &str) -> Option<&Program> {
        self.programs.iter().find(|program| program.name == name)
    }
}

/// The shelf of a project that no repository is known of.
#[cfg(test)]
pub fn load(project: &Project) -> Shelf {
    let programs = project::catalog::programs(&project.root).expect("its programs");
    Shelf::new(project, &programs, &Config::default())
}
