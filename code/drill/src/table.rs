//! A schedule to be read: a line for each step, with its thread, its place and its code.

use crate::trace::{Step, Trace};

/// Longer schedules are not read by people; their end is shown.
const STEPS_SHOWN: usize = 40;

/// A step's thread, its place, and what it did.
type Row = [String; 3];

/// The schedule, behind a blank line; nothing if nothing was done.
pub(crate) fn written(trace: &Trace) -> String {
    let mut steps: Vec<Row> = (trace.steps.iter())
        .filter(|step| step.place.is_none() || is_own(step))
        .map(row)
        .collect();
    // A lock and what is done under it on the same line are one step to a reader.
    steps.dedup();
    let hidden = steps.len().saturating_sub(STEPS_SHOWN);
    steps.drain(..hidden);
    let waiting: Vec<Row> = trace.waiting.values().map(row).collect();
    let width = |column: usize| {
        let texts = steps.iter().chain(&waiting).map(|row| row[column].len());
        texts.max().unwrap_or(0)
    };
    let (threads, places) = (width(0), width(1));
    let lines = |rows: &[Row]| -> String {
        let line =
            |[thread, place, did]: &Row| format!("\n  {thread:threads$}  {place:places$}  {did}");
        rows.iter().map(line).collect()
    };
    let mut text = String::new();
    if hidden > 0 {
        text += &format!("\n\n  … {hidden} steps, and then");
    }
    if !steps.is_empty() {
        text += &format!("\n{}", lines(&steps));
    }
    if !waiting.is_empty() {
        text += &format!(
            "\n\nAt the end these had begun a step, and waited:\n{}",
            lines(&waiting)
        );
    }
    text
}

/// Whether a step is in the exercise's own code, and not in its judge's.
fn is_own(step: &Step) -> bool {
    step.place
        .is_some_and(|place| !place.file.ends_with("judge.rs"))
}

fn row(step: &Step) -> Row {
    let Some(place) = step.place.filter(|_| is_own(step)) else {
        return [step.thread.clone(), String::new(), step.did.clone()];
    };
    let file = place.file.rsplit('/').next().unwrap_or(place.file);
    let text = std::fs::read_to_string(place.file).unwrap_or_default();
    let code = text.lines().nth(place.line as usize - 1).map(str::trim);
    let did = match code {
        Some(code) => format!("{code}   // {}", step.did),
        None => step.did.clone(),
    };
    [step.thread.clone(), format!("{file}:{}", place.line), did]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::trace::Place;

    fn step(thread: &str, did: &str, file: Option<&'static str>) -> Step {
        Step {
            thread: thread.into(),
            did: did.into(),
            place: file.map(|file| Place { file, line: 1 }),
        }
    }

    #[test]
    fn steps_are_lines_and_the_judges_own_are_not_shown() {
        let waits = step("b", "receives", Some("elsewhere/lib.rs"));
        let trace = Trace {
            steps: vec![
                step("worker", "takes the lock", Some("elsewhere/lib.rs")),
                step("worker", "takes the lock", Some("elsewhere/judge.rs")),
                step("b", "the directory is asked", None),
            ],
            waiting: BTreeMap::from([("b".to_owned(), waits)]),
            deepest: 0,
        };
        assert_eq!(
            written(&trace),
            "\n\n  worker  lib.rs:1  takes the lock\n  b                 the directory is asked\n\n\
             At the end these had begun a step, and waited:\n\n  b       lib.rs:1  receives"
        );
        assert_eq!(written(&Trace::default()), "");
    }
}
