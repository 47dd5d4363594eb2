//! `{{#note peers/duckdb version}}`: what a measurement filed in words.

use super::directive::Rendered;
use super::html::escape;
use super::near;
use super::reference::Reference;
use super::results::provenance;
use super::sources::Sources;

/// Renders a note of a case: the version of what ran, what was said of its answer.
///
/// # Errors
///
/// If the reference is malformed, or the case has no such note.
pub fn render(argument: &str, sources: &Sources) -> Result<Rendered, String> {
    let Reference { case, metric: name } = Reference::parse(argument)?;
    let cases = sources.results.cases();
    let found = cases.iter().find(|(measured, ..)| *measured == case);
    let Some((_, measured, suite)) = found else {
        let known: Vec<String> = cases.iter().map(|(name, ..)| name.to_string()).collect();
        let hint = near::hint(&case.to_string(), known.iter().map(String::as_str));
        return Err(format!(
            "there is no measurement of `{case}` on the book's machine{hint}"
        ));
    };
    let text = measured.notes.get(&name).ok_or_else(|| {
        let names = measured.notes.keys().map(String::as_str);
        let hint = near::hint(&name, names);
        format!("nothing is noted of `{case}` under `{name}`{hint}")
    })?;
    Ok(Rendered::inline(format!(
        r#"<span class="measured" title="{}; {}">{}</span>"#,
        escape(&case.to_string()),
        escape(&provenance(suite)),
        escape(text)
    )))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use mdbook_driver::config::Config;

    use super::super::samples;
    use super::*;
    use crate::project::Project;

    #[test]
    fn a_note_is_shown_and_a_missing_one_is_said() {
        let folder = samples::project();
        let project = Project {
            root: folder.path().to_path_buf(),
        };
        let mut case = samples::case(1.0);
        case.notes.insert("version".into(), "Duck <2>".into());
        let cases = BTreeMap::from([("peers/duckdb".to_owned(), case)]);
        samples::suite_of("peers", "m", cases)
            .write(&project.results().join("peers@m.json"))
            .unwrap();
        let sources = Sources::load(&project, &Config::default(), false);
        let html = render("peers/duckdb version", &sources).unwrap().html;
        assert!(html.contains(">Duck &lt;2&gt;</span>"), "{html}");
        let said = render("peers/duckdb versions", &sources).unwrap_err();
        assert!(said.contains("did you mean `version`?"), "{said}");
        assert!(render("peers/duckbd version", &sources).is_err());
    }
}
