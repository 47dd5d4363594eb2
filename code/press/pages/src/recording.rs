//! Recorded runs: where they are, what their first line says, and what is kept of a run.
//!
//! A recording is a file of JSON lines: who ran what, where and when, and then the events of one run with their real
//! times. Of the many looks at a run so many are kept as a chart can show.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use project::Part;
use project::Project;
use results::Provenance;
use serde_json::{Map, Value, json};
use traffic::event::Event as Step;

use crate::event::{Event, Header, Stamped, Tool};
use crate::runnable::Point;

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

/// The first line of a recording of a point that was run from this source.
pub fn header(point: &Point, source: &str, provenance: &Provenance) -> Stamped {
    let header = Header {
        program: point.program.clone(),
        preset: point.preset.clone(),
        params: point.params.clone(),
        command: point.typed(),
        source: source.to_owned(),
        provenance: provenance.clone(),
    };
    Stamped::tool(0, Tool::Recording(Box::new(header)))
}

/// The name of the case whose source a program's recordings are of.
pub fn case(part: Part, program: &str) -> String {
    format!("{part}/{program}")
}

/// The source that a recording says it is of; none if it is no recording.
pub fn source(path: &Path) -> Option<String> {
    let text = project::read_text(path).ok()?;
    match text.lines().next()?.parse::<Stamped>().ok()?.event {
        Event::Tool(Tool::Recording(header)) => Some(header.source),
        Event::Step(_) | Event::Tool(_) => None,
    }
}

/// What is kept of a run, one line an event: no more looks than these, and of each what a chart shows.
///
/// # Errors
///
/// If an event has a number that JSON cannot have.
pub fn kept(events: Vec<Stamped>, looks_max: u64) -> Result<Vec<Value>, serde_json::Error> {
    let last_ms = events.last().map_or(0, |event| event.t_ms);
    let apart_ms = APART_MS.max(last_ms / looks_max.max(1));
    let last_look = events
        .iter()
        .rposition(|stamped| matches!(stamped.event, Event::Step(Step::Progress { .. })));
    let mut shown_ms = None;
    let mut is_shown = true;
    let mut since = Since::default();
    let mut kept = Vec::new();
    for (number, mut stamped) in events.into_iter().enumerate() {
        let is_kept = match &stamped.event {
            Event::Tool(Tool::Building { .. }) => false,
            Event::Step(Step::Progress { .. }) => {
                is_shown = Some(number) == last_look
                    || shown_ms.is_none_or(|shown| stamped.t_ms >= shown + apart_ms);
                if is_shown {
                    shown_ms = Some(stamped.t_ms);
                }
                is_shown
            }
            // What the stages do belongs to the look in front of it.
            Event::Step(Step::Stage { .. }) => is_shown,
            Event::Step(_) | Event::Tool(_) => true,
        };
        if is_kept {
            since.tell(&mut stamped);
            kept.push(reduced(stamped)?);
        }
    }
    Ok(kept)
}

/// What the last look that was kept said. A look tells of the time since the one before it, and some of those are left out.
#[derive(Default)]
struct Since {
    t_ms: u64,
    lines: u64,
    /// Of each stage, its busy time and its workers' time.
    stages: BTreeMap<String, (u64, u64)>,
}

impl Since {
    /// Lets a look tell of the time since the last one that was kept.
    fn tell(&mut self, stamped: &mut Stamped) {
        let t_ms = stamped.t_ms;
        match &mut stamped.event {
            Event::Step(Step::Start { .. }) => self.t_ms = t_ms,
            Event::Step(Step::Progress {
                lines, lines_per_s, ..
            }) => {
                let between_ms = t_ms.saturating_sub(self.t_ms);
                // The last look may come right behind the one before it.
                if between_ms >= APART_MS / 2 {
                    let more = lines.saturating_sub(self.lines);
                    *lines_per_s = more as f64 * 1000.0 / between_ms as f64;
                }
                (self.t_ms, self.lines) = (t_ms, *lines);
            }
            Event::Step(Step::Stage {
                name,
                busy,
                busy_ms,
                worker_ms,
                ..
            }) => {
                let before = self.stages.insert(name.clone(), (*busy_ms, *worker_ms));
                let (busy_before, had_before) = before.unwrap_or_default();
                let had_ms = worker_ms.saturating_sub(had_before);
                if had_ms >= APART_MS / 2 {
                    let share = busy_ms.saturating_sub(busy_before) as f64 / had_ms as f64;
                    *busy = share.min(1.0);
                }
            }
            Event::Step(_) | Event::Tool(_) => {}
        }
    }
}

