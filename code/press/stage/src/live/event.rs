//! What of a run is passed on to a page ([`pages::event`]), and how much of it.
//!
//! A step speaks in events itself ([`relayed`]); what other programs print is wrapped, line by line ([`output`]). The tool
//! adds what happens around them: the building, the command, the end.

use std::time::Duration;

use pages::event::{Event, ExitReason, Stamped, Stream, Tool, Whole};
use sha2::{Digest, Sha256};
use traffic::Row;
use traffic::event::Event as Step;

/// The most of a line that is passed on, in bytes: more than a person reads.
const TEXT_MAX: usize = 4 << 10;
/// The rows of the report that are passed on; the page says how many there are.
const ROWS_MAX: usize = 20;

/// A line of what cargo says.
pub fn building(text: &str) -> Stamped {
    Stamped::tool(0, Tool::Building { text: cut(text) })
}

/// What a reader would type to run the same.
pub fn command(command: &str) -> Stamped {
    let command = command.to_owned();
    Stamped::tool(0, Tool::Command { command })
}

/// A line that a program has printed.
pub fn output(at: Duration, stream: Stream, text: &str) -> Stamped {
    let text = cut(text);
    Stamped::tool(ms(at), Tool::Output { stream, text })
}

/// What came of killing a worker.
pub fn kill(at: Duration, done: bool, text: &str) -> Stamped {
    let text = cut(text);
    Stamped::tool(ms(at), Tool::Kill { done, text })
}

/// The last line of a run: how it ended, its exit code if it has one, and a sentence about it.
pub fn exit(at: Duration, why: ExitReason, code: Option<i32>, text: &str) -> Stamped {
    let text = cut(text);
    Stamped::tool(ms(at), Tool::Exit { why, code, text })
}

/// The clock of a step, which begins when it starts to read, beside that of its process.
#[derive(Default)]
pub struct Clock {
    /// What the step's clock is behind the process's.
    behind_ms: Option<u64>,
}

/// What a step has said, by the clock of its process; none if it is no event that a program may say.
pub fn relayed(line: &str, clock: &mut Clock, at: Duration) -> Option<Stamped> {
    let mut stamped = Stamped::of_program(line).ok()?;
    let t_ms = stamped.t_ms;
    let behind_ms = *(clock.behind_ms).get_or_insert_with(|| ms(at).saturating_sub(t_ms));
    stamped.t_ms = t_ms + behind_ms;
    if let Event::Step(Step::End(outcome)) = &mut stamped.event {
        stamped.whole = Some(whole(&outcome.rows));
        outcome.rows.truncate(ROWS_MAX);
    }
    Some(stamped)
}

/// All rows in a few words.
fn whole(rows: &[Row]) -> Whole {
    let mut hash = Sha256::new();
    for Row {
        holder,
        route,
        hits,
        bytes,
        errors,
    } in rows
    {
        // Between texts stands what is in none of them.
        hash.update(format!("{holder}\0{route}\0{hits} {bytes} {errors}\0"));
    }
    let digest = hash.finalize();
    Whole {
        rows_total: rows.len(),
        hits_total: Some(rows.iter().map(|row| row.hits).sum()),
        digest: Some(
            digest[..8]
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        ),
    }
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
    use serde_json::{Value, json};

    use super::*;

    const AT: Duration = Duration::from_millis(700);

    /// What a page gets.
    fn json(stamped: &Stamped) -> Value {
        serde_json::to_value(stamped).expect("JSON")
    }

    #[test]
    fn a_step_is_heard_by_the_clock_of_its_process() {
        let mut clock = Clock::default();
        let first = r#"{"t_ms":0,"event":"directory","requests":0,"keys":0,"failures":0}"#;
        let first = relayed(first, &mut clock, AT);
        assert_eq!(json(&first.expect("an event"))["t_ms"], 700);
        let later = Duration::from_secs(9);
        let next = r#"{"t_ms":50,"event":"progress","lines":1,"bytes":9,"lines_per_s":1.0}"#;
        let next = relayed(next, &mut clock, later);
        assert_eq!(json(&next.expect("an event"))["t_ms"], 750);
    }

    #[test]
    fn a_report_is_cut_and_says_so() {
        let row = json!({"holder": "h", "route": "/", "hits": 1, "bytes": 1, "errors": 0});
        let line = json!({
            "t_ms": 1, "event": "end", "step": "s", "lines": 50, "malformed": 0, "unresolved": 0, "seconds": 1.0,
            "rows": vec![row; 50],
        });
        let end = relayed(&line.to_string(), &mut Clock::default(), AT);
        let end = json(&end.expect("an event"));
        assert_eq!(end["rows"].as_array().map(Vec::len), Some(ROWS_MAX));
        assert_eq!(end["rows_total"], 50);
        assert_eq!(end["hits_total"], 50);
    }

    #[test]
    fn reports_that_differ_in_a_row_that_is_not_shown_have_other_digests() {
        let row =
            |hits| json!({"holder": "h", "route": "/", "hits": hits, "bytes": 1, "errors": 0});
        let digest = |last: u64| {
            let mut rows = vec![row(1); 50];
            rows.push(row(last));
            let line = json!({
                "t_ms": 1, "event": "end", "step": "s", "lines": 51, "malformed": 0, "unresolved": 0, "seconds": 1.0,
                "rows": rows,
            });
            let end = relayed(&line.to_string(), &mut Clock::default(), AT);
            json(&end.expect("an event"))["digest"].clone()
        };
        assert!(digest(1).is_string());
        assert_eq!(digest(1), digest(1));
        assert_ne!(digest(1), digest(2));
    }

    #[test]
    fn what_a_program_may_not_say_is_output() {
        for line in [
            "hello",
            "{}",
            r#"{"event":"exit","t_ms":1,"why":"ended"}"#,
            r#"{"event":"exit","t_ms":1,"why":"ended","code":0,"text":"t"}"#,
            r#"{"event":"command","t_ms":1,"command":"rm"}"#,
            r#"{"event":"end"}"#,
            r#"["end"]"#,
        ] {
            assert_eq!(relayed(line, &mut Clock::default(), AT), None, "{line}");
        }
    }

    #[test]
    fn a_long_line_is_cut_between_characters() {
        let event = output(AT, Stream::Output, &"é".repeat(TEXT_MAX));
        let event = json(&event);
        let text = event["text"].as_str().expect("text");
        assert!(text.len() <= TEXT_MAX + 3 && text.ends_with('…'));
    }
}
