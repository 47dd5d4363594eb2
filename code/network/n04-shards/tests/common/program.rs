//! The program as a process that a test looks after: it is never left running.

use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// What has not happened by then does not happen. Far longer than anything here takes.
pub const TIME_LIMIT: Duration = Duration::from_secs(60);

/// A running program.
#[derive(Debug)]
pub struct Program(Child);

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
        let child = Command::new(super::PROGRAM)
            .args(arguments)
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        Program(child.expect("the program is built"))
    }

    pub fn run(arguments: &[&str]) -> Ended {
        Program::start(arguments).ended()
    }

    pub fn pid(&self) -> Pid {
        pid(self.0.id())
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("it runs");
    }

    /// Its children, as soon as there are so many.
    pub fn children(&self, number: usize) -> Vec<Pid> {
        let mut children = Vec::new();
        until(&format!("{number} children"), || {
            children = children_of(self.0.id());
            children.len() == number
        });
        children
    }

    /// Waits for its end.
    pub fn ended(mut self) -> Ended {
        let read = |mut from: Box<dyn Read + Send>| {
            thread::spawn(move || {
                let mut text = String::new();
                let _ = from.read_to_string(&mut text);
                text
            })
        };
        let stdout = read(Box::new(self.0.stdout.take().expect("piped")));
        let stderr = read(Box::new(self.0.stderr.take().expect("piped")));
        let mut status = None;
        until("the end of the program", || {
            status = self.0.try_wait().expect("a child");
            status.is_some()
        });
        Ended {
            status: status.expect("it has ended"),
            stdout: stdout.join().expect("no panic"),
            stderr: stderr.join().expect("no panic"),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // If it has ended, both fail.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Ended {
    /// Asserts that it said one sentence and no report, and with which code it ended.
    pub fn assert_refused(&self, code: i32, sentence: &str) {
        self.assert_refused_by(&[(code, sentence)]);
    }

    /// The same, with one of several codes and sentences.
    pub fn assert_refused_by(&self, ways: &[(i32, &str)]) {
        let is_one = |&(code, sentence): &(i32, &str)| {
            self.status.code() == Some(code) && self.stderr.contains(sentence)
        };
        assert!(ways.iter().any(is_one), "{ways:?}: {self:?}");
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

fn children_of(parent: u32) -> Vec<Pid> {
    let parent = i32::try_from(parent).expect("a number of a process");
    let children = processes()
        .into_iter()
        .filter(|&(_, of, ended)| of == parent && !ended);
    children.filter_map(|(id, ..)| Pid::from_raw(id)).collect()
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
