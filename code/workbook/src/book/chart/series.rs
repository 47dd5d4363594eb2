//! A measurement over time, as it was recorded during a run.

use super::super::sources::Sources;
use super::definition::Definition;
use super::lines::{Line, Lines, Point};
use super::scale::{self, Scale};
use super::{Drawn, pick};

/// Collects the lines of a series: one a case, from the case's series of the metric's name.
pub fn draw<'s>(definition: &Definition, sources: &'s Sources) -> Result<Drawn<'s>, String> {
    let picked = pick::cases(definition, sources)?;
    let mut lines = Vec::new();
    let mut suites = Vec::new();
    for picked in &picked {
        let Some(series) = picked.case.series.get(&definition.metric) else {
            continue;
        };
        let points = series
            .iter()
            .map(|&[x, y]| Point {
                x,
                y,
                low: y,
                high: y,
            })
            .collect();
        let label = picked.label.clone();
        lines.push(Line {
            label,
            points,
            own: false,
        });
        suites.push(picked.suite);
    }
    let last = lines
        .iter()
        .flat_map(|line| &line.points)
        .map(|point| point.x)
        .reduce(f64::max);
    let Some(last) = last else {
        return Err(format!(
            "none of the chart's cases has a series `{}`",
            definition.metric
        ));
    };
    let marks = Scale::around((0.0, last), false, "", (0, 1));
    let ticks = marks.ticks().iter().filter(|x| **x <= last);
    let x_ticks = ticks.map(|&x| (x, scale::tick(x, ""))).collect();
    let y_label = definition
        .y_label
        .clone()
        .unwrap_or_else(|| definition.metric.replace('_', " "));
    let picture = Lines {
        lines,
        unit: String::new(),
        y_label,
        x_label: definition
            .x_label
            .clone()
            .unwrap_or_else(|| "seconds".to_owned()),
        log: definition.log,
        x_log: false,
        x_ticks,
        dense: true,
    };
    Ok(Drawn {
        picture: Box::new(picture),
        suites,
        own: Vec::new(),
    })
}
