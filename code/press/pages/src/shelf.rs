//! What pages show besides measurements, loaded once a build: the programs, and where readers find their code.

use mdbook_driver::config::Config;
use project::{Program, Project};

use crate::repository::Repository;

/// The programs of a book and their code.
pub struct Shelf {
    /// Where everything lies.
    pub project: Project,
    /// The programs of the book in book order.
    pub programs: Vec<Program>,
    /// Where readers find the project's files, if that is set.
    pub repository: Option<Repository>,
}

impl Shelf {
    /// These programs, with links to their code if the configuration says where it is.
    pub fn new(project: &Project, programs: &[Program], config: &Config) -> Shelf {
        Shelf {
            project: project.clone(),
            programs: programs.to_vec(),
            repository: Repository::of(config),
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
