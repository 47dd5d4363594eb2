//! What a page hears of a run: one JSON object a line, from a program of today or from a recording.
//!
//! What a step says of itself are the events of its harness ([`traffic::event`]). The tool adds what happens around them:
//! the building, the command, what was printed, the end. The page's scripts know all of them by their names.

use std::str::FromStr;

use results::Provenance;
use serde::{Deserialize, Serialize};

/// An event, and when it was.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stamped {
    /// Milliseconds since the program was started.
    pub t_ms: u64,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
    /// With a report: what it was before it was cut.
    #[serde(flatten)]
    pub whole: Option<Whole>,
}

/// A whole report in a few words. Two that have the same are the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Whole {
    /// How many rows it has, of which the first are shown.
    pub rows_total: usize,
    /// The hits of all rows; earlier recordings do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hits_total: Option<u64>,
    /// A hash of all rows; earlier recordings do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

/// What a page hears.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Event {
    /// What a step says of itself.
    Step(traffic::event::Event),
    /// What the tool says around it.
    Tool(Tool),
}

/// What the tool says of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Tool {
    /// The first line of a recording.
    Recording(Box<Header>),
    /// A line of what cargo says.
    Building {
        /// The line.
        text: String,
    },
    /// What a reader would type to run the same.
    Command {
        /// That.
        command: String,
    },
    /// A line that a program has printed.
    Output {
        /// Where.
        stream: Stream,
        /// The line.
        text: String,
    },
    /// A worker was killed, or could not be.
    Kill {
        /// Whether it was.
        done: bool,
        /// A sentence about it.
        text: String,
    },
    /// How far a benchmark has come.
    Measuring {
        /// The cases that are measured.
        done: usize,
        /// All cases; none as long as their number is not known.
        total: usize,
        /// The one that is being measured.
        what: String,
    },
    /// The last line of a run.
    Exit {
        /// How it has ended.
        why: ExitReason,
        /// Its exit code, if it has one.
        code: Option<i32>,
        /// A sentence about it.
        text: String,
    },
}

/// Who ran what, where and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// The program, as the catalog calls it.
    pub program: String,
    /// The name of the preset.
    pub preset: String,
    /// A value for each parameter.
    pub params: std::collections::BTreeMap<String, u64>,
    /// What a reader would type to run the same.
    pub command: String,
    /// The hash of the source that ran.
    pub source: String,
    /// The machine, the compiler, the commit and the day.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Where a program prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stream {
    /// Its standard output.
    #[serde(rename = "out")]
    Output,
    /// Its standard error.
    #[serde(rename = "err")]
    Error,
}

/// How a run has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExitReason {
    /// The program ended by itself.
    Ended,
    /// The reader or the server has stopped it.
    Stopped,
    /// It took too long.
    Deadline,
    /// It said too much.
    Flood,
    /// It could not be built or started.
    Failed,
}

impl Stamped {
    /// Something that the tool says.
    pub fn tool(t_ms: u64, event: Tool) -> Stamped {
        Stamped {
            t_ms,
            event: Event::Tool(event),
            whole: None,
        }
    }

    /// Reads what a program says. It may say what a step does and what our benchmark does; what only the tool knows is
    /// not for a program to say.
    ///
    /// # Errors
    ///
    /// If the line is no such event.
    pub fn of_program(line: &str) -> Result<Stamped, serde_json::Error> {
        let stamped: Stamped = line.parse()?;
        match stamped.event {
            Event::Step(_) | Event::Tool(Tool::Measuring { .. }) => Ok(stamped),
            Event::Tool(
                Tool::Recording(_)
                | Tool::Building { .. }
                | Tool::Command { .. }
                | Tool::Output { .. }
                | Tool::Kill { .. }
                | Tool::Exit { .. },
            ) => Err(serde::de::Error::custom("not for a program to say")),
        }
    }
}

impl FromStr for Stamped {
    type Err = serde_json::Error;

    fn from_str(line: &str) -> Result<Stamped, serde_json::Error> {
        #[derive(Deserialize)]
        struct Around {
            t_ms: u64,
            #[serde(flatten)]
            event: Tool,
        }
        // A step's events first: a report is long, and serde would hold a copy of it to look for the tool's.
        let Ok(traffic::event::Stamped { t_ms, event }) = line.parse() else {
            let Around { t_ms, event } = serde_json::from_str(line)?;
            return Ok(Stamped::tool(t_ms, event));
        };
        Ok(Stamped {
            t_ms,
            event: Event::Step(event),
            whole: serde_json::from_str(line).ok(),
        })
    }
}

#[cfg(test)]
mod tests;
