//! One run: build, start, pass on what it says, and see that it ends.
//!
//! A run is a task of its own and holds the only turn, so there is one run at a time, and the next may begin when
//! nothing is left of this one. It speaks into a channel. When nobody takes from the channel any more, it ends.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::Value;
use tokio::io::{AsyncRead, BufReader};
use tokio::process::Command;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::time::{sleep, timeout};

use super::build;
use super::event::{self, Clock, Why};
use super::group::Group;
use super::lines::Lines;
use super::table::Point;
use crate::catalog;
use crate::project::Project;

/// The longest run. The longest of the table takes half of it on a slow machine.
const DEADLINE: Duration = Duration::from_secs(60);
/// The longest build, or measurement: the whole workspace, from nothing, on two slow cores.
const BUILD_DEADLINE: Duration = Duration::from_mins(10);
/// The most that a run may say, in bytes: several times what the most talkative one says in a minute.
const OUTPUT_MAX: usize = 2 << 20;
/// What an event counts for: about what it is as a line.
const EVENT_SIZE: usize = 256;
/// The most that is read of a line: the report of a hundred thousand rows is one.
const LINE_MAX: usize = 32 << 20;
/// Events that wait for the page. When it does not keep up, the program waits.
const WAITING_MAX: usize = 64;
/// How long to wait for the last run when all is closed; it is killed after half a second.
const CLOSING: Duration = Duration::from_secs(2);

/// What is run.
pub enum Job {
    /// A program of the book, built if it has to be.
    Program(Point),
    /// A command of ours that speaks in events, or prints lines.
    Command(Command),
}

/// Runs jobs, one at a time.
#[derive(Clone)]
pub struct Runner {
    project: Project,
    turn: Arc<Semaphore>,
    closing: watch::Sender<bool>,
}

