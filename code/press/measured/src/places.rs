//! Where the numbers of a book lie.

use std::path::PathBuf;

use project::Project;

/// Where the results, the charts and the bibliography of a book are, and what its writer is told about them.
#[derive(Clone, Debug)]
pub struct Places {
    /// The folder of the committed results.
    pub results: PathBuf,
    /// The file that defines the charts.
    pub charts: PathBuf,
    /// The chapter that lists the works that may be cited, relative to the folder of the chapters.
    pub bibliography: PathBuf,
    /// The table of `book.toml` that may name the book's machine: `preprocessor.workbook`.
    pub table: &'static str,
    /// The command that makes results.
    pub bench: &'static str,
}

impl Places {
    /// Where this book has them.
    pub fn of(project: &Project) -> Places {
        Places {
            results: project.results(),
            charts: project.book().join("charts.toml"),
            bibliography: PathBuf::from("appendix/bibliography.md"),
            table: "preprocessor.workbook",
            bench: "workbook bench",
        }
    }
}
