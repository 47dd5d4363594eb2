//! `{{#note peers/duckdb version}}`: what a measurement filed in words.

use directives::{Directive, Place, Rendered};
use project::suggest;
use results::Reference;

use crate::evidence::Evidence;
use crate::measurements::provenance;
use crate::quantity;

/// A note of a case: the version of what ran, what was said of its answer.
pub struct Note;

impl Directive<Evidence> for Note {
    fn name(&self) -> &'static str {
        "note"
    }

    fn only_follows(&self, sources: &Evidence) -> bool {
        !sources.results.is_whole()
    }

    fn render(
        &self,
        argument: &str,
        sources: &Evidence,
        _place: &Place<'_>,
    ) -> Result<Rendered, String> {
        let Reference { case, metric: name } = Reference::parse(argument)?;
        let cases = sources.results.cases();
        let found = cases.iter().find(|(measured, ..)| **measured == case);
        let Some((_, measured, suite)) = found else {
            let known: Vec<String> = cases.iter().map(|(name, ..)| name.to_string()).collect();
            let hint = suggest::hint(&case.to_string(), known.iter().map(String::as_str));
            return Err(format!(
                "there is no measurement of `{case}` on the book's machine{hint}"
            ));
        };
        let text = measured.notes.get(&name).ok_or_else(|| {
            let names = measured.notes.keys().map(String::as_str);
            let hint = suggest::hint(&name, names);
            format!("nothing is noted of `{case}` under `{name}`{hint}")
        })?;
        let title = format!("{case}; {}", provenance(suite));
        Ok(quantity::words(text, &title))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use directives::testing::rendered;
    use project::testing::sample;
    use results::testing;

    use super::*;

    #[test]
    fn a_note_is_shown_and_a_missing_one_is_said() {
        let (_folder, project) = sample();
        let mut case = testing::case(1.0);
        case.notes.insert("version".into(), "Duck <2>".into());
        let cases = BTreeMap::from([("peers/duckdb".to_owned(), case)]);
        testing::suite_of("peers", "m", cases)
            .write(&project.results().join("peers@m.json"))
            .unwrap();
        let sources = crate::evidence::load(&project, false);
        let html = rendered(&Note, "peers/duckdb version", &sources).unwrap();
        assert!(
            html.contains(r#"<span class="measured in-words""#),
            "{html}"
        );
        assert!(html.contains(">Duck &lt;2&gt;</span>"), "{html}");
        let said = rendered(&Note, "peers/duckdb versions", &sources).unwrap_err();
        assert!(said.contains("did you mean `version`?"), "{said}");
        assert!(rendered(&Note, "peers/duckbd version", &sources).is_err());
    }
}
