//! What pages ask of programs: which there are, to run one, to measure one; and which exercises are solved.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use pages::event::Stamped;
use pages::runnable::{self, Refused};
use project::{catalog, exercises};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::process::Command;
use tokio::sync::mpsc;

use super::admit::Admission;
use crate::live::run::{Job, Runner};
use crate::live::worker::NotKilled;

/// The largest request: ten times what a page sends.
pub const REQUEST_MAX: usize = 4 << 10;

/// What these routes need.
#[derive(Clone)]
pub struct Runs {
    /// Who may ask.
    pub admission: Arc<Admission>,
    /// Who does it.
    pub runner: Runner,
}

/// `POST /api/run`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RunRequest {
    program: String,
    preset: Option<String>,
    #[serde(default)]
    params: BTreeMap<String, u64>,
}

/// `POST /api/measure`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureRequest {
    program: String,
}

/// `POST /api/kill`, in which there is nothing to say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KillRequest {}

/// `GET /api/programs`: the table, as far as pages need to know it.
pub async fn programs() -> Response {
    answer(json!({"programs": runnable::entries()}))
}

/// `GET /api/exercises`: which exercises were begun on this machine, and whether each is solved.
pub async fn exercises(State(runs): State<Runs>) -> Response {
    answer(json!({"exercises": exercises::done(runs.runner.project())}))
}

/// `POST /api/run`: runs a point of the table.
pub async fn run(State(runs): State<Runs>, headers: HeaderMap, body: Bytes) -> Response {
    let job = move || {
        let RunRequest {
            program,
            preset,
            params,
        } = parsed(&body)?;
        let point = runnable::point(&program, preset.as_deref(), &params).map_err(refusal)?;
        Ok(Job::Program(point))
    };
    runs.begin(&headers, job)
}

/// `POST /api/measure`: measures the cases of a program quickly, beside the book's.
pub async fn measure(State(runs): State<Runs>, headers: HeaderMap, body: Bytes) -> Response {
    let project = runs.runner.project().clone();
    let job = move || {
        let MeasureRequest { program } = parsed(&body)?;
        let unknown = || refusal(Refused::Program(program.clone()));
        let entry = runnable::entry(&program).ok_or_else(unknown)?;
        let found = catalog::find(&project.root, &entry.name).map_err(|_| unknown())?;
        let Some(suite) = found.part.suite() else {
            let text = format!("there is no suite that measures {program}\n");
            return Err((StatusCode::NOT_FOUND, text));
        };
        let ourselves = std::env::current_exe().map_err(|_| {
            let text = "the tool cannot find itself\n".to_owned();
            (StatusCode::INTERNAL_SERVER_ERROR, text)
        })?;
        // The claims of its chapter compare it with its parent.
        let only = match found.parent {
            Some(parent) => format!("{parent},{}", found.name),
            None => found.name,
        };
        let mut command = Command::new(ourselves);
        command
            .args(["bench", suite, "--only", &only])
            .args(["--quick", "--events"])
            .current_dir(&project.root);
        Ok(Job::Command(command))
    };
    runs.begin(&headers, job)
}

/// `POST /api/kill`: kills a worker of the program that runs.
pub async fn kill(State(runs): State<Runs>, headers: HeaderMap, body: Bytes) -> Response {
    if let Err(refusal) = runs.admission.admit(&headers) {
        return refusal.into_response();
    }
    if let Err(refusal) = parsed::<KillRequest>(&body) {
        return refusal.into_response();
    }
    match runs.runner.kill_worker().await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(why @ NotKilled::None) => (StatusCode::CONFLICT, why.sentence()).into_response(),
        Err(why @ NotKilled::Failed) => {
            (StatusCode::INTERNAL_SERVER_ERROR, why.sentence()).into_response()
        }
    }
}

/// Why a request is not fulfilled: the status, and a sentence.
type Refusal = (StatusCode, String);

impl Runs {
    fn begin(&self, headers: &HeaderMap, job: impl FnOnce() -> Result<Job, Refusal>) -> Response {
        if let Err(refusal) = self.admission.admit(headers) {
            return refusal.into_response();
        }
        let job = match job() {
            Ok(job) => job,
            Err(refusal) => return refusal.into_response(),
        };
        let Some(turn) = self.runner.turn() else {
            return (StatusCode::CONFLICT, "something else is running\n").into_response();
        };
        stream(self.runner.begin(turn, job))
    }
}

/// The events as lines of JSON, as they come. When the connection ends, the receiver is dropped, and the run with it.
fn stream(events: mpsc::Receiver<Stamped>) -> Response {
    let lines = stream::unfold(events, |mut events| async {
        let event = events.recv().await?;
        let line = serde_json::to_string(&event).ok()?;
        Some((Ok::<_, Infallible>(line + "\n"), events))
    });
    let headers = [(header::CONTENT_TYPE, "application/x-ndjson")];
    (headers, Body::from_stream(lines)).into_response()
}

/// A value as JSON.
pub fn answer(value: impl Serialize) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json")];
    (headers, json!(value).to_string()).into_response()
}

fn parsed<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| (StatusCode::BAD_REQUEST, format!("{error}\n")))
}

fn refusal(refused: Refused) -> Refusal {
    let status = match refused {
        Refused::Program(_) => StatusCode::NOT_FOUND,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    (status, format!("{refused}\n"))
}
