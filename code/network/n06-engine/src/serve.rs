//! A process that works for a run: `--serve worker`, which only the run starts.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;

use clap::Parser;
use traffic::{Directory, Input, Meter, OpenFile};

use crate::combine::Answers;
use crate::engine::{Seat, begin};
use crate::fate::{Event, end_with_any_thread};
use crate::lines::{hear, say, tell};
use crate::rights;
use crate::start::{GREETING, Order, Reply, Start};
use crate::work::Job;

/// What it is called on the command line.
pub const WORKER: &str = "worker";

/// Works in a dataflow on a run's behalf; standard input is the run
#[derive(Debug, Parser)]
#[command(name = env!("CARGO_PKG_NAME"), version)]
struct Arguments {
    /// What to be
    #[arg(long, value_name = "WHAT", value_parser = [WORKER])]
    serve: String,
}

/// Works for a run, if that is what the command line asks for.
pub fn main() -> Option<ExitCode> {
    std::env::args_os().find(|argument| argument.as_encoded_bytes().starts_with(b"--serve"))?;
    let arguments = Arguments::parse();
    // Where there is no such thing, the end of standard input has to be enough.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
    Some(match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!(
                "{} --serve {}: {why}",
                env!("CARGO_PKG_NAME"),
                arguments.serve
            );
            ExitCode::from(2)
        }
    })
}

fn serve() -> Result<(), String> {
    let run = standard_input().map_err(|err| format!("standard input is no run: {err}"))?;
    let gone = |err: io::Error| format!("the run is gone: {err}");
    tell(&run, GREETING).map_err(gone)?;
    let mut files = rights::take(&run).map_err(gone)?.into_iter();
    let mut orders = BufReader::new(run.try_clone().map_err(gone)?);
    let start: Start = hear(&mut orders).map_err(gone)?;
    let seat = Seat {
        process: start.process,
        threads: start.threads,
        sockets: sockets(&start, &mut files),
        bytes: Arc::default(),
    };
    let log = log(&start, files)?;
    log.map().map_err(|err| err.to_string())?;
    say(&run, &Reply::Ready).map_err(gone)?;
    let Order::Go = hear(&mut orders).map_err(gone)? else {
        return Ok(()); // ended before it began
    };
    let directory = Directory::with_policy(&start.directory[..], start.policy);
    let directory = directory.map_err(|err| err.to_string())?;
    let job = Arc::new(Job {
        log,
        answers: Answers::of(directory.table().ok()),
        epochs: start.epochs,
        key: start.key,
        combines: start.combines,
        stage: Meter::new().stage(WORKER),
    });
    end_with_any_thread();
    let (news, events) = channel();
    let obeying = thread::spawn({
        let job = Arc::clone(&job);
        move || obey(orders, &job.log)
    });
    begin(Arc::clone(&job), seat, news)?;
    match events
        .into_iter()
        .find(|event| !matches!(event, Event::News(..)))
    {
        Some(Event::Joined) => {
            say(&run, &Reply::Done(job.log.seen(), directory.stats())).map_err(gone)?;
            // A process that ends by itself is one that is lost: this one waits to be let go.
            let _ = obeying.join();
            Ok(())
        }
        _ => Err("the engine ended early".into()),
    }
}

/// Does what the run says, and ends with it.
fn obey(mut orders: impl BufRead, log: &Input) {
    while let Ok(order) = hear::<Order>(&mut orders) {
        if order == Order::Stop {
            log.stop();
        }
    }
    // What is under way is for a run that is gone.
    std::process::exit(0);
}

/// The rest of the files: the log.
fn log(start: &Start, files: impl Iterator<Item = OwnedFd>) -> Result<Input, String> {
    let open_file = |(number, (file, &end)): (usize, (OwnedFd, &u64))| OpenFile {
        name: format!("file {number}").into(),
        file: File::from(file),
        end,
    };
    let files: Vec<OpenFile> = files.zip(&start.ends).enumerate().map(open_file).collect();
    if files.len() < start.ends.len() {
        return Err("files of the log are missing".into());
    }
    Input::of_open_files(files).map_err(|err| err.to_string())
}

/// The first of the files: a socket to each other process.
fn sockets(start: &Start, files: &mut impl Iterator<Item = OwnedFd>) -> Vec<Option<UnixStream>> {
    let socket = |process: usize| {
        let is_other = process != start.process;
        is_other
            .then(|| files.next().map(UnixStream::from))
            .flatten()
    };
    (0..start.processes).map(socket).collect()
}

fn standard_input() -> io::Result<UnixStream> {
    let stream = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    stream.peer_addr()?;
    Ok(stream)
}
