//! The judge of the judges: each exercise as it is given fails, its solution passes, and each mutant is refused by the
//! promise that it is said to break.
//!
//! All versions of an exercise are compiled into one program, each in a module with a judge of its own, and the program is run
//! once a version: to link one program for each would take longer than all else.

mod crates;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use project::cargo::{self, cargo};
use project::exercises::Exercise;
use project::{Problem, Project};

use self::crates::{Crates, Version};
use super::judge::{self, End, Judged};
use crate::interrupt::Interrupt;

/// The variable by which a judge is told to measure no time; `drill::judge::UNTIMED` is the same.
const UNTIMED: &str = "DRILL_UNTIMED";

/// What is wrong with these exercises, of all that is found only by compiling and running them.
///
/// # Errors
///
/// If cargo or a judge cannot be run.
pub fn prove(
    project: &Project,
    exercises: &[Exercise],
    interrupt: &Interrupt,
) -> Result<Vec<Problem>> {
    if exercises.is_empty() {
        return Ok(Vec::new());
    }
    let crates = Crates::write(project, exercises)?;
    let mut problems = Vec::new();
    problems.extend(unformatted(project, exercises)?);
    problems.extend(with_lints(project, &crates)?);
    let programs = build(project, &crates)?;
    let mut runs = Vec::new();
    for exercise in exercises {
        match programs.get(&exercise.name) {
            Some(program) => runs.extend(
                Version::all(exercise)
                    .into_iter()
                    .map(|version| (exercise, program, version)),
            ),
            None => problems.push(problem(
                exercise.folder(),
                "a version of this exercise does not compile; the compiler's messages stand above",
            )),
        }
    }
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Ok(problems));
    let work = || {
        // Relaxed: a number is taken once, whatever else is seen of the others.
        while let Some((exercise, program, version)) =
            runs.get(next.fetch_add(1, Ordering::Relaxed))
        {
            let mut command = Command::new(program);
            command.arg(version.name()).current_dir(&project.root);
            command.env(UNTIMED, "1");
            let judged = judge::run(&mut command, interrupt);
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            match (judged, &mut *found) {
                (Ok(judged), Ok(problems)) => problems.extend(wrong(exercise, version, &judged)),
                (Err(error), _) => *found = Err(error),
                (Ok(_), Err(_)) => return,
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// What is wrong with a version that came out so.
fn wrong(exercise: &Exercise, version: &Version, judged: &Judged) -> Option<Problem> {
    let file = version.file(exercise);
    let broken = judged.first_broken().map(|promise| promise.name.as_str());
    let how = || match &judged.end {
        End::Cut(why) => format!(" (the judge could not go on: {why})"),
        End::Whole | End::Stopped => String::new(),
    };
    match version {
        _ if judged.end == End::Stopped => None,
        Version::Given if broken.is_none() => {
            Some(problem(file, "as it is given, it passes its judge"))
        }
        Version::Given => None,
        Version::Solution if judged.is_right() => None,
        Version::Solution => {
            let why = judged.first_broken().map_or("", |promise| &promise.why);
            Some(problem(
                file,
                format!(
                    "the solution breaks the promise `{}`{}: {why}",
                    broken.unwrap_or("of every judge, to judge something"),
                    how()
                ),
            ))
        }
        Version::Mutant(name) => {
            let expected = &exercise.about.mutants[name].found_by;
            match broken {
                Some(broken) if broken == expected => None,
                Some(broken) => Some(problem(
                    file,
                    format!(
                        "the mutant is found by `{broken}`, and exercise.toml says by `{expected}`{}",
                        how()
                    ),
                )),
                None => Some(problem(file, "the mutant passes the judge")),
            }
        }
    }
}

fn problem(file: PathBuf, message: impl Into<String>) -> Problem {
    Problem {
        file,
        line: None,
        message: message.into(),
    }
}

/// The programs by the names of their exercises, as far as they compile.
fn build(project: &Project, crates: &Crates) -> Result<BTreeMap<String, PathBuf>> {
    let mut command = in_crates(project, crates, "build");
    command
        .args(["--package", crates::JUDGES, "--keep-going"])
        .arg("--message-format=json-render-diagnostics")
        .stderr(Stdio::inherit());
    let output = command.output().context("cannot run cargo")?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let built = messages.lines().filter_map(cargo::built);
    Ok(built
        .map(|built| (built.target, built.executable))
        .collect())
}

/// The lints of the workspace, on solutions and judges.
fn with_lints(project: &Project, crates: &Crates) -> Result<Option<Problem>> {
    let mut command = in_crates(project, crates, "clippy");
    command.args(["--package", crates::LINTED, "--", "-D", "warnings"]);
    let status = command.status().context("cannot run cargo")?;
    Ok((!status.success()).then(|| {
        problem(
            PathBuf::from(project::exercises::FOLDER),
            "a solution or a judge does not compile without lints; the messages stand above",
        )
    }))
}

fn in_crates(project: &Project, crates: &Crates, verb: &str) -> Command {
    let mut command = cargo();
    command
        .args([verb, "--quiet", "--manifest-path"])
        .arg(crates.manifest())
        .stdin(Stdio::null());
    if std::env::var_os("CARGO_TARGET_DIR").is_none() {
        command.arg("--target-dir").arg(project.root.join("target"));
    }
    command
}

/// The files that rustfmt would write in another way.
fn unformatted(project: &Project, exercises: &[Exercise]) -> Result<Option<Problem>> {
    let files = exercises.iter().flat_map(|exercise| {
        let versions = Version::all(exercise);
        let versions = versions.into_iter().map(|version| version.file(exercise));
        versions
            .chain([exercise.file("judge.rs")])
            .collect::<Vec<_>>()
    });
    let output = Command::new("rustfmt")
        .args(["--check", "--edition", "2024", "-l"])
        .args(files.map(|file| project.root.join(file)))
        .stdin(Stdio::null())
        .output()
        .context("cannot run rustfmt")?;
    let listed = String::from_utf8_lossy(&output.stdout);
    ensure!(
        output.status.success() || !listed.trim().is_empty(),
        "rustfmt: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let listed = listed
        .lines()
        .map(|line| project.shown(Path::new(line)).display().to_string());
    let listed: Vec<String> = listed.collect();
    Ok((!listed.is_empty()).then(|| {
        problem(
            PathBuf::from(project::exercises::FOLDER),
            format!("not formatted: {}", listed.join(", ")),
        )
    }))
}

#[cfg(test)]
mod tests;
