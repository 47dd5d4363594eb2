//! The program as a process that a test looks after: it is never left running.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// What has not happened by then does not happen. Far longer than anything here takes.
pub const TIME_LIMIT: Duration = Duration::from_secs(60);

/// A running program, and what it has told so far.
#[derive(Debug)]
pub struct Program {
    child: Child,
    told: Arc<Mutex<String>>,
    telling: Option<JoinHandle<()>>,
}

/// What a program came to.
#[derive(Debug)]
pub struct Ended {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
}

impl Program {
    pub fn start(arguments: &[&str]) -> Program {
        Program::start_reading(Stdio::null(), arguments)
    }

    /// With something as its standard input.
    pub fn start_reading(stdin: impl Into<Stdio>, arguments: &[&str]) -> Program {
        traffic::testing::process::hear_interrupts();
        let child = Command::new(super::PROGRAM)
            .args(arguments)
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.expect("the program is built");
        let stderr = BufReader::new(child.stderr.take().expect("piped"));
        let told = Arc::<Mutex<String>>::default();
        let telling = thread::spawn({
            let told = told.clone();
            move || {
                for line in stderr.lines().map_while(Result::ok) {
                    let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
                    told.push_str(&line);
                    told.push('\n');
                }
            }
        });
        Program {
            child,
            told,
            telling: Some(telling),
        }
    }

    pub fn run(arguments: &[&str]) -> Ended {
        Program::start(arguments).ended()
    }

    pub fn pid(&self) -> Pid {
        pid(self.child.id())
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("it runs");
    }

    /// Its children that have a word on their command line, as they are now, each with that line.
    pub fn children(&self, word: &str) -> Vec<(Pid, String)> {
        let listed = Command::new("ps")
            .args(["-A", "-ww", "-o", "pid=,ppid=,args="])
            .output();
        let listed = listed.expect("there is a ps on every system that we know");
        let text = String::from_utf8_lossy(&listed.stdout).into_owned();
        let child = |line: &str| {
            let mut words = line.split_whitespace();
            let (id, parent): (i32, u32) =
                (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
            let is_one = parent == self.child.id() && line.contains(word);
            is_one
                .then(|| Pid::from_raw(id))?
                .map(|pid| (pid, line.to_owned()))
        };
        text.lines().filter_map(child).collect()
    }

    /// What it and its children do now, for a test that has waited for too long.
    pub fn state(&self) -> String {
        let listed = Command::new("ps")
            .args(["-A", "-L", "-o", "pid=,ppid=,stat=,wchan=,args="])
            .output();
        let text = String::from_utf8_lossy(&listed.expect("see above").stdout).into_owned();
        let id = self.child.id().to_string();
        let is_ours = |line: &&str| line.split_whitespace().take(2).any(|word| word == id);
        text.lines().filter(is_ours).collect::<Vec<_>>().join("\n")
    }

    /// The workers that have greeted so far, as soon as there are so many: in their order, and those among them that
    /// have ended. (That a child is started says little: killed before it has greeted it held nothing, and stopped then
    /// it is lost before the run begins.)
    pub fn at_work(&self, number: usize) -> Vec<Pid> {
        let mut workers = Vec::new();
        until(&format!("{number} workers at work"), || {
            workers = self.greeted();
            workers.len() >= number
        });
        workers
    }

    /// `a worker (process 4242) is at work`, for each of them.
    fn greeted(&self) -> Vec<Pid> {
        self.told_of("a worker", "is at work")
    }

    /// A server that was started so often: the number of its process.
    pub fn server(&self, program: &str, times: usize) -> Pid {
        let mut started = Vec::new();
        until(&format!("{program} that was started {times} times"), || {
            started = self.told_of(program, "is started");
            started.len() >= times
        });
        started[times - 1]
    }

    /// The numbers in sentences as `nats-server (process 4242) is started`.
    fn told_of(&self, who: &str, what: &str) -> Vec<Pid> {
        let told = self.told();
        let lines = told.lines().filter_map(|line| {
            let (_, rest) = line.split_once(&format!("{who} (process "))?;
            let (id, _) = rest.split_once(&format!(") {what}"))?;
            Some(pid(id.parse().ok()?))
        });
        lines.collect()
    }

    /// What it has told on standard error so far.
    pub fn told(&self) -> String {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.clone()
    }

    /// Waits for its end.
    pub fn ended(self) -> Ended {
        let ended = self.ended_within(TIME_LIMIT);
        ended.unwrap_or_else(|state| panic!("no end of the program:\n{state}"))
    }

    /// Waits for its end for so long, or tells what it does then.
    pub fn ended_within(mut self, limit: Duration) -> Result<Ended, String> {
        let mut stdout = self.child.stdout.take().expect("piped");
        let report = thread::spawn(move || {
            let mut text = String::new();
            let _ = stdout.read_to_string(&mut text);
            text
        });
        let deadline = Instant::now() + limit;
        let status = loop {
            match self.child.try_wait().expect("a child") {
                Some(status) => break status,
                None if Instant::now() > deadline => return Err(self.state()),
                None => thread::sleep(Duration::from_millis(5)),
            }
        };
        Ok(Ended {
            status,
            stdout: report.join().expect("no panic"),
            stderr: {
                let telling = self.telling.take().expect("it is taken here only");
                telling.join().expect("no panic");
                self.told()
            },
        })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // If it has ended, both fail.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Ended {
    /// Asserts that it said one sentence and no report, and with which code it ended.
    pub fn assert_refused(&self, code: i32, sentence: &str) {
        assert_eq!(self.status.code(), Some(code), "{self:?}");
        assert!(self.stderr.contains(sentence), "{self:?}");
        assert_eq!(self.stderr.trim_end().lines().count(), 1, "{self:?}");
        assert_eq!(self.stdout, "", "{self:?}");
    }

    /// The report's rows, and how many lines it is about.
    pub fn report(&self) -> (serde_json::Value, u64) {
        let report: serde_json::Value = serde_json::from_str(&self.stdout)
            .unwrap_or_else(|err| panic!("no report ({err}): {self:?}"));
        (
            report["rows"].clone(),
            report["lines"].as_u64().expect("a number"),
        )
    }
}

/// Waits until something is so.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + TIME_LIMIT;
    while !is_so() {
        assert!(Instant::now() < deadline, "no {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

pub fn pid(id: u32) -> Pid {
    Pid::from_raw(id.try_into().expect("a number of a process")).expect("not 0")
}

/// Whether a process runs, or is stopped; one that has ended and was not waited for does not.
pub fn is_running(pid: Pid) -> bool {
    processes()
        .iter()
        .any(|&(id, _, ended)| id == pid.as_raw_pid() && !ended)
}

/// All processes: number, parent, and whether it has ended.
fn processes() -> Vec<(i32, i32, bool)> {
    let listed = Command::new("ps")
        .args(["-A", "-o", "pid=,ppid=,stat="])
        .output();
    let listed = listed.expect("there is a ps on every system that we know");
    let text = String::from_utf8(listed.stdout).expect("numbers");
    let process = |line: &str| {
        let mut words = line.split_whitespace();
        let (id, parent) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        Some((id, parent, words.next()?.starts_with('Z')))
    };
    text.lines().filter_map(process).collect()
}
