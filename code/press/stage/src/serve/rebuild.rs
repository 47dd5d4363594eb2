//! Builds the book once, and again whenever something in it has changed.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use project::Problem;
use project::count;
use project::{Project, Scratch};

use super::reload::Current;
use super::site::Site;
use crate::terminal;
use crate::watch::Watch;

/// Builds the site of a project in a folder, and tells what is wrong with the book.
pub type Build = Box<dyn Fn(&Scratch) -> Result<Vec<Problem>> + Send>;

/// Builds a project, and remembers which of its problems have been told.
pub struct Builder {
    project: Project,
    build: Build,
    current: Arc<Current>,
    told: Vec<Problem>,
}

impl Builder {
    /// A builder that has built nothing yet.
    pub fn new(project: &Project, build: Build, current: Arc<Current>) -> Builder {
        Builder {
            project: project.clone(),
            build,
            current,
            told: Vec::new(),
        }
    }

    /// The first build. When it fails a page says so, and the next save can mend it.
    pub fn first(&mut self) {
        let working = terminal::working("building the book");
        let result = self.build();
        working.finish_and_clear();
        match result {
            Ok(problems) => self.tell(problems),
            Err(error) => {
                let number = self.current.next_number();
                self.current
                    .renew(Site::unbuilt(number, self.current.token()), number);
                self.fail(&error);
            }
        }
    }

    /// Rebuilds on every change, in a thread of its own, as long as the returned watch lives.
    pub fn keep_up(mut self) -> Result<Watch> {
        let project = self.project.clone();
        Watch::start(&project, move |changed| self.again(changed))
    }

    fn again(&mut self, changed: &[PathBuf]) {
        let started = Instant::now();
        match self.build() {
            Ok(problems) => {
                let number = problems.len();
                self.tell(problems);
                let with = if number == 0 {
                    String::new()
                } else {
                    format!(", {}", count(number, "problem"))
                };
                let ms = started.elapsed().as_millis();
                terminal::note(&format!(
                    "rebuilt in {ms} ms after a change of {}{with}",
                    self.names(changed)
                ));
            }
            Err(error) => self.fail(&error),
        }
    }

    fn build(&self) -> Result<Vec<Problem>> {
        let out = self.project.scratch()?;
        let problems = (self.build)(&out)?;
        let number = self.current.next_number();
        let site = Site::read(out.path(), number, self.current.token())?;
        self.current.renew(site, number);
        Ok(problems)
    }

    /// Prints the problems that are new; a long list after every save would hide them.
    fn tell(&mut self, problems: Vec<Problem>) {
        for problem in &problems {
            if !self.told.contains(problem) {
                terminal::problem(problem);
            }
        }
        self.told = problems;
    }

    fn fail(&self, error: &anyhow::Error) {
        terminal::error(error);
        self.current.fail(format!("{error:#}"));
    }

    /// The first few of the changed files.
    fn names(&self, changed: &[PathBuf]) -> String {
        const SHOWN: usize = 3;
        let names = changed
            .iter()
            .take(SHOWN)
            .map(|path| self.project.shown(path).display().to_string());
        let more = if changed.len() > SHOWN { ", …" } else { "" };
        names.collect::<Vec<_>>().join(", ") + more
    }
}
