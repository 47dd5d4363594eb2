//! The file of all paths, `book/paths.toml`, read once a build.

use project::{Chapter, Problem, Project, chapters, line_of, suggest};
use serde::Deserialize;
use toml::Spanned;

/// The file, in the folder of the chapters.
const FILE: &str = "paths.toml";

/// All paths, in their order.
#[derive(Default)]
pub struct Paths {
    /// The paths.
    pub all: Vec<Path>,
    /// The chapters that they lead through.
    pub chapters: Vec<Chapter>,
    /// What is wrong with the file.
    pub problems: Vec<Problem>,
}

/// A way through the book.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Path {
    /// Its name in addresses.
    pub name: String,
    /// What readers see.
    pub title: String,
    /// What it leads to, in order.
    #[serde(rename = "stops")]
    written: Vec<Spanned<Stop>>,
    /// The same, by themselves.
    #[serde(skip)]
    pub stops: Vec<Stop>,
}

/// A chapter on a path.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// The chapter's name.
    pub chapter: String,
    /// How long it takes.
    pub minutes: u32,
    /// What to do there, in Markdown.
    pub task: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    paths: Vec<Path>,
}

impl Paths {
    /// Reads and checks the file; a book may have none.
    pub fn load(project: &Project) -> Paths {
        let path = project.book().join(FILE);
        let Ok(text) = std::fs::read_to_string(&path) else {
            return Paths::default();
        };
        let problem = |at: usize, message: String| Problem {
            file: project.shown(&path).to_path_buf(),
            line: Some(line_of(&text, at)),
            message,
        };
        let parsed: Result<File, _> = toml::from_str(&text);
        let mut paths = match parsed {
            Ok(File { paths }) => paths,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                return Paths {
                    problems: vec![problem(at, error.message().to_owned())],
                    ..Paths::default()
                };
            }
        };
        // Without a summary there is no book, which is told elsewhere.
        let chapters = chapters::chapters(project).unwrap_or_default();
        let mut problems = Vec::new();
        for path in &mut paths {
            for stop in std::mem::take(&mut path.written) {
                let at = stop.span().start;
                let stop = stop.into_inner();
                let name = &stop.chapter;
                if !chapters.iter().any(|chapter| &chapter.name == name) {
                    let known = chapters.iter().map(|chapter| chapter.name.as_str());
                    let hint = suggest::hint(name, known);
                    problems.push(problem(at, format!("there is no chapter `{name}`{hint}")));
                } else if path.stops.iter().any(|other| &other.chapter == name) {
                    problems.push(problem(at, format!("`{name}` is on this path twice")));
                }
                path.stops.push(stop);
            }
        }
        Paths {
            all: paths,
            chapters,
            problems,
        }
    }

    /// The chapter of that name.
    pub fn chapter(&self, name: &str) -> Option<&Chapter> {
        self.chapters.iter().find(|chapter| chapter.name == name)
    }
}
