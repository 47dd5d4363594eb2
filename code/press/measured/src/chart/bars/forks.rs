//! The bars of the reader's forks: a fork and its parent, as they were measured side by side.
//!
//! They stand where the step that the fork began as has its bar. That bar, the book's or the reader's own,
//! was measured in another way, so the parent is drawn a second time.

use results::CaseName;
use results::{Case, Suite};

use super::super::pick::label_of;
use super::data::Bar;
use crate::evidence::Evidence;

/// The suite of the book's steps.
const STEPS: &str = "evolution/";

/// The bars of all forks of the shown cases, and the suites that they rest on.
pub fn beside<'s>(
    sources: &'s Evidence,
    shown: &[CaseName],
    metric: &str,
) -> (Vec<Bar>, Vec<&'s Suite>) {
    let mut bars = Vec::new();
    let mut suites = Vec::new();
    for fork in &sources.forks {
        let measured = sources.own.as_ref().map_or(&[][..], |own| own.suites());
        let (Some(suite), Some(parent), Some(origin)) = (
            measured.iter().find(|suite| suite.suite == fork.name),
            &fork.parent,
            origin(&fork.name, sources),
        ) else {
            continue;
        };
        let steps = shown
            .iter()
            .enumerate()
            .filter(|(_, case)| case.base.strip_prefix(STEPS) == Some(origin));
        for (part, step) in steps {
            let of = |name: &str| CaseName {
                base: format!("{}/{name}", fork.name),
                parameters: step.parameters.clone(),
            };
            let parent = of(parent);
            let beside = format!("{}, beside {}", label_of(&parent, sources), fork.name);
            let name = of(&fork.name);
            let label = label_of(&name, sources) + since(&name, suite, sources);
            let pair = [(parent, beside), (name, label)].map(|(name, label)| {
                let case = suite.cases.get(&name.to_string())?;
                bar(case, metric, label, part)
            });
            if let [Some(parent), Some(fork)] = pair {
                bars.extend([parent, fork]);
                suites.push(suite);
            }
        }
    }
    (bars, suites)
}

/// The book's step that a fork, perhaps of a fork, began as.
fn origin<'s>(name: &'s str, sources: &'s Evidence) -> Option<&'s str> {
    let mut name = name;
    // Forks can be renamed to be each other's parents.
    for _ in 0..=sources.forks.len() {
        match sources.forks.iter().find(|fork| fork.name == name) {
            Some(fork) => name = fork.parent.as_deref()?,
            None => return Some(name),
        }
    }
    None
}

/// A word of warning where the fork is not any more what was measured.
fn since(name: &CaseName, suite: &Suite, sources: &Evidence) -> &'static str {
    let name = name.to_string();
    let now = results::source::hash(&sources.project.root, &name);
    let measured = suite.cases.get(&name).map(|case| &case.source);
    match now {
        Ok(now) if measured == Some(&now) => "",
        _ => ", before its last change",
    }
}

fn bar(case: &Case, metric: &str, label: String, part: usize) -> Option<Bar> {
    let metric = case.metrics.get(metric)?;
    Some(Bar {
        label,
        current: false,
        branch: false,
        book: None,
        samples: metric.samples.len(),
        own: Some(metric.summary()),
        part,
    })
}
