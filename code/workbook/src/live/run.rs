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

/// What a run may cost.
#[derive(Clone, Copy)]
struct Limits {
    /// The longest run.
    run: Duration,
    /// The longest build, or measurement.
    build: Duration,
    /// The most that a run may say, in bytes.
    output: usize,
}

const LIMITS: Limits = Limits {
    // The longest of the table takes half of it on a slow machine.
    run: Duration::from_secs(60),
    // The whole workspace, from nothing, on two slow cores.
    build: Duration::from_mins(10),
    // Several times what the most talkative one says in a minute.
    output: 2 << 20,
};

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
    limits: Limits,
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
            limits: LIMITS,
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

    /// Whether something runs.
    pub fn is_busy(&self) -> bool {
        self.turn.available_permits() == 0
    }

    /// Begins a job, and hands out what is heard of it. To drop the receiver ends the job.
    pub fn begin(&self, turn: Turn, job: Job) -> mpsc::Receiver<Value> {
        let (page, events) = mpsc::channel(WAITING_MAX);
        let mut closing = self.closing.subscribe();
        let (project, limits) = (self.project.clone(), self.limits);
        tokio::spawn(async move {
            let stopped = pin!(async {
                tokio::select! {
                    () = page.closed() => {}
                    _ = closing.wait_for(|closing| *closing) => {}
                }
            });
            let last = perform(&project, job, &limits, &page, stopped).await;
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
    limits: &Limits,
    page: &Page,
    mut stopped: Pin<&mut impl Future<Output = ()>>,
) -> Result<Value> {
    let (mut command, deadline) = match job {
        Job::Command(command) => (command, limits.build),
        Job::Program(point) => {
            let built = tokio::select! {
                built = built(project, &point, page) => Ok(built?),
                () = &mut stopped => Err(Why::Stopped),
                () = sleep(limits.build) => Err(Why::Deadline),
            };
            match built {
                Ok(command) => (command, limits.run),
                Err(why) => return Ok(exit(Duration::ZERO, (why, None))),
            }
        }
    };
    let mut group = Group::start(&mut command)?;
    let began = Instant::now();
    let (why, code) = tokio::select! {
        end = hear(&mut group, began, limits.output, page) => end?,
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
async fn hear(group: &mut Group, began: Instant, max: usize, page: &Page) -> Result<End> {
    let (out, err) = group.outputs().context("its output is not piped")?;
    let said = AtomicUsize::new(0);
    let ears = Ears {
        began,
        max,
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
    max: usize,
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
            if self.said.fetch_add(size, Relaxed) + size > self.max {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Too short for whoever sleeps.
    const SHORT: Duration = Duration::from_millis(300);
    /// Longer than anything takes that ends by itself.
    const LONG: Duration = Duration::from_secs(30);

    /// The events of a shell script under a deadline, and with little that it may say.
    async fn events(script: &str, deadline: Duration) -> Vec<Value> {
        let project = Project::find().expect("the project");
        let mut runner = Runner::new(&project);
        runner.limits = Limits {
            run: Duration::ZERO, // for programs of the book
            build: deadline,
            output: 10_000,
        };
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let turn = runner.turn().expect("nothing runs");
        let mut heard = runner.begin(turn, Job::Command(command));
        assert!(runner.turn().is_none(), "one at a time");
        let mut events = Vec::new();
        while let Some(event) = heard.recv().await {
            events.push(event);
        }
        events
    }

    async fn end(script: &str, deadline: Duration) -> Value {
        (events(script, deadline).await.pop()).expect("an end")
    }

    #[tokio::test]
    async fn every_run_ends_and_says_how() {
        assert_eq!(end("true", LONG).await["code"], 0);
        assert_eq!(end("exit 7", LONG).await["code"], 7);
        assert_eq!(end("kill -9 $$", LONG).await["code"], Value::Null);
        for late in ["sleep 600", "trap '' TERM; while :; do sleep 1; done"] {
            assert_eq!(end(late, SHORT).await["why"], "deadline", "{late}");
        }
        for flood in ["yes", "yes >&2", "yes | tr -d '\\n'"] {
            assert_eq!(end(flood, LONG).await["why"], "flood", "{flood}");
        }
    }

    #[tokio::test]
    async fn what_a_program_leaves_behind_ends_with_it() {
        // The child has closed what it inherited, or its program would not be seen to end.
        let script = "sleep 600 >/dev/null 2>&1 & echo $!";
        let events = events(script, LONG).await;
        let pid: i32 = (events[0]["text"].as_str().expect("text").parse()).expect("a number");
        let pid = rustix::process::Pid::from_raw(pid).expect("a number of a process");
        for _ in 0..100 {
            if rustix::process::test_kill_process(pid).is_err() {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("the child is still there");
    }

    #[tokio::test]
    async fn nothing_begins_when_all_is_closed() {
        let project = Project::find().expect("the project");
        let runner = Runner::new(&project);
        let mut command = Command::new("sleep");
        command.arg("600");
        let turn = runner.turn().expect("nothing runs");
        let mut heard = runner.begin(turn, Job::Command(command));
        runner.close().await;
        assert_eq!(heard.recv().await.expect("an end")["why"], "stopped");
        assert!(runner.turn().is_none());
    }
}
