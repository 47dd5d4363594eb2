//! The contents tell of each step its number, its rate, and whether it is a branch.

use measured::{Evidence, number};
use project::{Part, Program, catalog};
use regex::{Captures, Regex};
use results::Reference;

/// What the contents say of a step, beside its chapter's title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its chapter's page: `evolution/s04-release.html`.
    page: String,
    /// Its number, as its crate has it: `s04`.
    number: String,
    /// The lines that it handles in a second, if that was measured as of all others.
    rate: Option<String>,
    /// Whether the steps behind it do not stand on it.
    is_branch: bool,
}

/// The steps of the book, with their rates on the book's machine: on the long log, or on the short one if that is all.
pub fn steps(programs: &[Program], evidence: &Evidence) -> Vec<Step> {
    let main_line = catalog::main_line(programs);
    let numbered = (programs.iter()).filter(|program| program.part.is_numbered());
    let step = |program: &Program| {
        let name = &program.name;
        let is_of_the_evolution = program.part == Part::Evolution;
        let cases = [format!("{name}[lines=1M]"), name.clone()];
        let mut rates = cases.iter().filter_map(|case| {
            let reference = Reference::parse(&format!("evolution/{case} lines_per_s")).ok()?;
            Some(evidence.results.find(&reference).ok()?.summary.median)
        });
        Step {
            page: format!("{}/{name}.html", program.part),
            number: name.split('-').next().unwrap_or(name).to_owned(),
            rate: rates
                .next()
                .filter(|_| is_of_the_evolution)
                .map(|rate| format!("{}/s", short(rate))),
            is_branch: is_of_the_evolution && !main_line.contains(&name.as_str()),
        }
    };
    numbered.map(step).collect()
}

/// A rate in little room, as on a chart's axis: `1,590`, `431 k`, `10.2 M`.
fn short(rate: f64) -> String {
    let (rate, unit) = match rate {
        rate if rate >= 999_500.0 => (rate / 1e6, "\u{a0}M"),
        rate if rate >= 99_950.0 => (rate / 1e3, "\u{a0}k"),
        rate => (rate, ""),
    };
    format!("{}{unit}", number::significant(rate))
}

/// The contents (a page of them, or the script that has them) with what there is to say of each step. It is in attributes, so the
/// titles stay what they are for scripts; the style sheet shows it.
pub fn marked(contents: &str, steps: &[Step]) -> String {
    let links = Regex::new(r##"<a href="([^"#]+)""##).expect("a valid pattern");
    let marked = links.replace_all(contents, |found: &Captures<'_>| {
        let Some(step) = steps.iter().find(|step| step.page == found[1]) else {
            return found[0].to_owned();
        };
        let mut link = format!(r#"{} data-number="{}""#, &found[0], step.number);
        if let Some(rate) = &step.rate {
            link += &format!(r#" data-rate="{rate}""#);
        }
        if step.is_branch {
            link += r#" data-branch="a branch""#;
        }
        link
    });
    marked.into_owned()
}

#[cfg(test)]
mod tests {
    use project::testing::sample;
    use results::testing;

    use super::*;

    #[test]
    fn steps_have_their_numbers_and_rates() {
        let (_folder, project) = sample();
        let cases = [
            ("evolution/s00-baseline", 1590.0),
            ("evolution/s01-cache", 5.0),
            ("evolution/s01-cache[lines=1M]", 10_234_567.0),
        ];
        testing::write_suite(&project, "evolution", "here", &cases);
        let programs = catalog::programs(&project.root).unwrap();
        let whose = measured::Whose::default();
        let (evidence, _) = Evidence::load(&project, &programs, whose);
        let contents = r#"<a href="evolution/s00-baseline.html">B</a><a href="evolution/s01-cache.html" target="_parent">C</a><a href="x.html">X</a>"#;
        assert_eq!(
            marked(contents, &steps(&programs, &evidence)),
            "<a href=\"evolution/s00-baseline.html\" data-number=\"s00\" data-rate=\"1,590/s\">B</a>\
             <a href=\"evolution/s01-cache.html\" data-number=\"s01\" data-rate=\"10.2\u{a0}M/s\" target=\"_parent\">C</a>\
             <a href=\"x.html\">X</a>"
        );
    }

    #[test]
    fn a_branch_is_marked() {
        let step = Step {
            page: "a.html".into(),
            number: "s07".into(),
            rate: None,
            is_branch: true,
        };
        assert_eq!(
            marked(r#"<a href="a.html">A</a>"#, &[step]),
            r#"<a href="a.html" data-number="s07" data-branch="a branch">A</a>"#
        );
    }
}
