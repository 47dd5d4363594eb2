//! `workbook keys`: keys and certificates for the workers of a step on other machines.
//!
//! The step makes them itself (`--make-keys`), since it is the step that will believe them. What is added here is what to do
//! with them.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};
use project::{Part, Program, Project, catalog, suggest};
use stage::compile::{self, Profile};
use stage::terminal;

use crate::cli;

/// What a step has that can make keys.
const SOURCE: &str = "src/keys.rs";

/// The files that each worker's machine needs; a run needs those of the same names with `run` instead of `worker`.
const OF_A_WORKER: [&str; 3] = ["authority.pem", "worker.pem", "worker.key"];

/// Has a step make keys in a folder, and says what to copy where.
pub fn keys(project: &Project, args: &cli::Keys) -> Result<ExitCode> {
    let step = step(project, args.step.as_deref())?;
    // The step runs in the reader's own folder, but its message names the folder as it was given.
    if has_keys(&args.folder) {
        bail!(
            "{} holds keys already, which are not overwritten",
            args.folder.display()
        );
    }
    let executable = compile::executable(project, &step, Profile::of(args.debug))?;
    let made = Command::new(&executable)
        .arg("--make-keys")
        .arg(&args.folder)
        .stdout(Stdio::null())
        .status()
        .with_context(|| format!("cannot run {}", executable.display()))?;
    if !made.success() {
        bail!("{} has made no keys", step.name);
    }
    terminal::out(&told(&step, &args.folder))?;
    Ok(ExitCode::SUCCESS)
}

/// The step that is meant: without a name the last one that can make keys.
fn step(project: &Project, name: Option<&str>) -> Result<Program> {
    let mut steps = catalog::programs(&project.root)?;
    steps.retain(|step| {
        step.part == Part::Network && project.root.join(&step.path).join(SOURCE).is_file()
    });
    match name {
        None => steps.pop().context("no step of this book makes keys"),
        Some(name) => match steps.iter().find(|step| step.name == name) {
            Some(step) => Ok(step.clone()),
            None => bail!(
                "there is no step named {name} that makes keys{}",
                suggest::meant(name, steps.iter().map(|step| step.name.as_str()))
                    .map_or_else(String::new, |near| format!("; did you mean {near}?"))
            ),
        },
    }
}

/// Whether a folder holds any of the files.
fn has_keys(folder: &Path) -> bool {
    let of_both = OF_A_WORKER.map(|name| [name.to_owned(), name.replace("worker", "run")]);
    of_both
        .iter()
        .flatten()
        .any(|name| folder.join(name).exists())
}

fn told(step: &Program, folder: &Path) -> String {
    let name = &step.name;
    let files: Vec<PathBuf> = OF_A_WORKER.map(|file| folder.join(file)).into();
    let files: Vec<String> = files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    let folder = folder.display();
    format!(
        "{folder} holds keys for {name} and its workers, and for no other program. The authority that has signed them is \
         gone: to replace one, make all of them anew.\n\n\
         To each worker's machine copy these, and nothing else of them:\n\n  {}\n\n\
         Start the worker there, and the run here, where the folder stays:\n\n  \
         {name} --serve STAGE --listen HOST:PORT --keys FOLDER\n  \
         cargo run --release -- run {name} -- FILE --place STAGE=HOST:PORT --keys {folder}\n\n\
         `cargo run --release -- run {name} -- --help` tells the stages.\n",
        files.join("\n  ")
    )
}
