//! Dots: one row a thing, one dot a way in which it was measured, side by side; all values in columns.
//!
//! On a logarithmic axis the length of a bar means nothing, since the axis has no zero to begin at. A dot
//! says no more than where a value is. What is configured and not measured has a mark and words of its own.

mod data;
mod drawing;

use results::Summary;
use results::{CaseName, Reference};

use self::data::{Dot, Dots, Given, Row};
use super::definition::{Cases, Definition};
use super::measured::{self, Suites};
use super::medium::Medium;
use super::pick;
use super::picture::{Drawn, Picture, Table};
use super::scale::axis_name;
use crate::evidence::Evidence;
use crate::number;

/// Collects the rows of a chart.
///
/// # Errors
///
/// If something that it names was not measured, or its lists do not fit each other.
pub fn draw<'s>(definition: &'s Definition, sources: &'s Evidence) -> Result<Drawn<'s>, String> {
    let Cases::List(listed) = &definition.cases else {
        return Err("dots need a list of cases, not a prefix".into());
    };
    let mut suites = Suites::default();
    let mut unit = String::new();
    let mut rows = Vec::new();
    for (at, case) in listed.iter().enumerate() {
        let label = match definition.names.get(at) {
            Some(name) => name.clone(),
            None => pick::label_of(&CaseName::parse(case)?, sources),
        };
        let mut dots = Vec::new();
        for case in [Some(case), definition.beside.get(at)]
            .into_iter()
            .flatten()
        {
            let (dot, its_unit) = dot(case, definition.metric(), sources, &mut suites)?;
            dots.push(dot);
            unit = its_unit;
        }
        let given = definition.given.get(at).filter(|given| !given.is_empty());
        let given = given.map(|given| Given::parse(given, &unit)).transpose()?;
        rows.push(Row { label, dots, given });
    }
    let axis = definition.y_label.as_deref().unwrap_or(&unit);
    let picture = Dots {
        rows,
        sets: definition.sets.clone(),
        log: definition.log,
        axis: axis_name(axis, definition.log),
        unit,
    };
    Ok(Drawn {
        picture: Box::new(picture),
        suites: suites.book,
        own: suites.own,
        forks: Vec::new(),
        profile: None,
    })
}

/// One dot and its unit; the reader's value too, if there is one.
fn dot<'s>(
    case: &str,
    metric: &str,
    sources: &'s Evidence,
    suites: &mut Suites<'s>,
) -> Result<(Dot, String), String> {
    let reference = Reference {
        case: CaseName::parse(case)?,
        metric: metric.to_owned(),
    };
    let found = measured::find(&reference, sources, suites)?;
    let dot = Dot {
        book: found.book,
        samples: found.samples,
        own: found.own,
    };
    Ok((dot, found.unit))
}

impl Picture for Dots {
    fn svg(&self, medium: Medium) -> String {
        drawing::svg(self, medium)
    }

    fn table(&self) -> Table {
        let with_own = self.with_own();
        let with_given = self.rows.iter().any(|row| row.given.is_some());
        let mut head = vec!["", "median", "10th percentile", "90th percentile"];
        head.push("samples");
        head.extend(with_given.then_some("configured"));
        head.extend(with_own.then_some("yours"));
        let quantity = |value| number::quantity(value, &self.unit);
        let or_none = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
        let mut rows = Vec::new();
        for row in &self.rows {
            for (at, dot) in row.dots.iter().enumerate() {
                let set = self.sets.get(at).map(|set| format!("; {set}"));
                let Summary { median, low, high } = dot.book;
                let mut cells = vec![row.label.clone() + &set.unwrap_or_default()];
                cells.extend([median, low, high].map(quantity));
                cells.push(dot.samples.to_string());
                if with_given {
                    let given = row.given.as_ref();
                    cells.push(or_none(given.map(|given| quantity(given.value))));
                }
                if with_own {
                    cells.push(or_none(dot.own.map(|own| quantity(own.median))));
                }
                rows.push(cells);
            }
        }
        Table {
            rows,
            head: head.into_iter().map(String::from).collect(),
        }
    }
}
