//! The command lines of what is not the run: workers, and what looks after servers.

use std::io::{self, BufRead, BufReader};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;
use tokio::time::sleep;

use crate::kin::{become_another, clean, die_with_parent};
use crate::queue::Queue;
use crate::settings::{At, job, nats};
use crate::staff::Way;
use crate::start::Start;
use crate::working::{STAGE, work};

/// How often a worker looks whether there is a job.
const LOOKS: Duration = Duration::from_millis(200);

/// The subject under which a worker says that it is there. That is said once, and need not be kept.
pub const HERE: &str = "here";

/// Works on a job's ranges, on other processes' behalf
#[derive(Debug, Parser)]
#[command(name = env!("CARGO_PKG_NAME"), version)]
struct Arguments {
    /// The stage to work as: lookup
    #[arg(long, value_name = "STAGE", value_parser = [STAGE])]
    serve: String,
    /// The queue's server. Without it, the first line of standard input says where it is, and the worker ends with that input
    #[arg(long, value_name = "[TOKEN@]HOST:PORT", value_parser = nats, requires = "job")]
    nats: Option<At>,
    /// The job to work for, one run of it after another, until Ctrl-C
    #[arg(long, value_name = "NAME", value_parser = job, requires = "nats")]
    job: Option<String>,
}

/// Does what is not the run's, if that is what the command line asks for.
pub fn main() -> Option<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    arguments
        .iter()
        .find(|argument| argument.starts_with("--serve"))?;
    match &arguments[..] {
        [_, what, parent, program, arguments @ ..] if what == "exec" => {
            return Some(become_another(parent, program, arguments));
        }
        [_, what, folder] if what == "janitor" => return Some(clean(folder.as_ref())),
        _ => {}
    }
    let arguments = Arguments::parse();
    let outcome = match Runtime::new() {
        Ok(runtime) => {
            let outcome = runtime.block_on(serve(arguments));
            // What is still under way is given to another worker.
            runtime.shutdown_background();
            outcome
        }
        Err(err) => Err(err.to_string()),
    };
    Some(match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{} --serve {STAGE}: {why}", env!("CARGO_PKG_NAME"));
            ExitCode::from(2)
        }
    })
}

async fn serve(arguments: Arguments) -> Result<(), String> {
    match (arguments.nats, arguments.job) {
        (Some(At::There(queue)), Some(job)) => {
            eprintln!("{STAGE} works for the job {job}; Ctrl-C ends it");
            tokio::select! {
                failed = work_for(Way { queue, job }) => failed,
                told = told_to_end() => told.map_err(|err| err.to_string()),
            }
        }
        _ => {
            die_with_parent();
            let mut stdin = BufReader::new(io::stdin());
            let mut line = String::new();
            stdin.read_line(&mut line).map_err(|err| err.to_string())?;
            let way = serde_json::from_str(&line).map_err(|err| err.to_string())?;
            let (gone_in, gone) = oneshot::channel();
            std::thread::spawn(move || {
                // Nothing else comes: that it ends is the word.
                let _ = io::copy(&mut stdin, &mut io::sink());
                let _ = gone_in.send(());
            });
            tokio::select! {
                failed = work_for(way) => failed,
                _ = gone => Ok(()),
            }
        }
    }
}

/// Waits until a person or a manager says that it is enough. Where this is the first process of a container, no signal ends it
/// that it does not ask for.
async fn told_to_end() -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        _ = interrupt.recv() => Ok(()),
    }
}

/// Works until what is told is that there is nothing to work on, which never comes: a worker is ended, and does not end.
async fn work_for(way: Way) -> Result<(), String> {
    let queue = loop {
        match Queue::connect(&way.queue, &way.job).await {
            Ok(queue) => break queue,
            Err(_) => sleep(LOOKS).await,
        }
    };
    loop {
        let Some(start) = Start::read(&queue).await? else {
            sleep(LOOKS).await;
            continue;
        };
        let said = queue.subject(HERE);
        let number = std::process::id().to_string();
        let _ = queue.client().publish(said, number.into()).await;
        tokio::select! {
            failed = work(queue.clone(), start.clone(), None) => return failed.map(|never| match never {}),
            () = another(&queue, &start) => {}
        }
    }
}

/// Waits until the queue says something else: another run of the job has begun.
async fn another(queue: &Queue, start: &Start) {
    loop {
        sleep(LOOKS).await;
        if let Ok(Some(now)) = Start::read(queue).await
            && now.bytes() != start.bytes()
        {
            return;
        }
    }
}
