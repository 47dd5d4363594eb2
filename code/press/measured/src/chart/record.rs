//! What a test keeps of a run: rows of whole numbers, one a moment, of which some columns are drawn as lines.
//!
//! A record is committed beside the test that reads it, and has the form of a table without a head: a row a line, its
//! numbers separated by blanks. Lines that begin with `#` say what the columns are. A number below zero stands for one
//! that was not there, and has no point.

use serde::Deserialize;

use super::definition::Definition;
use super::lines::{self, Line, Point};
use super::picture::{Drawn, Provenance};
use super::series;
use crate::evidence::Evidence;

/// Which part of a record is drawn.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The file, from the root of the project.
    file: String,
    /// The first of its rows that is drawn, counted from 0.
    from: usize,
    /// How many are.
    rows: usize,
    /// The columns that are drawn, counted from 1: a line each.
    columns: Vec<usize>,
    /// The command that runs the test which rests on it.
    command: String,
}

/// Collects the lines of a record: one a column.
///
/// # Errors
///
/// If there is no record, or it has fewer rows or columns, or cells that are no numbers, or the names do not fit.
pub fn draw<'s>(definition: &Definition, sources: &'s Evidence) -> Result<Drawn<'s>, String> {
    let Some(record) = &definition.record else {
        return Err("it has no `record`".into());
    };
    let (columns, names) = (record.columns.len(), definition.names.len());
    if columns != names {
        return Err(format!(
            "the chart has {names} names for {columns} columns of its record"
        ));
    }
    let path = sources.project.root.join(&record.file);
    let text = project::read_text(path);
    let text = text.map_err(|error| format!("{} cannot be read: {error}", record.file))?;
    let rows = record.rows_of(&text)?;
    let named = record.columns.iter().zip(&definition.names);
    let lines = named.map(|(&column, name)| Ok(Line::new(name.clone(), points(&rows, column)?)));
    let lines = lines.collect::<Result<Vec<Line>, String>>()?;
    let picture = series::over(
        definition,
        lines::with_own(lines, Vec::new()),
        (record.rows.max(2) - 1) as f64,
        "rows",
    );
    Ok(Drawn {
        picture: Box::new(picture),
        suites: Vec::new(),
        own: Vec::new(),
        forks: Vec::new(),
        profile: Some(Provenance {
            taken: format!("recorded in {}", record.file),
            command: record.command.clone(),
        }),
    })
}

impl Record {
    /// The numbers of the rows that are drawn.
    fn rows_of(&self, text: &str) -> Result<Vec<Vec<i64>>, String> {
        let is_row = |line: &&str| !line.starts_with('#') && !line.trim().is_empty();
        let rows = text.lines().filter(is_row).skip(self.from).take(self.rows);
        let numbers = |row: &str| {
            let numbers = row.split_whitespace().map(str::parse);
            numbers
                .collect::<Result<Vec<i64>, _>>()
                .map_err(|_| format!("{} has a row that is no numbers: `{row}`", self.file))
        };
        let rows = rows.map(numbers).collect::<Result<Vec<_>, _>>()?;
        if rows.len() < self.rows || self.rows == 0 {
            let (file, from, wanted) = (&self.file, self.from, self.rows);
            return Err(format!(
                "{file} has {} rows from row {from} on, and the chart shows {wanted}",
                rows.len()
            ));
        }
        Ok(rows)
    }
}

/// The points of one column.
fn points(rows: &[Vec<i64>], column: usize) -> Result<Vec<Point>, String> {
    let mut points = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let cell = column.checked_sub(1).and_then(|column| row.get(column));
        let value = *cell.ok_or_else(|| format!("the record has no column {column}"))? as f64;
        if value >= 0.0 {
            points.push(Point {
                x: at as f64,
                y: value,
                low: value,
                high: value,
            });
        }
    }
    Ok(points)
}
