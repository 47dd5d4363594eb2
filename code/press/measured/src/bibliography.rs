//! The works that may be cited: the anchors of the chapter that lists them.

use std::collections::BTreeSet;

use project::Project;
use project::suggest;
use regex::Regex;

use crate::places::Places;

/// The keys of the bibliography.
#[derive(Default)]
pub struct Bibliography {
    keys: BTreeSet<String>,
    /// The chapter as it is shown.
    file: String,
    /// Its page, relative to the site's root.
    page: String,
}

impl Bibliography {
    /// Reads the anchors of the bibliography; without the file there are none.
    pub fn load(project: &Project, places: &Places) -> Bibliography {
        let path = project.book().join(&places.bibliography);
        let page = places.bibliography.with_extension("html");
        Bibliography {
            file: project.shown(&path).display().to_string(),
            page: page.display().to_string(),
            ..Bibliography::parse(&project::read_text(path).unwrap_or_default())
        }
    }

    /// The page of the bibliography, relative to the site's root.
    pub fn page(&self) -> &str {
        &self.page
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
        Bibliography {
            keys,
            ..Bibliography::default()
        }
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
        Err(format!("{} has no `<a id=\"{key}\"></a>`{hint}", self.file))
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
