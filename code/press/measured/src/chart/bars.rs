//! Horizontal bars: one a case, or one a metric of a case, its value at its end, its spread as a
//! whisker; perhaps a line across them all, to see how far they are from something. Below the book's
//! bars stand those of the reader's forks.

mod data;
mod drawing;
mod forks;
mod reference;

use directives::Place;
use project::{Part, catalog};
use results::Summary;
use results::{CaseName, Reference};

use self::data::{Bar, Bars};
use super::definition::{Cases, Definition};
use super::measured::{self, Suites};
use super::medium::Medium;
use super::pick;
use super::picture::{Drawn, Picture, Table};
use super::scale::axis_name;
use crate::evidence::Evidence;
use crate::number;

/// Collects the bars of a chart.
///
/// # Errors
///
/// If nothing was measured that it could show, or something that it names was not.
pub fn draw<'s>(
    definition: &'s Definition,
    sources: &'s Evidence,
    place: &Place<'_>,
) -> Result<Drawn<'s>, String> {
    let picked = pick::cases(definition, sources)?;
    let picked = pick::until(definition, sources, place, picked);
    let mut suites = Suites::default();
    let mut bars = Vec::new();
    let mut shown = Vec::new();
    let mut unit = String::new();
    let main_line = catalog::main_line(&sources.programs);
    for case in picked {
        let has_it = case.case.metrics.contains_key(case.metric);
        // A prefix stands for what there is; what is listed must be there.
        if !has_it && matches!(definition.cases, Cases::Prefix(_)) {
            continue;
        }
        shown.push(case.name.clone());
        let current = case.name.base.rsplit('/').next() == Some(place.stem());
        let bar_base = case.name.base.clone();
        let (mut bar, its_unit) = bar(case.name, case.metric, case.label, sources, &mut suites)?;
        bar.current = current;
        bar.branch = is_branch(&bar_base, &main_line, sources);
        bar.part = bars.len();
        unit = its_unit;
        bars.push(bar);
    }
    if bars.is_empty() {
        let metric = definition.metric();
        return Err(format!(
            "none of the chart's cases has the metric `{metric}`"
        ));
    }
    // What is true of all of them distinguishes none, and one beside its parent is no branch of a line.
    if bars.len() <= 2 || bars.iter().all(|bar| bar.branch) {
        bars.iter_mut().for_each(|bar| bar.branch = false);
    }
    if bars.iter().all(|bar| bar.current) {
        bars.iter_mut().for_each(|bar| bar.current = false);
    }
    let (beside, forks) = forks::beside(sources, &shown, definition.metric());
    bars.extend(beside);
    let axis = definition.y_label.as_deref().unwrap_or(&unit);
    let picture = Bars {
        bars,
        reference: reference(definition, sources, &mut suites)?,
        log: definition.log,
        axis: axis_name(axis, definition.log),
        unit,
    };
    Ok(Drawn {
        picture: Box::new(picture),
        suites: suites.book,
        own: suites.own,
        forks,
        profile: None,
    })
}

/// Whether a case is of a step of the evolution that no later one stands on.
fn is_branch(case_base: &str, main_line: &[&str], sources: &Evidence) -> bool {
    sources.program_of(case_base).is_some_and(|program| {
        program.part == Part::Evolution && !main_line.contains(&program.name.as_str())
    })
}

/// One bar and its unit; the reader's value too, if there is one.
fn bar<'s>(
    case: CaseName,
    metric: &str,
    label: String,
    sources: &'s Evidence,
    suites: &mut Suites<'s>,
) -> Result<(Bar, String), String> {
    let reference = Reference {
        case,
        metric: metric.to_owned(),
    };
    let found = measured::find(&reference, sources, suites)?;
    let bar = Bar {
        label,
        current: false,
        branch: false,
        book: Some(found.book),
        samples: found.samples,
        own: found.own,
        part: 0,
    };
    Ok((bar, found.unit))
}

fn reference<'s>(
    definition: &Definition,
    sources: &'s Evidence,
    suites: &mut Suites<'s>,
) -> Result<Option<Bar>, String> {
    let Some(case) = &definition.reference else {
        return Ok(None);
    };
    let case = CaseName::parse(case)?;
    let label = definition.reference_name.clone();
    let label = label.unwrap_or_else(|| pick::label_of(&case, sources));
    let (bar, _) = bar(case, definition.metric(), label, sources, suites)?;
    Ok(Some(bar))
}

impl Picture for Bars {
    fn svg(&self, medium: Medium) -> String {
        drawing::svg(self, medium)
    }

    fn note(&self) -> &'static str {
        match self.bars.iter().any(|bar| bar.branch) {
            true => "Hollow bars are branches.",
            false => "",
        }
    }

    fn table(&self) -> Table {
        let with_own = self.shown().any(|bar| bar.own.is_some());
        let mut head = vec![
            "",
            "median",
            "10th percentile",
            "90th percentile",
            "samples",
        ];
        head.extend(with_own.then_some("yours"));
        let quantity = |value| number::quantity(value, &self.unit);
        let rows = self.shown().map(|bar| {
            let book = bar.book.map(|Summary { median, low, high }| {
                let [median, low, high] = [median, low, high].map(quantity);
                [median, low, high, bar.samples.to_string()]
            });
            let mut row = vec![bar.label.clone()];
            row.extend(book.unwrap_or_else(|| ["–"; 4].map(str::to_owned)));
            if with_own {
                let own = bar.own.map(|own| quantity(own.median));
                row.push(own.unwrap_or_else(|| "–".to_owned()));
            }
            row
        });
        Table {
            rows: rows.collect(),
            head: head.into_iter().map(String::from).collect(),
        }
    }
}
