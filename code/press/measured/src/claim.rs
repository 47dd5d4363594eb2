//! `{{#claim A > 3 * B}}`: a comparison that the measurements must bear out.
//!
//! It renders as a mark that opens the evidence. Only a claim that holds on the book's machine lets
//! the book build; how it stands on the reader's machine is told and nothing more.

mod grammar;
mod judge;

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use results::Suite;

use self::grammar::Claim;
use self::judge::{Judged, Verdict};
use crate::evidence::Evidence;
use crate::measurements::{Measurements, provenance};

/// The mark of a judged claim.
pub struct Claimed;

impl Directive<Evidence> for Claimed {
    fn name(&self) -> &'static str {
        "claim"
    }

    fn only_follows(&self, sources: &Evidence) -> bool {
        !sources.results.is_whole()
    }

    fn render(
        &self,
        argument: &str,
        sources: &Evidence,
        place: &Place<'_>,
    ) -> Result<Rendered, String> {
        let claim = Claim::parse(argument)?;
        let judged = judge::judge(&claim, &sources.results)?;
        let verdict = judge::verdict(&judged);
        let mut parts = vec![evidence(&judged)];
        for suite in suites(&judged) {
            let (machine, command) = (escape(&provenance(suite)), escape(&suite.command));
            parts.push(format!(
                "The book’s machine: {machine}; <code>{command}</code>"
            ));
        }
        if let Some(own) = &sources.own {
            parts.push(on_the_readers_machine(&claim, own));
        }
        let evidence = parts.join("<br>");
        let word = verdict.word();
        let mark = verdict.mark();
        let id = format!("claim-{}-{}", escape(place.stem()), place.ordinal);
        let html = format!(
            "<span class=\"claim claim-{word}\"><button type=\"button\" class=\"claim-mark\" popovertarget=\"{id}\" \
             aria-label=\"evidence: {word}\">{mark}</button><span class=\"claim-evidence is-{word}\" popover id=\"{id}\">\
             {evidence}</span></span>"
        );
        let problem = problem(verdict, &judged);
        Ok(Rendered {
            problem,
            ..Rendered::inline(html)
        })
    }
}

fn evidence(judged: &[Judged<'_>]) -> String {
    let mut lines = Vec::new();
    for one in judged {
        let statement = escape(&one.statement());
        lines.push(format!(
            "<strong>{} {statement}</strong>",
            one.verdict.mark()
        ));
        lines.extend(one.details().iter().map(|details| escape(details)));
    }
    lines.join("<br>")
}

fn on_the_readers_machine(claim: &Claim, own: &Measurements) -> String {
    // The claim is sound, or we would not be here: what is missing is a measurement.
    let Ok(judged) = judge::judge(claim, own) else {
        return "Your machine: not measured yet".to_owned();
    };
    let word = judge::verdict(&judged).word();
    let machines: Vec<String> = suites(&judged)
        .iter()
        .map(|suite| provenance(suite))
        .collect();
    let machines = escape(&machines.join("; "));
    format!("Your machine: {word}; {machines}<br>{}", evidence(&judged))
}

/// The suites behind a judgement, each once.
fn suites<'r>(judged: &[Judged<'r>]) -> Vec<&'r Suite> {
    let mut suites: Vec<&Suite> = judged.iter().flat_map(Judged::suites).collect();
    suites.dedup_by_key(|suite| &suite.suite);
    suites
}

fn problem(verdict: Verdict, judged: &[Judged<'_>]) -> Option<String> {
    let culprit = judged.iter().find(|one| one.verdict == verdict)?;
    let statement = culprit.statement();
    match verdict {
        Verdict::Holds => None,
        Verdict::Fails => Some(format!(
            "the claim does not hold on the book's machine: {statement}"
        )),
        Verdict::Undecided => Some(format!(
            "the claim is undecided on the book's machine, for the spreads overlap: {statement}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use project::testing::sample;
    use results::testing;

    use super::*;

    /// Renders a claim against a baseline of 1,000 and a cache of the given speed.
    fn render_with(cache: f64, claim: &str, own: Option<f64>) -> Result<Rendered, String> {
        let (_folder, project) = sample();
        let cases = |cache| {
            [
                ("evolution/s00-baseline", 1000.0),
                ("evolution/s01-cache", cache),
            ]
        };
        testing::write_suite(&project, "evolution", "here", &cases(cache));
        if let Some(own) = own {
            let ours = project.results().join("evolution@here.json");
            let kept = std::fs::read(&ours).unwrap();
            testing::write_suite(&project, "evolution", "here", &cases(own));
            std::fs::create_dir_all(project.own_results()).unwrap();
            std::fs::copy(&ours, project.own_results().join("evolution@mine.json")).unwrap();
            std::fs::write(&ours, kept).unwrap();
        }
        let sources = crate::evidence::load(&project, own.is_some());
        let place = Place {
            chapter: Path::new("evolution/s01-cache.md"),
            line: 1,
            ordinal: 4,
            is_slide: false,
        };
        Claimed.render(claim, &sources, &place)
    }

    const CLAIM: &str = "evolution/s01-cache > 3 * evolution/s00-baseline";

    #[test]
    fn the_verdict_follows_the_results() {
        let holds = render_with(3500.0, CLAIM, None).unwrap();
        assert_eq!(holds.problem, None);
        assert!(holds.html.contains("claim-holds") && holds.html.contains('✓'));
        assert!(holds.html.contains("popovertarget=\"claim-s01-cache-4\""));
        let fails = render_with(2500.0, CLAIM, None).unwrap();
        assert!(
            fails
                .problem
                .unwrap()
                .starts_with("the claim does not hold on the book's machine: ")
        );
        assert!(fails.html.contains("claim-fails") && fails.html.contains('✗'));
        let undecided = render_with(3020.0, CLAIM, None).unwrap();
        assert!(
            undecided
                .problem
                .unwrap()
                .contains("for the spreads overlap")
        );
        assert!(undecided.html.contains("claim-undecided") && undecided.html.contains(">?<"));
    }

    #[test]
    fn the_readers_machine_is_told_and_does_not_judge() {
        let rendered = render_with(3500.0, CLAIM, Some(1500.0)).unwrap();
        assert_eq!(rendered.problem, None);
        assert!(
            rendered.html.contains("Your machine: fails;"),
            "{}",
            rendered.html
        );
        let partly = render_with(3500.0, CLAIM, None).unwrap();
        assert!(!partly.html.contains("Your machine"));
    }

    #[test]
    fn a_chain_is_as_good_as_its_worst_part() {
        let chain = format!("{CLAIM} and evolution/s00-baseline > 2000 lines/s");
        let rendered = render_with(3500.0, &chain, None).unwrap();
        assert!(rendered.html.contains("claim-fails"));
        assert!(rendered.problem.unwrap().contains("2,000"));
    }
}
