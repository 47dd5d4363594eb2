//! What a page hears of a run: one JSON object a line, from a program of today or from a recording.
//!
//! A step speaks in events itself ([`relayed`]); what other programs print is wrapped, line by line ([`output`]). The tool
//! adds what happens around them: the building, the command, the end.

use std::time::Duration;

use serde_json::{Map, Value, json};

/// The most of a line that is passed on, in bytes: more than a person reads.
const TEXT_MAX: usize = 4 << 10;
/// The rows of the report that are passed on; the page says how many there are.
const ROWS_MAX: usize = 20;
/// What a step may say, and our own benchmark. Everything else that it prints is output.
const SPOKEN: [&str; 8] = [
    "start",
    "progress",
    "stage",
    "directory",
    "latency",
    "staleness",
    "end",
    "measuring",
];

/// How a run has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitReason {
    /// The program ended by itself.
    Ended,
    /// Somebody asked for it.
    Stopped,
    /// It took too long.
    Deadline,
    /// It said too much.
    Flood,
    /// It could not be built or started.
    Failed,
}

impl ExitReason {
    fn name(self) -> &'static str {
        match self {
            ExitReason::Ended => "ended",
            ExitReason::Stopped => "stopped",
            ExitReason::Deadline => "deadline",
            ExitReason::Flood => "flood",
            ExitReason::Failed => "failed",
        }
    }
}

/// A line of what cargo says.
pub fn building(text: &str) -> Value {
    json!({"event": "building", "t_ms": 0, "text": cut(text)})
}

/// What a reader would type to run the same.
pub fn command(command: &str) -> Value {
    json!({"event": "command", "t_ms": 0, "command": command})
}

/// A line that a program has printed.
pub fn output(at: Duration, is_error: bool, text: &str) -> Value {
    let stream = if is_error { "err" } else { "out" };
    json!({"event": "output", "t_ms": ms(at), "stream": stream, "text": cut(text)})
}

/// The last line of a run: how it ended, its exit code if it has one, and a sentence about it.
pub fn exit(at: Duration, why: ExitReason, code: Option<i32>, text: &str) -> Value {
    json!({"event": "exit", "t_ms": ms(at), "why": why.name(), "code": code, "text": cut(text)})
}

/// The clock of a step, which begins when it starts to read, beside that of its process.
#[derive(Default)]
pub struct Clock {
    /// What the step's clock is behind the process's.
    behind_ms: Option<u64>,
}

/// What a step has said, by the clock of its process; none if it is not an event.
pub fn relayed(line: &str, clock: &mut Clock, at: Duration) -> Option<Value> {
    let mut event: Map<String, Value> = serde_json::from_str(line).ok()?;
    let is_spoken = SPOKEN.contains(&event.get("event")?.as_str()?);
    let t_ms = event.get("t_ms")?.as_u64()?;
    if !is_spoken {
        return None;
    }
    let behind_ms = *(clock.behind_ms).get_or_insert_with(|| ms(at).saturating_sub(t_ms));
    event.insert("t_ms".to_owned(), (t_ms + behind_ms).into());
    let rows = match event.get_mut("rows") {
        Some(Value::Array(rows)) => {
            let total = rows.len();
            rows.truncate(ROWS_MAX);
            Some(total)
        }
        _ => None,
    };
    if let Some(total) = rows {
        event.insert("rows_total".to_owned(), total.into());
    }
    Some(Value::Object(event))
}

fn ms(at: Duration) -> u64 {
    u64::try_from(at.as_millis()).unwrap_or(u64::MAX)
}

fn cut(text: &str) -> String {
    if text.len() <= TEXT_MAX {
        return text.to_owned();
    }
    text[..text.floor_char_boundary(TEXT_MAX)].to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Duration = Duration::from_millis(700);

    #[test]
    fn a_step_is_heard_by_the_clock_of_its_process() {
        let mut clock = Clock::default();
        let first = relayed(r#"{"t_ms":0,"event":"start","step":"s"}"#, &mut clock, AT);
        assert_eq!(first.expect("an event")["t_ms"], 700);
        let later = Duration::from_secs(9);
        let next = relayed(r#"{"t_ms":50,"event":"progress"}"#, &mut clock, later);
        assert_eq!(next.expect("an event")["t_ms"], 750);
    }

    #[test]
    fn a_report_is_cut_and_says_so() {
        let rows = vec![json!({"hits": 1}); 50];
        let line = json!({"t_ms": 1, "event": "end", "rows": rows}).to_string();
        let end = relayed(&line, &mut Clock::default(), AT).expect("an event");
        assert_eq!(end["rows"].as_array().map(Vec::len), Some(ROWS_MAX));
        assert_eq!(end["rows_total"], 50);
    }

    #[test]
    fn what_a_program_may_not_say_is_output() {
        for line in [
            "hello",
            "{}",
            r#"{"event":"exit","t_ms":1,"why":"ended"}"#,
            r#"{"event":"command","t_ms":1,"command":"rm"}"#,
            r#"{"event":"end"}"#,
            r#"["end"]"#,
        ] {
            assert_eq!(relayed(line, &mut Clock::default(), AT), None, "{line}");
        }
    }

    #[test]
    fn a_long_line_is_cut_between_characters() {
        let event = output(AT, false, &"é".repeat(TEXT_MAX));
        let text = event["text"].as_str().expect("text");
        assert!(text.len() <= TEXT_MAX + 3 && text.ends_with('…'));
    }
}
