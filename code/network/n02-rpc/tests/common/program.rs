//! The program as a process that a test looks after: it is never left running.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// What has not happened by then does not happen. Far longer than anything here takes.
pub const TIME_LIMIT: Duration = Duration::from_secs(60);

/// A running program, and what it has printed so far.
#[derive(Debug)]
pub struct Program {
    child: Child,
    printed: Arc<Mutex<String>>,
    /// Reads what it prints, and then gives what it has told on standard error. Taken when it has ended.
    reading: Option<JoinHandle<String>>,
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
        let stdout = BufReader::new(child.stdout.take().expect("piped"));
        let mut stderr = child.stderr.take().expect("piped");
        let printed = Arc::<Mutex<String>>::default();
        let telling = thread::spawn(move || {
            let mut text = String::new();
            let _ = stderr.read_to_string(&mut text);
            text
        });
        let reading = thread::spawn({
            let printed = Arc::clone(&printed);
            move || {
                for line in stdout.lines().map_while(Result::ok) {
                    let mut printed = printed.lock().unwrap_or_else(PoisonError::into_inner);
                    printed.push_str(&line);
                    printed.push('\n');
                }
                telling.join().expect("no panic")
            }
        });
        Program {
            child,
            printed,
            reading: Some(reading),
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

    /// Its children, as soon as there are so many. That they are started says no more than that: they may not have
    /// greeted yet.
    pub fn children(&self, number: usize) -> Vec<Pid> {
        let mut children = Vec::new();
        until(&format!("{number} children"), || {
            children = children_of(self.child.id());
            children.len() == number
        });
        children
    }

    /// Its children, so many, as soon as all have greeted: nothing is read before that. To be asked of a program that
    /// prints `--events`.
    pub fn at_work(&self, number: usize) -> Vec<Pid> {
        let has_read =
            |line: &str| line.contains(r#""event":"progress""#) && !line.contains(r#""lines":0,"#);
        until("line that is read", || {
            let printed = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
            printed.lines().any(has_read)
        });
        self.children(number)
    }

    /// Waits for its end.
    pub fn ended(mut self) -> Ended {
        let mut status = None;
        until("the end of the program", || {
            status = self.child.try_wait().expect("a child");
            status.is_some()
        });
        let reading = self.reading.take().expect("it is taken here only");
        let stderr = reading.join().expect("no panic");
        let printed = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        Ended {
            status: status.expect("it has ended"),
            stdout: printed.clone(),
            stderr,
        }
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
        assert!(!self.stdout.contains(r#""rows""#), "{self:?}");
    }

    /// The report's rows, and how many lines it is about: all that is printed, or the last event.
    pub fn report(&self) -> (serde_json::Value, u64) {
        let last = self.stdout.lines().last().unwrap_or_default();
        let report: serde_json::Value =
            serde_json::from_str(last).unwrap_or_else(|err| panic!("no report ({err}): {self:?}"));
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
    let is_it = |process: &Process| process.id == pid.as_raw_pid() && !process.has_ended;
    processes().iter().any(is_it)
}

/// A child that is not a program of its own yet is none: its parent waits for that, in the system, and a child that
/// is stopped just then stops both.
fn children_of(parent: u32) -> Vec<Pid> {
    let parent = i32::try_from(parent).expect("a number of a process");
    let is_child =
        |process: &Process| process.parent == parent && process.serves && !process.has_ended;
    let children = processes().into_iter().filter(is_child);
    children
        .filter_map(|process| Pid::from_raw(process.id))
        .collect()
}

struct Process {
    id: i32,
    parent: i32,
    has_ended: bool,
    /// Whether it was started to serve.
    serves: bool,
}

fn processes() -> Vec<Process> {
    let listed = Command::new("ps")
        .args(["-A", "-o", "pid=,ppid=,stat=,args="])
        .output();
    let listed = listed.expect("there is a ps on every system that we know");
    let text = String::from_utf8_lossy(&listed.stdout).into_owned();
    let process = |line: &str| {
        let mut words = line.split_whitespace();
        Some(Process {
            id: words.next()?.parse().ok()?,
            parent: words.next()?.parse().ok()?,
            has_ended: words.next()?.starts_with('Z'),
            serves: words.any(|word| word == "--serve"),
        })
    };
    text.lines().filter_map(process).collect()
}
