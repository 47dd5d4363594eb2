//! `workbook bench` of a fork: it and its parent, one after the other, several times.
//!
//! A fork cannot be in the criterion bench, which is compiled with the book's steps, and to compile one
//! more bench for it would take longer than to measure it. So both run as whole processes, as a reader
//! would run them, and what is compared is what they say of themselves: from the first byte of input to
//! the sorted report. That is not how the book's bars were measured, where a program is warm; so a fork is
//! compared with its parent beside it, and with nothing else.

mod board;
mod sentence;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use bench::collect::About;
use bench::pair::Pair;
use project::Part;
use project::Project;
use project::{Program, catalog};
use results::{Metric, Summary};
use stage::compile::{self, Profile};
use stage::terminal;
use traffic::event::Outcome;
use traffic::harness::thousands;
use traffic::oracle::{Rule, differences};

use crate::check::attempt::{self, Ended};
use crate::check::{self, INTERRUPTED, Scope};
use crate::cli;
use crate::interrupt::Interrupt;

/// The lines of the book's chart of all steps.
const LINES: u64 = 20_000;

/// A first step asks for every line: so many take it some seconds.
const LINES_OF_A_ROOT: u64 = 2_000;

/// The lines of the book's chart of the fast steps.
const LINES_LONG: (u64, &str) = (1_000_000, "[lines=1M]");

/// Whose parent is as fast as this, in lines a second, reads the long log, too.
const FAST: f64 = 200_000.0;

/// How long a run may take.
const TIME_LIMIT: Duration = Duration::from_secs(120);

