//! The works that may be cited: the anchors of `book/appendix/bibliography.md`.

use std::collections::BTreeSet;

use project::Project;
use project::suggest;
use regex::Regex;

/// The bibliography's page, relative to the site's root.
pub const PAGE: &str = "appendix/bibliography.html";

/// The keys of the bibliography.
#[derive(Default)]
pub struct Bibliography {
    keys: BTreeSet<String>,
}

impl Bibliography {
    /// Reads the anchors of the bibliography; without the file there are none.
    pub fn load(project: &Project) -> Bibliography {
        let path = project.book().join("appendix/bibliography.md");
        Bibliography::parse(&std::fs::read_to_string(path).unwrap_or_default())
    }

    /// Finds `<a id="key">` and `{#key}` after a heading.
    fn parse(text: &str) -> Bibliography {
        let anchors =
            Regex::new(r#"\bid="([^"]+)"|\{#([A-Za-z0-9_-]+)\}"#).expect("a valid pattern");
        let keys = anchors
            .captures_iter(text)
            .filter_map(|found| found.get(1).or(found.get(2)))
            .map(|key| key.as_str().to_owned())
            .collect();
        Bibliography { keys }
    }

    /// Whether the key is there.
    ///
    /// # Errors
    ///
    /// If it is not: one sentence with a near key.
    pub fn check(&self, key: &str) -> Result<(), String> {
        if self.keys.contains(key) {
            return Ok(());
        }
        let hint = suggest::hint(key, self.keys.iter().map(String::as_str));
        Err(format!(
            "book/appendix/bibliography.md has no `<a id=\"{key}\"></a>`{hint}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_and_heading_ids_are_keys() {
        let works = Bibliography::parse("- <a id=\"seda\"></a>**SEDA**\n\n## COST {#cost}\n");
        assert_eq!(works.check("seda"), Ok(()));
        assert_eq!(works.check("cost"), Ok(()));
        assert!(
            works
                .check("sead")
                .unwrap_err()
                .ends_with("did you mean `seda`?")
        );
    }
}
