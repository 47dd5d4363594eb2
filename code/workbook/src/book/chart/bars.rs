//! Horizontal bars: one a case, its value at its end, its spread as a whisker.

mod drawing;

use bench::results::Summary;

use super::super::number;
use super::super::reference::{CaseName, Reference};
use super::super::results::Measured;
use super::super::sources::{Place, Sources};
use super::definition::Definition;
use super::scale::axis_name;
use super::{Drawn, Picture, Table, pick};

/// The chart's data.
struct Bars {
    bars: Vec<Bar>,
    log: bool,
    unit: String,
    axis: String,
}

struct Bar {
    label: String,
    /// The step of the chapter that the chart stands in.
    current: bool,
    summary: Summary,
    samples: usize,
    own: Option<Summary>,
}

/// Collects the bars of a chart.
///
/// # Errors
///
/// If nothing was measured that it could show.
pub fn draw<'s>(
    definition: &Definition,
    sources: &'s Sources,
    place: &Place<'_>,
) -> Result<Drawn<'s>, String> {
    let picked = pick::until(
        definition,
        sources,
        place,
        pick::cases(definition, sources)?,
    );
    let mut bars = Vec::new();
    let mut drawn_from = (Vec::new(), Vec::new());
    let mut unit = String::new();
    for case in &picked {
        let Some(metric) = case.case.metrics.get(&definition.metric) else {
            continue;
        };
        let own = own(&case.name, definition, sources);
        drawn_from.1.extend(own.as_ref().map(|own| own.suite));
        drawn_from.0.push(case.suite);
        unit.clone_from(&metric.unit);
        bars.push(Bar {
            label: case.label.clone(),
            current: case.name.base.rsplit('/').next() == Some(place.stem()),
            summary: metric.summary(),
            samples: metric.samples.len(),
            own: own.map(|own| own.summary),
        });
    }
    if bars.is_empty() {
        let metric = &definition.metric;
        return Err(format!(
            "none of the chart's cases has the metric `{metric}`"
        ));
    }
    let axis = definition.y_label.as_deref().unwrap_or(&unit);
    let axis = axis_name(axis, definition.log);
    let log = definition.log;
    let picture = Bars {
        bars,
        log,
        unit,
        axis,
    };
    let (suites, own) = drawn_from;
    Ok(Drawn {
        picture: Box::new(picture),
        suites,
        own,
    })
}

fn own<'s>(name: &CaseName, definition: &Definition, sources: &'s Sources) -> Option<Measured<'s>> {
    let reference = Reference {
        case: name.clone(),
        metric: definition.metric.clone(),
    };
    sources.own.as_ref()?.find(&reference).ok()
}

impl Picture for Bars {
    fn svg(&self, width: u32) -> String {
        drawing::svg(self, width)
    }

    fn table(&self) -> Table {
        let with_own = self.bars.iter().any(|bar| bar.own.is_some());
        let mut head = vec![
            "",
            "median",
            "10th percentile",
            "90th percentile",
            "samples",
        ];
        head.extend(with_own.then_some("yours"));
        let quantity = |value| number::quantity(value, &self.unit);
        let rows = self.bars.iter().map(|bar| {
            let Summary { median, low, high } = bar.summary;
            let mut row = vec![bar.label.clone()];
            row.extend([median, low, high].map(quantity));
            row.push(bar.samples.to_string());
            if with_own {
                row.push(
                    bar.own
                        .map_or_else(|| "–".to_owned(), |own| quantity(own.median)),
                );
            }
            row
        });
        Table {
            head: head.into_iter().map(String::from).collect(),
            rows: rows.collect(),
        }
    }
}
