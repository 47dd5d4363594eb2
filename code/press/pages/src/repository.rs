//! Where the project's files can be read by everybody: `git-repository-url` in `book.toml`. Without it no page
//! links to a source file.

use std::path::Path;

use directives::html::escape;
use mdbook_driver::config::Config;

/// The branch that a site is published from.
const BRANCH: &str = "main";

/// mdBook's setting: the address of the repository, as a reader opens it.
const ADDRESS: &str = "output.html.git-repository-url";

/// mdBook's setting: where the file of a chapter is changed.
const EDIT: &str = "output.html.edit-url-template";

/// A repository in which the files of the project can be read, with the addresses of GitHub, which its like share.
#[derive(Clone, Debug)]
pub struct Repository {
    address: String,
}

impl Repository {
    /// The one that the configuration names, if it does.
    pub fn of(config: &Config) -> Option<Repository> {
        let address = config.get::<String>(ADDRESS).ok().flatten()?;
        let address = address.trim_end_matches('/').to_owned();
        (!address.is_empty()).then_some(Repository { address })
    }

    /// Where it is found.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The link to a file or folder of the project, with `text`, which is HTML.
    pub fn link(&self, path: &Path, text: &str) -> String {
        // A file has an extension; a folder of ours has none.
        let kind = if path.extension().is_some() {
            "blob"
        } else {
            "tree"
        };
        let address = format!("{}/{kind}/{BRANCH}/{}", self.address, path.display());
        format!(
            r#"<a class="source-link" href="{}">{text}</a>"#,
            escape(&address)
        )
    }
}

/// Lets every page offer to change its chapter, if the repository is known and nothing else is set.
///
/// # Errors
///
/// If mdBook does not take the setting.
pub fn offer_edits(config: &mut Config) -> anyhow::Result<()> {
    let is_set = config.get::<String>(EDIT)?.is_some();
    match Repository::of(config) {
        Some(Repository { address }) if !is_set => {
            config.set(EDIT, format!("{address}/edit/{BRANCH}/{{path}}"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(toml: &str) -> Config {
        toml.parse().expect("a configuration")
    }

    const SET: &str = "[output.html]\ngit-repository-url = \"https://x/y_z/\"\n";

    #[test]
    fn files_and_folders_are_linked_where_the_repository_is_known() {
        let repository = Repository::of(&config(SET)).expect("it is set");
        assert_eq!(
            repository.link(Path::new("code/a/src/lib.rs"), "lib"),
            r#"<a class="source-link" href="https://x/y&#95;z/blob/main/code/a/src/lib.rs">lib</a>"#
        );
        assert!(
            repository
                .link(Path::new("code/a"), "a")
                .contains("/tree/main/code/a\"")
        );
        assert!(Repository::of(&config("[book]\ntitle = \"T\"")).is_none());
        assert!(Repository::of(&config(&SET.replace("https://x/y_z/", ""))).is_none());
    }

    #[test]
    fn a_chapter_can_be_edited_unless_it_is_said_otherwise() {
        let edit = |toml: &str| {
            let mut config = config(toml);
            offer_edits(&mut config).expect("taken");
            config.get::<String>(EDIT).expect("a text")
        };
        assert_eq!(edit(SET).as_deref(), Some("https://x/y_z/edit/main/{path}"));
        assert_eq!(edit("[book]\ntitle = \"T\""), None);
        let own = format!("{SET}edit-url-template = \"https://e/{{path}}\"\n");
        assert_eq!(edit(&own).as_deref(), Some("https://e/{path}"));
    }
}
