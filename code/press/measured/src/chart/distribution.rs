//! Percentiles of a distribution, with the far end stretched: from 99 to 99.9 is as far as from 90
//! to 99, because that is where the tail is.

use results::Metric;

use super::definition::Definition;
use super::lines::{self, Line, Lines, Point};
use super::pick::{self, Picked};
use super::picture::Drawn;
use crate::evidence::Evidence;

/// Collects the lines of a distribution: one a case, from its metrics `p50_us`, `p99.9_us`.
pub fn draw<'s>(definition: &'s Definition, sources: &'s Evidence) -> Result<Drawn<'s>, String> {
    let picked = pick::cases(definition, sources)?;
    let own = pick::own(definition, sources);
    let book = picked.iter().filter_map(line).collect::<Vec<_>>();
    if book.is_empty() {
        let metric = definition.metric();
        return Err(format!(
            "none of the chart's cases has percentiles such as `p99_{metric}`"
        ));
    }
    let lines = lines::with_own(book, own.iter().filter_map(line).collect());
    let mut percentiles: Vec<f64> = picked
        .iter()
        .flat_map(|picked| percentiles(picked).map(|(percentile, _)| percentile))
        .collect();
    percentiles.sort_by(f64::total_cmp);
    percentiles.dedup();
    let ticks = percentiles.into_iter();
    let x_ticks = ticks.map(|p| (stretched(p), format!("{p}\u{a0}%")));
    let unit = picked.iter().find_map(|picked| percentiles_unit(picked));
    let x_label = definition.x_label.clone();
    let picture = Lines {
        lines,
        y_label: definition.y_label.clone().unwrap_or_default(),
        unit: unit.unwrap_or_default(),
        x_label: x_label.unwrap_or_else(|| "percentile".to_owned()),
        log: true,
        x_log: false,
        x_ticks: x_ticks.collect(),
        dense: false,
    };
    Ok(Drawn::of(picture, &picked, &own))
}

/// The line of a case; none if it has no percentiles.
fn line(picked: &Picked<'_>) -> Option<Line> {
    let points = percentiles(picked).map(|(percentile, metric)| {
        let summary = metric.summary();
        Point {
            x: stretched(percentile),
            y: summary.median,
            low: summary.low,
            high: summary.high,
        }
    });
    let mut points: Vec<Point> = points.collect();
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    (!points.is_empty()).then(|| Line::new(picked.label.clone(), points))
}

/// The percentiles of a case.
fn percentiles<'s>(picked: &Picked<'s>) -> impl Iterator<Item = (f64, &'s Metric)> {
    let unit = picked.metric;
    let metrics = picked.case.metrics.iter();
    metrics.filter_map(move |(name, metric)| Some((percentile(name, unit)?, metric)))
}

fn percentiles_unit(picked: &Picked<'_>) -> Option<String> {
    let (_, metric) = percentiles(picked).next()?;
    Some(metric.unit.clone())
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
