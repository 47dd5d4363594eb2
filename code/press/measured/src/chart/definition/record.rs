//! Which part of a test's record a chart draws, and its rows.

use serde::Deserialize;

/// Which part of a record is drawn.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The file, from the root of the project.
    pub file: String,
    /// The first of its rows that is drawn, counted from 0.
    from: usize,
    /// How many are.
    pub rows: usize,
    /// The columns that are drawn, counted from 1: a line each.
    pub columns: Vec<usize>,
    /// The command that runs the test which rests on it.
    pub command: String,
}

impl Record {
    /// The numbers of the rows that are drawn.
    ///
    /// # Errors
    ///
    /// If there are fewer, or a cell of them is no number.
    pub fn rows_of(&self, text: &str) -> Result<Vec<Vec<i64>>, String> {
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
