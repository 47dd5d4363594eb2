//! What `[preprocessor.measured]` in `book.toml` says.

use std::path::PathBuf;

use anyhow::{Context, Result};
use mdbook_preprocessor::config::Config;
use serde::Deserialize;

/// The table in `book.toml`.
pub const TABLE: &str = "preprocessor.measured";

/// The keys of the table that are mdBook's.
const MDBOOKS: [&str; 5] = ["command", "before", "after", "renderers", "optional"];

/// The keys that are ours. A key that is neither is a mistake.
#[derive(Debug, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// The folder of the result files, relative to `book.toml`.
    pub results: PathBuf,
    /// The file that defines the charts, relative to `book.toml`.
    pub charts: PathBuf,
    /// The chapter that lists the works that are cited, relative to the folder of the chapters.
    pub bibliography: PathBuf,
    /// The machine whose results are the book's; where there is one only, it need not be named.
    pub machine: Option<String>,
    /// What becomes of measurements that are typed in.
    pub typed_in: TypedIn,
}

/// What becomes of measurements that are typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TypedIn {
    /// They are mistakes.
    Refused,
    /// They stay, in a book that still has many of them.
    Allowed,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            results: PathBuf::from("results"),
            charts: PathBuf::from("charts.toml"),
            bibliography: PathBuf::from("bibliography.md"),
            machine: None,
            typed_in: TypedIn::Refused,
        }
    }
}

impl Settings {
    /// Reads the table.
    ///
    /// # Errors
    ///
    /// If it has a key that nothing knows, or a value that its key does not take.
    pub fn read(config: &Config) -> Result<Settings> {
        let mut table: toml::Table = config.get(TABLE)?.unwrap_or_default();
        table.retain(|key, _| !MDBOOKS.contains(&key));
        table
            .try_into()
            .with_context(|| format!("[{TABLE}] in book.toml"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings> {
        Settings::read(&text.parse().expect("TOML"))
    }

    #[test]
    fn mdbooks_keys_are_passed_over_and_unknown_ones_are_told() {
        let settings = read("[preprocessor.measured]\nbefore = [\"links\"]\nresults = \"runs\"\n");
        let settings = settings.unwrap();
        assert_eq!(settings.results, PathBuf::from("runs"));
        assert_eq!(settings.charts, PathBuf::from("charts.toml"));
        assert_eq!(settings.typed_in, TypedIn::Refused);
        let said = read("[preprocessor.measured]\nresult = \"runs\"\n").unwrap_err();
        assert!(
            format!("{said:#}").contains("unknown field `result`"),
            "{said:#}"
        );
        assert!(read("").is_ok(), "a table without keys is not there at all");
    }
}
