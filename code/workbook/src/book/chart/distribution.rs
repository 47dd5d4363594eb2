//! Percentiles of a distribution, with the far end stretched: from 99 to 99.9 is as far as from 90
//! to 99, because that is where the tail is.

use super::super::sources::Sources;
use super::definition::Definition;
use super::lines::{Line, Lines, Point};
use super::{Drawn, pick};

/// Collects the lines of a distribution: one a case, from its metrics `p50_us`, `p99.9_us`.
pub fn draw<'s>(definition: &Definition, sources: &'s Sources) -> Result<Drawn<'s>, String> {
    let picked = pick::cases(definition, sources)?;
    let mut lines = Vec::new();
    let mut suites = Vec::new();
    let mut x_ticks: Vec<(f64, String)> = Vec::new();
    let mut unit = String::new();
    for picked in &picked {
        let mut points = Vec::new();
        for (name, metric) in &picked.case.metrics {
            let Some(percentile) = percentile(name, &definition.metric) else {
                continue;
            };
            let summary = metric.summary();
            unit.clone_from(&metric.unit);
            let x = stretched(percentile);
            points.push(Point {
                x,
                y: summary.median,
                low: summary.low,
                high: summary.high,
            });
            if !x_ticks.iter().any(|(known, _)| *known == x) {
                x_ticks.push((x, format!("{percentile}\u{a0}%")));
            }
        }
        if points.is_empty() {
            continue;
        }
        points.sort_by(|a, b| a.x.total_cmp(&b.x));
        lines.push(Line {
            label: picked.label.clone(),
            points,
            own: false,
        });
        suites.push(picked.suite);
    }
    if lines.is_empty() {
        let metric = &definition.metric;
        return Err(format!(
            "none of the chart's cases has percentiles such as `p99_{metric}`"
        ));
    }
    x_ticks.sort_by(|a, b| a.0.total_cmp(&b.0));
    let picture = Lines {
        lines,
        y_label: definition.y_label.clone().unwrap_or_default(),
        unit,
        x_label: definition
            .x_label
            .clone()
            .unwrap_or_else(|| "percentile".to_owned()),
        log: true,
        x_log: false,
        x_ticks,
        dense: false,
    };
    Ok(Drawn {
        picture: Box::new(picture),
        suites,
        own: Vec::new(),
    })
}

/// The percentile that a metric holds, if its name is `p<number>_<unit>`.
fn percentile(name: &str, unit: &str) -> Option<f64> {
    let number = name
        .strip_prefix('p')?
        .strip_suffix(unit)?
        .strip_suffix('_')?;
    number
        .parse()
        .ok()
        .filter(|percentile| (0.0..100.0).contains(percentile))
}

/// The place of a percentile: each further nine is one step.
fn stretched(percentile: f64) -> f64 {
    -(1.0 - percentile / 100.0).log10()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_told_by_their_names() {
        assert_eq!(percentile("p99.9_us", "us"), Some(99.9));
        assert_eq!(percentile("p50_us", "ns"), None);
        assert_eq!(percentile("lines_per_s", "s"), None);
        assert!((stretched(99.9) - 3.0).abs() < 1e-9);
    }
}
