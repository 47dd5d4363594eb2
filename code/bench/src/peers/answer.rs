//! What a contender answered, and how it differs from what is right.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::says::Says;

/// How many differences are told.
const TOLD_MAX: usize = 3;

/// The report, as one program gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Answer {
    pub malformed: u64,
    pub rows: Vec<Row>,
}

/// One row of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Row {
    pub holder: String,
    pub route: String,
    pub hits: u64,
    pub bytes: u128,
    pub errors: u64,
}

/// How an answer differs from the right one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Differences {
    pub count: usize,
    /// The first of them, in words.
    pub first: Vec<String>,
}

impl Answer {
    /// Reads rows that are separated by tabs; the one without holder and route counts malformed lines.
    pub fn of_rows(output: &[u8]) -> Result<Answer, String> {
        let text = String::from_utf8_lossy(output);
        let mut answer = Answer::default();
        for line in text.lines() {
            let row = row(line).ok_or_else(|| format!("it printed no row but “{line}”"))?;
            if row.holder.is_empty() && row.route.is_empty() {
                answer.malformed += row.hits;
            } else {
                answer.rows.push(row);
            }
        }
        Ok(answer)
    }

    /// Reads the JSON of our steps.
    pub fn of_step(output: &[u8]) -> Result<Answer, String> {
        serde_json::from_slice(output).map_err(|error| error.to_string())
    }

    /// Reads the hits by route out of GoAccess's JSON: a route may be in several of its panels.
    pub fn of_goaccess(output: &[u8]) -> Result<Answer, String> {
        let json: Value = serde_json::from_slice(output).map_err(|error| error.to_string())?;
        let mut hits = BTreeMap::new();
        for panel in ["requests", "static_requests", "not_found"] {
            for entry in json[panel]["data"].as_array().into_iter().flatten() {
                let route = entry["data"].as_str().unwrap_or_default().to_owned();
                *hits.entry(route).or_default() += entry["hits"]["count"].as_u64().unwrap_or(0);
            }
        }
        Ok(Answer {
            malformed: json["general"]["failed_requests"].as_u64().unwrap_or(0),
            rows: by_route(hits),
        })
    }

    /// The right answer to as much of the question as a contender answers.
    pub fn as_said_by(&self, says: Says) -> Answer {
        if says != Says::GoAccess {
            return self.clone();
        }
        let mut hits = BTreeMap::new();
        for row in &self.rows {
            *hits.entry(row.route.clone()).or_default() += row.hits;
        }
        Answer {
            malformed: self.malformed,
            rows: by_route(hits),
        }
    }

    /// All lines: hits and malformed ones.
    pub fn lines(&self) -> u64 {
        self.malformed + self.rows.iter().map(|row| row.hits).sum::<u64>()
    }

    /// What differs from the right answer, row by row; then the order, if all rows are there.
    pub fn differences(&self, right: &Answer) -> Differences {
        let mut differences = Differences::default();
        if self.malformed != right.malformed {
            differences.add(|| format!("malformed: {} for {}", self.malformed, right.malformed));
        }
        let key = |row: &Row| (row.holder.clone(), row.route.clone());
        let mut mine: BTreeMap<_, _> = self.rows.iter().map(|row| (key(row), row)).collect();
        if mine.len() < self.rows.len() {
            differences.add(|| "a row comes twice".to_owned());
        }
        for row in &right.rows {
            match mine.remove(&key(row)) {
                Some(same) if same == row => {}
                Some(other) => differences.add(|| format!("{} for {}", shown(other), shown(row))),
                None => differences.add(|| format!("{} is missing", shown(row))),
            }
        }
        for extra in mine.values() {
            differences.add(|| format!("{} is too much", shown(extra)));
        }
        if differences.count == 0 && self.rows != right.rows {
            differences.add(|| "the rows are in another order".to_owned());
        }
        differences
    }
}

impl Differences {
    fn add(&mut self, what: impl FnOnce() -> String) {
        self.count += 1;
        if self.first.len() < TOLD_MAX {
            self.first.push(what());
        }
    }

    /// Whether the answer is right.
    pub fn are_none(&self) -> bool {
        self.count == 0
    }

    /// The verdict on an answer, with how many rows it ought to have.
    pub fn in_words(&self, rows: usize, says: Says) -> String {
        if self.count > 0 {
            let first = self.first.join("; ");
            return format!("WRONG in {} places: {first}", self.count);
        }
        match says {
            Says::GoAccess => "a smaller question, hits by route: right in all of them".to_owned(),
            Says::Rows | Says::Step => format!("right in all {rows} rows"),
        }
    }
}

fn row(line: &str) -> Option<Row> {
    let mut fields = line.split('\t');
    let row = Row {
        holder: fields.next()?.to_owned(),
        route: fields.next()?.to_owned(),
        hits: fields.next()?.parse().ok()?,
        bytes: fields.next()?.parse().ok()?,
        errors: fields.next()?.parse().ok()?,
    };
    fields.next().is_none().then_some(row)
}

/// Rows that know routes and hits only, in the order of a report.
fn by_route(hits: BTreeMap<String, u64>) -> Vec<Row> {
    let mut rows: Vec<Row> = hits
        .into_iter()
        .map(|(route, hits)| Row {
            holder: String::new(),
            route,
            hits,
            bytes: 0,
            errors: 0,
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.hits));
    rows
}

fn shown(row: &Row) -> String {
    let Row {
        holder,
        route,
        hits,
        bytes,
        errors,
    } = row;
    format!("{holder} {route} {hits} {bytes} {errors}")
}
