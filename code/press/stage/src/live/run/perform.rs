//! One job: build, start, pass on what it says, and see that it ends.

use std::pin::Pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use pages::event::{ExitReason, Stamped, Stream};
use pages::runnable::Point;
use project::Project;
use project::catalog;
use tokio::io::{AsyncRead, BufReader};
use tokio::process::Command;
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

use super::super::build;
use super::super::event::{self, Clock};
use super::super::group::Group;
use super::super::job::{Job, Limits};
use super::super::kill::{Kills, Wish};
use super::super::lines::Lines;

/// The most that is read of a line: the report of a hundred thousand rows is one.
const LINE_MAX: usize = 32 << 20;
/// What an event counts for: about what it is as a line.
const EVENT_SIZE: usize = 256;

/// Where the events of a run go.
type Page = mpsc::Sender<Stamped>;

/// How a run ended, and the exit code if it ended by itself.
type End = (ExitReason, Option<i32>);

/// Does a job to its end, and says which end it was.
pub async fn perform(
    project: &Project,
    job: Job,
    limits: &Limits,
    page: &Page,
    wishes: mpsc::Receiver<Wish>,
    mut stopped: Pin<&mut impl Future<Output = ()>>,
) -> Result<Stamped> {
    let (mut command, deadline, after) = match job {
        Job::Command(command) => (command, limits.build, None),
        Job::Program(point) => {
            let built = tokio::select! {
                built = built(project, &point, page) => Ok(built?),
                () = &mut stopped => Err(ExitReason::Stopped),
                () = sleep(limits.build) => Err(ExitReason::Deadline),
            };
            match built {
                Ok(command) => (command, limits.run, point.kill_after),
                Err(why) => return Ok(exit(Duration::ZERO, (why, None))),
            }
        }
    };
    let mut group = Group::start(&mut command)?;
    let began = Instant::now();
    let (start, started) = oneshot::channel();
    let kills = Kills {
        after,
        started,
        wishes,
    };
    // While it is heard nothing has waited for it, so the number is its own.
    let id = group.id();
    let (why, code) = tokio::select! {
        end = hear(&mut group, began, limits.output, start, page) => end?,
        never = kills.go_on(id, began, page) => match never {},
        () = &mut stopped => (ExitReason::Stopped, None),
        () = sleep(deadline) => (ExitReason::Deadline, None),
    };
    if why != ExitReason::Ended {
        group.end().await;
    }
    Ok(exit(began.elapsed(), (why, code)))
}

/// Builds the program of a point, and tells how it is run.
async fn built(project: &Project, point: &Point, page: &Page) -> Result<Command> {
    let program = catalog::find(&project.root, &point.program)?;
    let executable = build::executable(project, &program, page).await?;
    let mut arguments = point.arguments.clone();
    if program.part.speaks_in_events() {
        arguments.push("--events".to_owned());
    }
    // Whether the page is still there is looked at elsewhere.
    let _ = page.send(event::command(&point.typed())).await;
    let mut command = Command::new(executable);
    command.args(arguments).current_dir(&project.root);
    Ok(command)
}

/// Passes on what a program says until it ends, or has said too much, or nobody listens.
async fn hear(
    group: &mut Group,
    began: Instant,
    max: usize,
    start: oneshot::Sender<()>,
    page: &Page,
) -> Result<End> {
    let (out, err) = group.outputs().context("its output is not piped")?;
    let said = AtomicUsize::new(0);
    let start = Mutex::new(Some(start));
    let reader = OutputReader {
        began,
        max,
        page,
        said: &said,
        start: &start,
    };
    match tokio::try_join!(
        reader.read(out, Stream::Output),
        reader.read(err, Stream::Error)
    ) {
        Ok(_) => Ok((ExitReason::Ended, group.wait().await)),
        Err(why) => Ok((why, None)),
    }
}

/// Reads both outputs of a program.
struct OutputReader<'a> {
    began: Instant,
    max: usize,
    page: &'a Page,
    said: &'a AtomicUsize,
    /// Told when the program begins to work.
    start: &'a Mutex<Option<oneshot::Sender<()>>>,
}

impl OutputReader<'_> {
    async fn read(&self, output: impl AsyncRead + Unpin, stream: Stream) -> Result<(), ExitReason> {
        let mut lines = Lines::new(BufReader::new(output), LINE_MAX);
        let mut clock = Clock::default();
        while let Some(line) = lines.next().await {
            let at = self.began.elapsed();
            let spoken = (stream == Stream::Output)
                .then(|| event::relayed(&line, &mut clock, at))
                .flatten();
            if spoken.is_some()
                && let Some(start) = self.start.lock().ok().and_then(|mut start| start.take())
            {
                // A run of which nothing is to be killed does not listen.
                let _ = start.send(());
            }
            // A report is cut to what a page shows; what is printed counts as it was printed.
            let (event, size) = match spoken {
                Some(event) => (event, EVENT_SIZE),
                None => (event::output(at, stream, &line), line.len()),
            };
            if self.said.fetch_add(size, Relaxed) + size > self.max {
                return Err(ExitReason::Flood);
            }
            self.page
                .send(event)
                .await
                .map_err(|_| ExitReason::Stopped)?;
        }
        Ok(())
    }
}

fn exit(at: Duration, (why, code): End) -> Stamped {
    let seconds = at.as_secs_f64();
    let text = match (why, code) {
        (ExitReason::Ended, Some(0)) => format!("ended after {seconds:.1} s"),
        (ExitReason::Ended, Some(code)) => {
            format!("ended after {seconds:.1} s with exit code {code}")
        }
        (ExitReason::Ended, None) => format!("was killed after {seconds:.1} s"),
        (ExitReason::Stopped, _) => format!("stopped after {seconds:.1} s"),
        (ExitReason::Deadline, _) => format!("stopped: it had not ended after {seconds:.0} s"),
        (ExitReason::Flood, _) => "stopped: it said more than anybody would read".to_owned(),
        (ExitReason::Failed, _) => "it could not be run".to_owned(),
    };
    event::exit(at, why, code, &text)
}
