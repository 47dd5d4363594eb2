//! Recorded runs: where they are, what their first line says, and what is kept of a run.
//!
//! A recording is a file of JSON lines: who ran what, where and when, and then the events of one run with their real
//! times. Of the many looks at a run so many are kept as a chart can show.

use std::path::{Path, PathBuf};

use project::Part;
use project::Project;
use results::Provenance;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::runnable::Point;

/// The most looks at a run that are kept.
const LOOKS_MAX: u64 = 40;
/// Looks are at least so far apart.
const APART_MS: u64 = 100;
/// The rows of the report that are kept.
const ROWS_MAX: usize = 10;

/// The folder of a program's recordings.
pub fn folder(project: &Project, program: &str) -> PathBuf {
    project.results().join("runs").join(program)
}

/// The file of a point's recording.
pub fn file(project: &Project, point: &Point) -> PathBuf {
    folder(project, &point.program).join(format!("{}.jsonl", point.name))
}

/// The first line of a recording.
#[derive(Serialize)]
pub struct Header<'a> {
    event: &'static str,
    t_ms: u64,
    program: &'a str,
    preset: &'a str,
    params: &'a std::collections::BTreeMap<String, u64>,
    command: String,
    /// The hash of the source that ran.
    source: &'a str,
    #[serde(flatten)]
    provenance: &'a Provenance,
}

impl<'a> Header<'a> {
    /// What is said of a point that was run from this source.
    pub fn new(point: &'a Point, source: &'a str, provenance: &'a Provenance) -> Header<'a> {
        Header {
            event: "recording",
            t_ms: 0,
            program: &point.program,
            preset: &point.preset,
            params: &point.params,
            command: point.typed(),
            source,
            provenance,
        }
    }
}

/// The name of the case whose source a program's recordings are of.
pub fn case(part: Part, program: &str) -> String {
    format!("{part}/{program}")
}

/// The source that a recording says it is of; none if it is no recording.
pub fn source(path: &Path) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    let first: Value = serde_json::from_str(text.lines().next()?).ok()?;
    (first["event"] == "recording").then(|| Some(first["source"].as_str()?.to_owned()))?
}

/// What is kept of a run: no more looks than a chart can show, and of each what it shows.
pub fn kept(events: Vec<Value>) -> Vec<Value> {
    let last_ms = events.last().map_or(0, t_ms);
    let apart_ms = APART_MS.max(last_ms / LOOKS_MAX);
    let last_look = events
        .iter()
        .rposition(|event| event["event"] == "progress");
    let mut shown_ms = None;
    let mut is_shown = true;
    let mut kept = Vec::new();
    for (number, event) in events.into_iter().enumerate() {
        match event["event"].as_str() {
            Some("building") => continue,
            Some("progress") => {
                let at = t_ms(&event);
                is_shown = Some(number) == last_look
                    || shown_ms.is_none_or(|shown| at >= shown + apart_ms);
                if is_shown {
                    shown_ms = Some(at);
                }
            }
            _ => {}
        }
        let is_look = matches!(event["event"].as_str(), Some("progress" | "stage"));
        if !is_look || is_shown {
            kept.push(reduced(event));
        }
    }
    kept
}

fn t_ms(event: &Value) -> u64 {
    event["t_ms"].as_u64().unwrap_or_default()
}

/// An event without what no page shows.
fn reduced(mut event: Value) -> Value {
    let kind = event["event"].as_str().unwrap_or_default().to_owned();
    let Some(fields) = event.as_object_mut() else {
        return event;
    };
    match kind.as_str() {
        "progress" => {
            round(fields, "lines_per_s", 1.0);
            fields.remove("bytes");
        }
        "stage" => {
            round(fields, "busy", 100.0);
            for unused in [
                "done",
                "busy_ms",
                "waiting_ms",
                "messages",
                "waits",
                "worker_ms",
            ] {
                fields.remove(unused);
            }
        }
        "end" => {
            if let Some(Value::Array(rows)) = fields.get_mut("rows") {
                rows.truncate(ROWS_MAX);
            }
        }
        _ => {}
    }
    event
}

fn round(fields: &mut Map<String, Value>, name: &str, parts: f64) {
    if let Some(value) = fields.get(name).and_then(Value::as_f64) {
        fields.insert(name.to_owned(), json!((value * parts).round() / parts));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_thinned_and_the_last_one_stays() {
        let mut events = vec![json!({"event": "start", "t_ms": 0})];
        for look in 0..2000 {
            let t_ms = look * 10;
            events.push(
                json!({"event": "progress", "t_ms": t_ms, "lines": look, "lines_per_s": 1234.567}),
            );
            events.push(json!({"event": "stage", "t_ms": t_ms, "name": "read", "busy": 0.12345, "waits": 3}));
        }
        events.push(json!({"event": "end", "t_ms": 20_000, "rows": vec![json!({}); 20]}));
        let kept = kept(events);
        let looks: Vec<&Value> = kept.iter().filter(|e| e["event"] == "progress").collect();
        assert!((30..=42).contains(&looks.len()), "{}", looks.len());
        assert_eq!(looks.last().expect("looks")["lines"], 1999);
        assert_eq!(looks[0]["lines_per_s"], 1235.0);
        let stages: Vec<&Value> = kept.iter().filter(|e| e["event"] == "stage").collect();
        assert_eq!(stages.len(), looks.len());
        assert_eq!(
            stages[0],
            &json!({"event": "stage", "t_ms": 0, "name": "read", "busy": 0.12})
        );
        assert_eq!(
            kept.last().expect("an end")["rows"]
                .as_array()
                .map(Vec::len),
            Some(ROWS_MAX)
        );
    }
}
