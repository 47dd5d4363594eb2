//! What a contender answered, and how it differs from what is right.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use traffic::Row;
use traffic::oracle::{Difference, differences_of_rows};

use super::says::Says;

/// How many differences are told.
const TOLD_MAX: usize = 3;

/// The report, as one program gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Answer {
    pub malformed: u64,
    pub rows: Vec<Row>,
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

    /// What differs from the right answer: all that there may be to tell of are malformed lines and rows.
    pub fn differences(&self, right: &Answer) -> Vec<Difference> {
        let malformed = (self.malformed != right.malformed).then_some(Difference::Total(
            "malformed",
            right.malformed,
            self.malformed,
        ));
        let rows = differences_of_rows(&right.rows, &self.rows);
        malformed.into_iter().chain(rows).collect()
    }
}

/// The verdict on an answer that differs in this, and ought to have so many rows.
pub(super) fn verdict(differences: &[Difference], rows: usize, says: Says) -> String {
    if !differences.is_empty() {
        let told = differences.iter().take(TOLD_MAX).map(ToString::to_string);
        let told = told.collect::<Vec<_>>().join("; ");
        return format!("WRONG in {} places: {told}", differences.len());
    }
    match says {
        Says::GoAccess => "a smaller question, hits by route: right in all of them".to_owned(),
        Says::Rows | Says::Step => format!("right in all {rows} rows"),
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