/// An event without what no page shows.
fn reduced(mut stamped: Stamped) -> Result<Value, serde_json::Error> {
    if let Event::Step(Step::End(outcome)) = &mut stamped.event {
        outcome.rows.truncate(ROWS_MAX);
    }
    let mut value = serde_json::to_value(&stamped)?;
    let Some(fields) = value.as_object_mut() else {
        return Ok(value);
    };
    match stamped.event {
        Event::Step(Step::Progress { .. }) => {
            round(fields, "lines_per_s", 1.0);
            fields.remove("bytes");
        }
        Event::Step(Step::Stage { .. }) => {
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
        Event::Step(_) | Event::Tool(_) => {}
    }
    Ok(value)
}

fn round(fields: &mut Map<String, Value>, name: &str, parts: f64) {
    if let Some(value) = fields.get(name).and_then(Value::as_f64) {
        fields.insert(name.to_owned(), json!((value * parts).round() / parts));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stage that was busy in a fifth of its time, at a look at it.
    fn stage(busy: f64, look: u64) -> Step {
        Step::Stage {
            name: "read".to_owned(),
            done: 3,
            busy,
            busy_ms: 2 * look,
            waiting_ms: 1,
            messages: 3,
            waits: 3,
            depth: 1,
            capacity: 64,
            workers: 2,
            worker_ms: 10 * look,
        }
    }

    /// A report of so many rows.
    fn outcome(rows: usize) -> traffic::event::Outcome {
        let row = traffic::Row {
            holder: "h".to_owned(),
            route: "/".to_owned(),
            hits: 1,
            bytes: 1,
            errors: 0,
        };
        let report = traffic::Report::default();
        traffic::event::Outcome::new("s", &report, vec![row; rows], 1.0, false)
    }

    #[test]
    fn looks_are_thinned_and_the_last_one_stays() {
        let step = |t_ms, event| Stamped {
            t_ms,
            event: Event::Step(event),
            whole: None,
        };
        let plan = traffic::Plan::default();
        let mut events = vec![step(0, Step::start("s", 9, &plan))];
        for look in 0..2000 {
            let t_ms = look * 10;
            let progress = Step::Progress {
                lines: look,
                bytes: 9,
                lines_per_s: 1234.567,
            };
            events.push(step(t_ms, progress));
            events.push(step(t_ms, stage(0.12345, look)));
        }
        events.push(step(20_000, Step::End(outcome(20))));
        let kept = kept(events, 40).expect("JSON");
        let looks: Vec<&Value> = kept.iter().filter(|e| e["event"] == "progress").collect();
        assert!((30..=42).contains(&looks.len()), "{}", looks.len());
        assert_eq!(looks.last().expect("looks")["lines"], 1999);
        assert_eq!(looks[0]["lines_per_s"], 1235.0);
        assert_eq!(
            looks[1]["lines_per_s"], 100.0,
            "a look tells of the time since the one before it that was kept"
        );
        let stages: Vec<&Value> = kept.iter().filter(|e| e["event"] == "stage").collect();
        assert_eq!(stages.len(), looks.len());
        assert_eq!(
            stages[0],
            &json!({"event": "stage", "t_ms": 0, "name": "read", "busy": 0.12, "depth": 1, "capacity": 64, "workers": 2})
        );
        assert_eq!(stages[1]["busy"], 0.2);
        assert_eq!(
            kept.last().expect("an end")["rows"]
                .as_array()
                .map(Vec::len),
            Some(ROWS_MAX)
        );
    }
}