/// Measures a fork and its parent, if the fork is right.
///
/// # Errors
///
/// If the fork has no parent, or stands on no step of the book, one of the two does not build, or a run fails.
pub fn measure(project: &Project, fork: &Program, args: &cli::Bench) -> Result<ExitCode> {
    let parent = fork.parent.as_deref().with_context(|| {
        let manifest = fork.path.join("Cargo.toml");
        format!(
            "{} does not say of which step it is a fork: [package.metadata.workbook] needs `title` and `parent`",
            manifest.display()
        )
    })?;
    let parent = catalog::find(&project.root, parent)?;
    let lines = lines_of(project, fork)?;
    let profile = Profile::of(args.debug);
    let executables = [&parent, fork].map(|one| compile::executable(project, one, profile));
    let [parent_executable, fork_executable] = executables;
    let mut sitting = Sitting {
        project,
        parent: (&parent.name, parent_executable?),
        fork: (&fork.name, fork_executable?),
        rounds: if args.quick { 3 } else { 5 },
        interrupt: Interrupt::listen()?,
        pair: Pair::begin(),
    };
    let executable = &sitting.fork.1;
    let judgement = check::judge(project, fork, executable, Scope::Quick, &sitting.interrupt)?;
    if judgement.stopped {
        return Ok(ExitCode::from(INTERRUPTED));
    }
    if !check::tell(&fork.name, &judgement)? {
        terminal::note("a wrong answer is not worth measuring: nothing was filed");
        return Ok(ExitCode::FAILURE);
    }
    let mut logs = vec![lines];
    let Some(mut said) = sitting.compare(lines, "")? else {
        return Ok(ExitCode::from(INTERRUPTED));
    };
    terminal::out(&said.sentence)?;
    if said.parent.median > FAST {
        logs.push(LINES_LONG.0);
        said = match sitting.compare(LINES_LONG.0, LINES_LONG.1)? {
            Some(said) => said,
            None => return Ok(ExitCode::from(INTERRUPTED)),
        };
        terminal::out(&said.sentence)?;
    }
    let attempt = board::Attempt {
        fork: fork.name.clone(),
        parent: parent.name.clone(),
        lines: logs.last().copied().unwrap_or(lines),
        rate: said.fork.median,
        parent_rate: said.parent.median,
    };
    terminal::out(&board::add(project, &attempt)?)?;
    let file = sitting.file(&logs, args)?;
    terminal::note(&format!(
        "it is filed in {}; the pages that are served here draw it",
        project.shown(&file).display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// How many lines the chart of all steps would give to the step that a fork stands on, or nearly.
///
/// # Errors
///
/// If there is no such step: the forks stand on one another.
fn lines_of(project: &Project, fork: &Program) -> Result<u64> {
    let mut step = fork.clone();
    let mut forks: Vec<String> = Vec::new();
    while step.part == Part::Fork
        && let Some(parent) = step.parent
    {
        if forks.contains(&step.name) {
            bail!(
                "the parents of {} lead in a circle: one of them must be a step of the book",
                forks.join(" and ")
            );
        }
        forks.push(step.name);
        step = catalog::find(&project.root, &parent)?;
    }
    Ok(match step.parent {
        Some(_) => LINES,
        None => LINES_OF_A_ROOT,
    })
}

/// The two programs, and what they did so far.
struct Sitting<'a> {
    project: &'a Project,
    parent: (&'a str, PathBuf),
    fork: (&'a str, PathBuf),
    rounds: usize,
    interrupt: Interrupt,
    pair: Pair,
}

/// What a comparison came to.
struct Said {
    parent: Summary,
    fork: Summary,
    sentence: String,
}

impl Sitting<'_> {
    /// Runs both in turns on so many lines; none if the reader has ended it.
    fn compare(&mut self, lines: u64, parameters: &str) -> Result<Option<Said>> {
        let bar = terminal::measuring();
        bar.set_length(2 * (self.rounds as u64 + 1));
        let mut rates: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        // The first round wakes the machine up and is not counted.
        for round in 0..=self.rounds {
            let mut turns = [&self.parent, &self.fork];
            if round % 2 == 1 {
                turns.reverse(); // each comes second as often as the other
            }
            let mut reports = Vec::new();
            for (name, executable) in turns {
                bar.set_message(format!("{name}, {} lines", thousands(lines)));
                let Some(report) = self.run(name, executable, lines)? else {
                    return Ok(None);
                };
                if round > 0 {
                    let rate = lines as f64 / report.seconds;
                    rates.entry(name).or_default().push(rate);
                    let case = format!("{}/{name}{parameters}", self.fork.0);
                    self.pair.add(&case, rate);
                }
                reports.push(report);
                bar.inc(1);
            }
            if !differences(&reports[0], &reports[1], Rule::Equal).is_empty() {
                bail!(
                    "{} and {} disagree about {} lines of the workload steady with seed 1",
                    self.fork.0,
                    self.parent.0,
                    thousands(lines)
                );
            }
        }
        bar.finish_and_clear();
        let summary = |name: &str| {
            let metric = Metric {
                unit: "lines/s".to_owned(),
                samples: rates[name].clone(),
            };
            metric.summary()
        };
        let (parent, fork) = (summary(self.parent.0), summary(self.fork.0));
        Ok(Some(Said {
            sentence: sentence::of((self.fork.0, fork), (self.parent.0, parent), lines),
            parent,
            fork,
        }))
    }

    fn run(&self, name: &str, executable: &Path, lines: u64) -> Result<Option<Outcome>> {
        let arguments = ["--lines".to_owned(), lines.to_string()];
        let root = &self.project.root;
        match attempt::run(executable, &arguments, root, TIME_LIMIT, &self.interrupt)? {
            Ended::Report(report) => Ok(Some(report)),
            Ended::Badly(why) => bail!("{name} with {}: {why}", arguments.join(" ")),
            Ended::Stopped => Ok(None),
        }
    }

    fn file(self, logs: &[u64], args: &cli::Bench) -> Result<PathBuf> {
        let logs: Vec<String> = logs.iter().copied().map(thousands).collect();
        let mut command = format!("cargo run --release -- bench {}", self.fork.0);
        for (flag, given) in [(" --quick", args.quick), (" --debug", args.debug)] {
            command += if given { flag } else { "" };
        }
        let about = About {
            suite: self.fork.0,
            workload: &format!(
                "whole processes with their own directory, in turns; steady, seed 1, {} lines",
                logs.join(" and ")
            ),
            command: &command,
        };
        let into = self.project.own_results();
        let (_, file) = self.pair.file(&self.project.root, &into, &about)?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forks_that_stand_on_one_another_are_told_and_not_followed_for_ever() {
        let (folder, project) = project::testing::sample();
        let fork = |name: &str, parent: &str| {
            let path = folder.path().join("my-work").join(name);
            std::fs::create_dir_all(&path).expect("created");
            let manifest = format!(
                "[package]\nname = \"{name}\"\ndescription = \"d\"\n[package.metadata.workbook]\ntitle = \"T\"\nparent = \"{parent}\"\n"
            );
            std::fs::write(path.join("Cargo.toml"), manifest).expect("written");
        };
        let lines = |name: &str| {
            let found = catalog::find(&project.root, name).expect("a fork");
            lines_of(&project, &found).map_err(|error| error.to_string())
        };
        fork("my-first", "s00-baseline");
        fork("my-cache", "s01-cache");
        fork("my-third", "my-cache");
        assert_eq!(lines("my-first"), Ok(LINES_OF_A_ROOT));
        assert_eq!(lines("my-third"), Ok(LINES));
        fork("my-cache", "my-third");
        let said = lines("my-third").expect_err("they stand on one another");
        assert!(
            said.contains("of my-third and my-cache lead in a circle"),
            "{said}"
        );
        fork("my-first", "my-first");
        let said = lines("my-first").expect_err("it stands on itself");
        assert!(said.contains("of my-first lead in a circle"), "{said}");
    }
}