/// The right to run something. Whoever has it is the only one.
pub struct Turn(#[expect(dead_code, reason = "to hold it is its use")] OwnedSemaphorePermit);

impl Runner {
    /// A runner for the programs of this project.
    pub fn new(project: &Project) -> Runner {
        Runner {
            project: project.clone(),
            turn: Arc::new(Semaphore::new(1)),
            closing: watch::Sender::new(false),
        }
    }

    /// The project whose programs it runs.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The right to run something; none while something runs, or when all is about to end.
    pub fn turn(&self) -> Option<Turn> {
        let turn = Arc::clone(&self.turn).try_acquire_owned().ok()?;
        (!*self.closing.borrow()).then_some(Turn(turn))
    }

    /// Begins a job, and hands out what is heard of it. To drop the receiver ends the job.
    pub fn begin(&self, turn: Turn, job: Job) -> mpsc::Receiver<Value> {
        let (page, events) = mpsc::channel(WAITING_MAX);
        let mut closing = self.closing.subscribe();
        let project = self.project.clone();
        tokio::spawn(async move {
            let stopped = pin!(async {
                tokio::select! {
                    () = page.closed() => {}
                    _ = closing.wait_for(|closing| *closing) => {}
                }
            });
            let last = perform(&project, job, &page, stopped).await;
            let last = last.unwrap_or_else(|error| {
                event::exit(Duration::ZERO, Why::Failed, None, &format!("{error:#}"))
            });
            // The page may be gone.
            let _ = page.send(last).await;
            drop(turn);
        });
        events
    }

    /// Ends what runs, and lets nothing begin any more.
    pub async fn close(&self) {
        self.closing.send_replace(true);
        // The turn is free when nothing is left, and nothing can refuse to be killed.
        let _ = timeout(CLOSING, self.turn.acquire()).await;
    }
}

/// Where the events of a run go.
type Page = mpsc::Sender<Value>;

/// How a run ended, and the exit code if it ended by itself.
type End = (Why, Option<i32>);

/// Does a job to its end, and says which end it was.
async fn perform(
    project: &Project,
    job: Job,
    page: &Page,
    mut stopped: Pin<&mut impl Future<Output = ()>>,
) -> Result<Value> {
    let (mut command, deadline) = match job {
        Job::Command(command) => (command, BUILD_DEADLINE),
        Job::Program(point) => {
            let built = tokio::select! {
                built = built(project, &point, page) => Ok(built?),
                () = &mut stopped => Err(Why::Stopped),
                () = sleep(BUILD_DEADLINE) => Err(Why::Deadline),
            };
            match built {
                Ok(command) => (command, DEADLINE),
                Err(why) => return Ok(exit(Duration::ZERO, (why, None))),
            }
        }
    };
    let mut group = Group::start(&mut command)?;
    let began = Instant::now();
    let (why, code) = tokio::select! {
        end = hear(&mut group, began, page) => end?,
        () = &mut stopped => (Why::Stopped, None),
        () = sleep(deadline) => (Why::Deadline, None),
    };
    if why != Why::Ended {
        group.end().await;
    }
    Ok(exit(began.elapsed(), (why, code)))
}

/// Builds the program of a point, and tells how it is run.
async fn built(project: &Project, point: &Point, page: &Page) -> Result<Command> {
    let program = catalog::find(&project.root, &point.program)?;
    let executable = build::executable(project, &program, page).await?;
    let mut arguments = point.arguments.clone();
    if program.speaks_in_events() {
        arguments.push("--events".to_owned());
    }
    // Whether the page is still there is looked at elsewhere.
    let _ = page.send(event::command(&typed(point))).await;
    let mut command = Command::new(executable);
    command.args(arguments).current_dir(&project.root);
    Ok(command)
}

/// What a reader would type to run a point.
pub fn typed(point: &Point) -> String {
    let mut typed = format!("cargo run --release -- run {}", point.program);
    if !point.arguments.is_empty() {
        typed += &format!(" -- {}", point.arguments.join(" "));
    }
    typed
}

/// Passes on what a program says until it ends, or has said too much, or nobody listens.
async fn hear(group: &mut Group, began: Instant, page: &Page) -> Result<End> {
    let (out, err) = group.outputs().context("its output is not piped")?;
    let said = AtomicUsize::new(0);
    let ears = Ears {
        began,
        page,
        said: &said,
    };
    match tokio::try_join!(ears.listen(out, false), ears.listen(err, true)) {
        Ok(_) => Ok((Why::Ended, group.wait().await)),
        Err(why) => Ok((why, None)),
    }
}

/// One listener for both outputs.
struct Ears<'a> {
    began: Instant,
    page: &'a Page,
    said: &'a AtomicUsize,
}

impl Ears<'_> {
    async fn listen(&self, output: impl AsyncRead + Unpin, is_error: bool) -> Result<(), Why> {
        let mut lines = Lines::new(BufReader::new(output), LINE_MAX);
        let mut clock = Clock::default();
        while let Some(line) = lines.next().await {
            let at = self.began.elapsed();
            let spoken = (!is_error)
                .then(|| event::relayed(&line, &mut clock, at))
                .flatten();
            // A report is cut to what a page shows; what is printed counts as it was printed.
            let (event, size) = match spoken {
                Some(event) => (event, EVENT_SIZE),
                None => (event::output(at, is_error, &line), line.len()),
            };
            if self.said.fetch_add(size, Relaxed) + size > OUTPUT_MAX {
                return Err(Why::Flood);
            }
            self.page.send(event).await.map_err(|_| Why::Stopped)?;
        }
        Ok(())
    }
}

fn exit(at: Duration, (why, code): End) -> Value {
    let seconds = at.as_secs_f64();
    let text = match (why, code) {
        (Why::Ended, Some(0)) => format!("ended after {seconds:.1} s"),
        (Why::Ended, Some(code)) => format!("ended after {seconds:.1} s with exit code {code}"),
        (Why::Ended, None) => format!("was killed after {seconds:.1} s"),
        (Why::Stopped, _) => format!("stopped after {seconds:.1} s"),
        (Why::Deadline, _) => format!("stopped: it had not ended after {seconds:.0} s"),
        (Why::Flood, _) => "stopped: it said more than anybody would read".to_owned(),
        (Why::Failed, _) => "it could not be run".to_owned(),
    };
    event::exit(at, why, code, &text)
}
