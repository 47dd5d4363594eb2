//! A measurement over time, as it was recorded during a run.

use project::suggest;

use super::definition::{Cases, Definition};
use super::lines::{self, Line, Lines, Point};
use super::pick::{self, Picked};
use super::picture::Drawn;
use super::scale::Scale;
use crate::evidence::Evidence;

/// Collects the lines of a series: one a case, or one a series of a case.
pub fn draw<'s>(definition: &'s Definition, sources: &'s Evidence) -> Result<Drawn<'s>, String> {
    let picked = pick::cases(definition, sources)?;
    let listed = matches!(definition.cases, Cases::List(_));
    if let Some(without) = picked
        .iter()
        .find(|picked| listed && line(picked).is_none())
    {
        let known = without.case.series.keys().map(String::as_str);
        let (case, metric) = (&without.name, without.metric);
        let hint = suggest::hint(metric, known);
        return Err(format!("`{case}` has no series `{metric}`{hint}"));
    }
    let own = pick::own(definition, sources);
    let book = picked.iter().filter_map(line).collect();
    let lines = lines::with_own(book, own.iter().filter_map(line).collect());
    let times = lines.iter().flat_map(|line| &line.points).map(|at| at.x);
    let Some(last) = times.reduce(f64::max) else {
        let metric = definition.metric();
        return Err(format!("none of the chart's cases has a series `{metric}`"));
    };
    let picture = over(definition, lines, last, "seconds");
    Ok(Drawn {
        picture: Box::new(picture),
        suites: picked.iter().map(|picked| picked.suite).collect(),
        own: own.iter().map(|picked| picked.suite).collect(),
        forks: Vec::new(),
        profile: None,
    })
}

/// The lines over what passes from 0 to `last`, whose unit stands there unless the definition names another.
pub fn over(definition: &Definition, lines: Vec<Line>, last: f64, unit: &str) -> Lines {
    let marks = Scale::around((0.0, last), false, "", (0, 1));
    let mut x_ticks = marks.marks("");
    x_ticks.retain(|(x, _)| *x <= last);
    let (y_label, x_label) = (definition.y_label.clone(), definition.x_label.clone());
    Lines {
        lines,
        unit: String::new(),
        y_label: y_label.unwrap_or_else(|| definition.metric().replace('_', " ")),
        x_label: x_label.unwrap_or_else(|| unit.to_owned()),
        log: definition.log,
        x_log: false,
        x_ticks,
        dense: true,
    }
}

/// The line of a case's series; none if it was not recorded.
fn line(picked: &Picked<'_>) -> Option<Line> {
    let series = picked.case.series.get(picked.metric)?;
    let point = |&[x, y]: &[f64; 2]| Point {
        x,
        y,
        low: y,
        high: y,
    };
    let points: Vec<Point> = series.iter().map(point).collect();
    (!points.is_empty()).then(|| Line::new(picked.label.clone(), points))
}
