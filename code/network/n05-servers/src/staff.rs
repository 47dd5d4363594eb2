//! The workers that a run sees to: those in processes of their own, and the one in this process.
//!
//! There is little to see to. Which worker has which range is known to the queue, and when one is lost the queue gives its ranges
//! to others. What is left for the run is to start a process again, and to work itself when no report comes.

use std::io::Write;
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};

use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;
use traffic::{Directory, Error};

use crate::kin::Process;
use crate::queue::Queue;
use crate::settings::Place;
use crate::start::Start;
use crate::working::{STAGE, work};

/// How often a place is filled again.
const RESTARTS: u32 = 3;

/// What a child reads first. What is on a command line all users of the machine could read.
#[derive(Debug, Serialize, Deserialize)]
pub struct Way {
    /// The URL of the queue's server.
    pub queue: String,
    /// The job.
    pub job: String,
}

/// The workers.
#[derive(Debug)]
pub struct Staff {
    way: Way,
    places: Vec<Place>,
    children: Vec<Option<(Process, ChildStdin)>>,
    lost: Vec<u32>,
    here: JoinSet<Result<std::convert::Infallible, String>>,
}

impl Staff {
    /// Starts a process for each place that wants one. To be called from a thread that lives as long as they should.
    ///
    /// # Errors
    ///
    /// One sentence, if one cannot be started.
    pub fn start(way: Way, places: &[Place]) -> Result<Staff, Error> {
        let mut staff = Staff {
            way,
            places: places.to_vec(),
            children: places.iter().map(|_| None).collect(),
            lost: vec![0; places.len()],
            here: JoinSet::new(),
        };
        for number in 0..places.len() {
            staff.fill(number)?;
        }
        Ok(staff)
    }

    /// How many processes there are.
    pub fn processes(&self) -> usize {
        self.children.iter().flatten().count()
    }

    /// Whether a place is in this process.
    pub fn wants_here(&self) -> bool {
        self.places.contains(&Place::Here)
    }

    /// Whether this process works.
    pub fn is_here(&self) -> bool {
        !self.here.is_empty()
    }

    /// Has this process work, too.
    pub fn work_here(&mut self, queue: &Queue, start: &Start, directory: &Directory) {
        self.here
            .spawn(work(queue.clone(), start.clone(), Some(directory.clone())));
    }

    fn fill(&mut self, number: usize) -> Result<(), Error> {
        let Place::Process(program) = &self.places[number] else {
            return Ok(());
        };
        let failed =
            |err: std::io::Error| Error::Refused(format!("cannot start a {STAGE} process: {err}"));
        let own = std::env::current_exe().map_err(failed)?;
        let program: &Path = program.as_deref().unwrap_or(&own);
        let mut command = Command::new(program);
        command
            .args(["--serve", STAGE])
            .stdin(Stdio::piped())
            .stdout(Stdio::null());
        let (process, stdin) = Process::start(&mut command).map_err(failed)?;
        let mut stdin = stdin.expect("it is piped");
        let mut line = serde_json::to_vec(&self.way).expect("text");
        line.push(b'\n');
        // One that has ended by now will be found to have.
        let _ = stdin.write_all(&line);
        self.children[number] = Some((process, stdin));
        Ok(())
    }

    /// Looks whether all still run, and starts again what does not; tells of it.
    ///
    /// # Errors
    ///
    /// One sentence, if a process cannot be started again.
    pub fn look(&mut self) -> Result<Vec<String>, Error> {
        let mut told = Vec::new();
        for number in 0..self.children.len() {
            let Some((process, _)) = &mut self.children[number] else {
                continue;
            };
            let Some(status) = process.has_ended() else {
                continue;
            };
            let name = format!(
                "worker {} of {STAGE} (process {})",
                number + 1,
                process.id()
            );
            told.push(format!(
                "{name} is lost, with {status}: what it had the queue gives to others"
            ));
            self.children[number] = None;
            self.lost[number] += 1;
            match self.lost[number] {
                lost if lost > RESTARTS => {
                    told.push(format!("place {} is not filled any more", number + 1));
                }
                _ => self.fill(number)?,
            }
        }
        Ok(told)
    }
}
