//! A measurement over a parameter: `evolution/s04-release[workers=8]` over the workers.

use std::collections::BTreeSet;

use super::definition::Definition;
use super::lines::{self, Line, Lines, Point};
use super::pick::{self, Picked};
use super::picture::Drawn;
use super::scale;
use crate::evidence::Evidence;

/// Collects the lines of a curve.
pub fn draw<'s>(definition: &'s Definition, sources: &'s Evidence) -> Result<Drawn<'s>, String> {
    let axis = definition
        .axis()
        .ok_or("a curve needs `x`, the parameter along its axis")?;
    let picked = pick::cases(definition, sources)?;
    let (found, unit) = lines(definition, axis, &picked);
    if found.is_empty() {
        let metric = definition.metric();
        return Err(format!(
            "none of the chart's cases has a number for `{axis}` and the metric `{metric}`"
        ));
    }
    let suites = picked.iter().map(|picked| picked.suite).collect();
    let own = pick::own(definition, sources);
    let lines = lines::with_own(found, lines(definition, axis, &own).0);
    let values = lines
        .iter()
        .flat_map(|line| line.points.iter().map(|point| point.x.to_bits()));
    let values: BTreeSet<u64> = values.collect();
    let x_ticks = values
        .into_iter()
        .map(f64::from_bits)
        .map(|x| (x, scale::tick(x, "")))
        .collect();
    let picture = Lines {
        lines,
        y_label: definition.y_label.clone().unwrap_or_else(|| unit.clone()),
        unit,
        x_label: definition
            .x_label
            .clone()
            .unwrap_or_else(|| axis.to_owned()),
        log: definition.log,
        x_log: definition.x_log,
        x_ticks,
        dense: false,
    };
    Ok(Drawn {
        picture: Box::new(picture),
        suites,
        own: own.iter().map(|picked| picked.suite).collect(),
        forks: Vec::new(),
        profile: None,
    })
}

/// One line for each set of cases that differ in the axis' parameter only.
fn lines(definition: &Definition, axis: &str, picked: &[Picked<'_>]) -> (Vec<Line>, String) {
    let mut lines: Vec<Line> = Vec::new();
    let mut unit = String::new();
    for picked in picked {
        let x = picked
            .name
            .parameters
            .get(axis)
            .and_then(|value| value.parse::<f64>().ok());
        let (Some(x), Some(metric)) = (x, picked.case.metrics.get(picked.metric)) else {
            continue;
        };
        // A logarithmic axis has no place for zero.
        if definition.x_log && x <= 0.0 {
            continue;
        }
        let summary = metric.summary();
        unit.clone_from(&metric.unit);
        let point = Point {
            x,
            y: summary.median,
            low: summary.low,
            high: summary.high,
        };
        let label = picked.label.clone();
        match lines.iter_mut().find(|line| line.label == label) {
            Some(line) => line.points.push(point),
            None => lines.push(Line::new(label, vec![point])),
        }
    }
    for line in &mut lines {
        line.points.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    (lines, unit)
}
