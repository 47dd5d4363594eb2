//! The programs that quizzes ask about do what their answers say: each is compiled and run.
//!
//! What came of a program is kept in `target`, by the program and the compiler, so that it is done once.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use pages::quiz::{Asks, Does, Quizzes};
use project::{Problem, Project};
use serde::{Deserialize, Serialize};

/// Where it is kept.
const KEPT: &str = "target/tracing";

/// A program that a reader is to trace is done in a moment; one that is not hangs.
const RUN_MAX: Duration = Duration::from_secs(10);

/// What came of a program.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
enum Came {
    /// It printed this.
    Printed(String),
    /// It ended otherwise than a program should: it panicked, or hung.
    Failed(String),
    /// The compiler's first error is in this line.
    ErrorIn(usize),
}

/// Compiles and runs the programs of all quizzes, and tells of each that does something else.
///
/// # Errors
///
/// If there is no compiler, or nothing can be written.
pub fn check(project: &Project) -> Result<Vec<Problem>> {
    let quizzes = Quizzes::load(project);
    let mut problems = Vec::new();
    let mut compiler = None;
    for chapter in quizzes.names() {
        for question in quizzes.of(chapter).unwrap_or_default() {
            let Asks::Tracing { program, does, .. } = &question.asks else {
                continue;
            };
            let version = match &compiler {
                Some(version) => version,
                None => compiler.insert(version()?),
            };
            let came = kept(project, program, version)?;
            problems.extend(differs(does, &came).map(|message| {
                Problem {
                    file: PathBuf::from("book/quizzes")
                        .join(chapter)
                        .with_extension("toml"),
                    line: Some(question.line),
                    message: format!("`{}`: {message}", question.id),
                }
            }));
        }
    }
    Ok(problems)
}

/// What is wrong with an answer, if anything is.
fn differs(does: &Does, came: &Came) -> Option<String> {
    match (does, came) {
        (Does::Prints(wanted), Came::Printed(printed)) if wanted == printed => None,
        (Does::FailsAt(wanted), Came::ErrorIn(line)) if wanted == line => None,
        (Does::Prints(wanted), Came::Printed(printed)) => Some(format!(
            "the program prints {printed:?}, and not {wanted:?}"
        )),
        (_, Came::Printed(printed)) => {
            Some(format!("the program compiles, and prints {printed:?}"))
        }
        (_, Came::ErrorIn(line)) => Some(format!(
            "the program does not compile: the first error is in line {line}"
        )),
        (_, Came::Failed(how)) => Some(format!("the program compiles, and {how}")),
    }
}

fn kept(project: &Project, program: &str, version: &str) -> Result<Came> {
    let mut hasher = DefaultHasher::new();
    (program, version).hash(&mut hasher);
    let folder = project.root.join(KEPT);
    let file = folder.join(format!("{:016x}.json", hasher.finish()));
    let known = std::fs::read_to_string(&file).ok();
    if let Some(came) = known.and_then(|text| serde_json::from_str(&text).ok()) {
        return Ok(came);
    }
    let scratch = project.scratch()?;
    let came = came(scratch.path(), program)?;
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    std::fs::write(&file, serde_json::to_string(&came)?)
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(came)
}

/// Compiles a program and, if that goes well, runs it.
fn came(folder: &Path, program: &str) -> Result<Came> {
    let (source, binary) = (folder.join("main.rs"), folder.join("main"));
    std::fs::write(&source, program).context("cannot write a program")?;
    let compiled = Command::new("rustc")
        .args([
            "--edition",
            "2024",
            "--error-format",
            "json",
            "-A",
            "warnings",
            "-o",
        ])
        .args([&binary, &source])
        .output()
        .context("cannot start rustc")?;
    if !compiled.status.success() {
        let told = String::from_utf8_lossy(&compiled.stderr);
        let line = told.lines().find_map(error_line);
        return Ok(Came::ErrorIn(
            line.context("rustc tells no line of its error")?,
        ));
    }
    run(&binary)
}

/// The line of a message of the compiler, if it is an error.
fn error_line(message: &str) -> Option<usize> {
    let message: serde_json::Value = serde_json::from_str(message).ok()?;
    if message["level"] != "error" {
        return None;
    }
    let mut spans = message["spans"].as_array()?.iter();
    let primary = spans.find(|span| span["is_primary"] == true)?;
    usize::try_from(primary["line_start"].as_u64()?).ok()
}

fn run(binary: &Path) -> Result<Came> {
    let mut child = Command::new(binary)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot start a program")?;
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if started.elapsed() > RUN_MAX {
            child.kill()?;
            child.wait()?;
            return Ok(Came::Failed("does not end".to_owned()));
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    // What it prints is little, and stays in the pipe.
    let mut printed = String::new();
    let mut output = child.stdout.take().context("its output is a pipe")?;
    output
        .read_to_string(&mut printed)
        .context("cannot read its output")?;
    if !status.success() {
        return Ok(Came::Failed(format!("ends with {status}")));
    }
    Ok(Came::Printed(printed.trim_end().to_owned()))
}

/// The compiler that programs are compiled with.
fn version() -> Result<String> {
    let output = Command::new("rustc").arg("--version").output();
    let output = output.context("cannot start rustc")?;
    ensure!(output.status.success(), "rustc does not tell its version");
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(program: &str) -> Came {
        let folder = tempfile::tempdir().expect("a folder");
        came(folder.path(), program).expect("compiled")
    }

    #[test]
    fn what_a_program_does_is_seen() {
        for (program, expected) in [
            (
                "fn main() {\n    println!(\"{}\", 1 + 1);\n}",
                Came::Printed("2".into()),
            ),
            ("fn main() {\n    let x: u8 = \"a\";\n}", Came::ErrorIn(2)),
            (
                "fn main() {\n    std::process::exit(3);\n}",
                Came::Failed("ends with exit status: 3".into()),
            ),
        ] {
            assert_eq!(of(program), expected, "{program}");
        }
    }

    #[test]
    fn an_answer_that_is_not_so_is_told() {
        let prints = |text: &str| Does::Prints(text.to_owned());
        let printed = Came::Printed("2".to_owned());
        assert_eq!(differs(&prints("2"), &printed), None);
        assert_eq!(differs(&Does::FailsAt(2), &Came::ErrorIn(2)), None);
        for (does, came) in [
            (prints("3"), printed.clone()),
            (Does::FailsAt(2), printed),
            (prints("2"), Came::ErrorIn(2)),
            (Does::FailsAt(3), Came::ErrorIn(2)),
            (prints("2"), Came::Failed("does not end".to_owned())),
        ] {
            assert!(differs(&does, &came).is_some(), "{does:?} {came:?}");
        }
    }

    /// Those of the book, the first time in some seconds, and then by what is kept.
    #[test]
    fn the_programs_of_the_book_do_what_its_answers_say() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let problems = check(&Project::at(root)).expect("a compiler");
        assert_eq!(problems, [], "{problems:#?}");
    }
}
