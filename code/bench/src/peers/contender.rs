//! A program that is given a log and answers with the report: a peer's script, or a step of ours.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use super::answer::Answer;
use super::says::Says;
use crate::said::last_line;
use crate::usage::{Usage, Watch};

/// How a log is given to a program, and what its answer looks like.
#[derive(Clone, Debug)]
pub(super) struct Contender {
    pub name: String,
    /// What stands in the brackets of its case: `workers=1`, or nothing.
    pub parameter: String,
    pub program: PathBuf,
    /// What follows the log.
    pub arguments: Vec<String>,
    pub says: Says,
}

/// One finished run.
pub(super) struct Run {
    pub seconds: f64,
    pub usage: Usage,
    pub output: Vec<u8>,
}

/// A peer by its script.
pub(super) fn peer(
    name: &str,
    script: &Path,
    says: Says,
    table: &Path,
    threads: usize,
) -> Contender {
    Contender {
        name: name.to_owned(),
        parameter: String::new(),
        program: script.to_owned(),
        arguments: vec![table.to_string_lossy().into_owned(), threads.to_string()],
        says,
    }
}

/// A step of ours; its table is the built-in one, which is the peers' file.
pub(super) fn step(binaries: &Path, name: &str, parameter: &str, arguments: &str) -> Contender {
    let arguments = format!("--format json {arguments}");
    Contender {
        name: name.to_owned(),
        parameter: parameter.to_owned(),
        program: binaries.join(name),
        arguments: arguments.split_whitespace().map(str::to_owned).collect(),
        says: Says::Step,
    }
}

impl Contender {
    /// The same, told one thing more, as another case.
    pub fn with(&self, parameter: &str, flag: &str) -> Contender {
        let mut other = self.clone();
        other.parameter = parameter.to_owned();
        other.arguments.push(flag.to_owned());
        other
    }

    /// The name of its case on a log: `peers/duckdb[workload=wide]`.
    pub fn case(&self, log: &str) -> String {
        let parameters: Vec<&str> = [self.parameter.as_str(), log]
            .into_iter()
            .filter(|parameter| !parameter.is_empty())
            .collect();
        if parameters.is_empty() {
            return format!("peers/{}", self.name);
        }
        format!("peers/{}[{}]", self.name, parameters.join(","))
    }

    /// What it says of its version.
    ///
    /// # Errors
    ///
    /// Why it cannot be run here: the last line that it said.
    pub fn version(&self) -> Result<String, String> {
        match self.says {
            Says::Step => Ok("this book's".to_owned()),
            Says::Rows | Says::GoAccess => version_of(&mut Command::new(&self.program)),
        }
    }

    /// Runs it on a log, from before its start until it has ended.
    ///
    /// It writes into a file, so that no reader has to keep up with it.
    ///
    /// # Errors
    ///
    /// Why it failed: the last line that it said.
    pub fn run(&self, log: &Path) -> Result<Run, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let (out, err) = (folder.path().join("out"), folder.path().join("err"));
        let create = |path: &Path| File::create(path).map_err(|error| error.to_string());
        let (stdout, stderr) = (create(&out)?, create(&err)?);
        let start = Instant::now();
        let mut child = Command::new(&self.program)
            .arg(log)
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(stdout)
            .stderr(stderr)
            .spawn()
            .map_err(|error| error.to_string())?;
        let usage = Watch::new(&child).wait(&child);
        let seconds = start.elapsed().as_secs_f64();
        let usage = usage.map_err(|error| {
            // Whether it still runs is not known then, and it shall not.
            let _ = child.kill();
            format!("{error:#}")
        })?;
        let read = |path: &Path| std::fs::read(path).map_err(|error| error.to_string());
        if !usage.succeeded {
            return Err(last_line(&read(&err)?, "it failed and said nothing"));
        }
        Ok(Run {
            seconds,
            usage,
            output: read(&out)?,
        })
    }

    /// What its output says.
    ///
    /// # Errors
    ///
    /// If that is no answer at all.
    pub fn answer(&self, output: &[u8]) -> Result<Answer, String> {
        match self.says {
            Says::Rows => Answer::of_rows(output),
            Says::Step => Answer::of_step(output),
            Says::GoAccess => Answer::of_goaccess(output),
        }
    }
}

/// The version of a program that says it, in one line.
pub(super) fn version_of(command: &mut Command) -> Result<String, String> {
    let output = command
        .arg("--version")
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(last_line(&output.stderr, &output.status.to_string()));
    }
    let said = String::from_utf8_lossy(&output.stdout);
    Ok(said.lines().next().unwrap_or_default().trim().to_owned())
}
