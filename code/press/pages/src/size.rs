//! `{{#size s03-replicas}}`: how much code a step is, counted in its files as the book is built.

use std::path::Path;

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use measured::number;
use project::suggest;
use walkdir::WalkDir;

use crate::shelf::Shelf;

/// The number of lines of a step's source that are neither blank nor comments nor tests.
pub struct Size;

impl Directive<Shelf> for Size {
    fn name(&self) -> &'static str {
        "size"
    }

    fn render(
        &self,
        argument: &str,
        sources: &Shelf,
        _place: &Place<'_>,
    ) -> Result<Rendered, String> {
        let step = sources
            .programs
            .iter()
            .find(|step| step.name == argument)
            .ok_or_else(|| {
                let names = sources.programs.iter().map(|step| step.name.as_str());
                let hint = suggest::hint(argument, names);
                format!("there is no step `{argument}`{hint}")
            })?;
        let folder = step.path.join("src");
        let lines = lines_in(&sources.project.root.join(&folder))
            .map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
        let html = format!(
            r#"<span class="measured" title="lines of {} that are neither blank nor comments nor tests">{}</span>"#,
            escape(&folder.display().to_string()),
            number::quantity(lines as f64, "")
        );
        Ok(Rendered::inline(html))
    }
}

/// The lines of code of all Rust files below a folder.
fn lines_in(folder: &Path) -> std::io::Result<usize> {
    let mut lines = 0;
    for entry in WalkDir::new(folder) {
        let path = entry?.into_path();
        if path.extension().is_some_and(|extension| extension == "rs")
            && path.file_stem().is_some_and(|stem| stem != "tests")
        {
            lines += lines_of(&std::fs::read_to_string(&path)?);
        }
    }
    Ok(lines)
}

/// The lines of one file. A module of tests is the last thing in its file.
fn lines_of(text: &str) -> usize {
    let code = text.split("#[cfg(test)]\n").next().unwrap_or_default();
    code.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .count()
}

#[cfg(test)]
mod tests {
    use directives::testing::rendered;
    use project::testing::sample;

    use super::*;

    #[test]
    fn code_is_counted_and_nothing_else() {
        let text =
            "//! Docs.\n\nfn a() { // why\n    // how\n    1\n}\n\n#[cfg(test)]\nmod tests {\n}\n";
        assert_eq!(lines_of(text), 3);
    }

    #[test]
    fn a_step_has_a_size_and_another_has_not() {
        let (_folder, project) = sample();
        std::fs::write(
            project.root.join("code/evolution/s01-cache/src/tests.rs"),
            "fn test() {}\n",
        )
        .unwrap();
        let sources = crate::shelf::load(&project);
        let html = rendered(&Size, "s01-cache", &sources).unwrap();
        assert!(html.ends_with(">3</span>"), "{html}");
        let said = rendered(&Size, "s01-cash", &sources).unwrap_err();
        assert!(said.ends_with("did you mean `s01-cache`?"), "{said}");
    }
}
