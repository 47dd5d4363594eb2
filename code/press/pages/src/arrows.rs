//! `{{#arrows n01}}`: what a step's arrows promise, and which test holds each promise.

use std::fmt::Write as _;

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use project::{Program, suggest};

use crate::contract::{self, Clause, Contract};
use crate::shelf::Shelf;
use crate::source;

/// The contracts of a step, a table each.
pub struct Arrows;

impl Directive<Shelf> for Arrows {
    fn name(&self) -> &'static str {
        "arrows"
    }

    fn render(
        &self,
        argument: &str,
        sources: &Shelf,
        _place: &Place<'_>,
    ) -> Result<Rendered, String> {
        let Some(step) = sources
            .programs
            .iter()
            .find(|step| is_named(step, argument))
        else {
            let names = sources.programs.iter().map(|step| step.name.as_str());
            let hint = suggest::hint(argument, names);
            return Err(format!("there is no step `{argument}`{hint}"));
        };
        let contracts = contract::of_step(&sources.project.root.join(&step.path))?;
        if contracts.is_empty() {
            return Err(format!("{} has no arrow in {}", step.name, contract::FILE));
        }
        let mut html = r#"<div class="arrows">"#.to_owned();
        for contract in &contracts {
            table(&mut html, contract, step, sources);
        }
        html.push_str("</div>");
        Ok(Rendered::block(html))
    }
}

/// Whether a step is meant by that name, or by its number: `n01` for `n01-remote-channels`.
pub fn is_named(step: &Program, name: &str) -> bool {
    let number = step.name.split('-').next();
    step.name == name || step.part.is_numbered() && number == Some(name)
}

fn table(html: &mut String, contract: &Contract, step: &Program, sources: &Shelf) {
    let (name, item) = (escape(&contract.name), escape(&contract.item));
    write!(
        html,
        r#"<table class="arrow"><caption><strong>{name}</strong> {item}</caption><thead><tr><th scope="col">of</th><th scope="col">what holds</th><th scope="col">the test that holds it</th></tr></thead><tbody>"#
    )
    .expect("a string takes everything");
    for Clause { of, says, test } in &contract.clauses {
        let (of, says) = (escape(of), escape(says));
        let test = named(test, step, sources);
        write!(
            html,
            r#"<tr><th scope="row">{of}</th><td>{says}</td><td class="arrow-test">{test}</td></tr>"#
        )
        .expect("a string takes everything");
    }
    html.push_str("</tbody></table>");
}

/// A test's file, which leads to it where readers can open it, and its name, which may break between its words.
fn named(test: &str, step: &Program, sources: &Shelf) -> String {
    let (file, name) = test.split_once("::").unwrap_or(("", test));
    let path = step.path.join(contract::test_file(file));
    let file = source::linked(&path, &format!("{file}.rs"), sources);
    let words: Vec<String> = name.split('_').map(escape).collect();
    format!("{file} <code>{}</code>", words.join("&#95;<wbr>"))
}

#[cfg(test)]
mod tests {
    use directives::testing::rendered;
    use project::testing::sample;

    use super::*;
    use crate::contract::tests::WHOLE;

    /// What becomes of the directive where a step of the sample has these contracts.
    fn arrows(argument: &str, contracts: Option<&str>) -> Result<String, String> {
        let (_folder, project) = sample();
        if let Some(contracts) = contracts {
            let file = project.root.join("code/evolution/s01-cache/src/arrows.rs");
            std::fs::write(file, contracts).expect("written");
        }
        rendered(&Arrows, argument, &crate::shelf::load(&project))
    }

    #[test]
    fn each_arrow_is_a_table() {
        let html = arrows("s01", Some(WHOLE)).expect("tables");
        assert!(!html.contains('\n'), "a line break would end the block");
        for part in [
            "<caption><strong>jobs, to a worker</strong> Job: a &#42;batch&#42;</caption>",
            "<th scope=\"row\">who dies with whom</th><td>the worker</td>",
            "wire.rs <code>in&#95;<wbr>order</code></td>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert_eq!(html.matches("<tr><th scope=\"row\"").count(), 8);
        assert_eq!(arrows("s01-cache", Some(WHOLE)), Ok(html));
    }

    #[test]
    fn mistakes_are_said_in_one_sentence() {
        for (argument, contracts, told) in [
            (
                "s01-cash",
                None,
                "there is no step `s01-cash`; did you mean `s01-cache`?",
            ),
            ("", None, "there is no step ``"),
            ("s01", None, "s01-cache has no arrow in src/arrows.rs"),
            ("s01", Some("fn"), "src/arrows.rs: is not Rust"),
        ] {
            let said = arrows(argument, contracts).expect_err(told);
            assert!(said.starts_with(told), "{said}");
        }
    }
}
