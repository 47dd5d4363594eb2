//! `workbook fork`: a copy of a step, for the reader to change.
//!
//! A fork is a small workspace of its own: the book's lock file and its checks never see it, and it
//! can be broken without breaking anything else. What it inherits from the book's workspace is written
//! out in its manifest, so that it builds alike.

mod copy;
mod manifest;
mod name;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use project::Part;
use project::Project;
use project::{Program, catalog};
use stage::terminal;

use crate::cli;

/// Tells cargo, when it is called in a fork, where compiled dependencies are already.
const CARGO_CONFIG: &str = "# Forks share what is compiled with the book's programs.\n\
                            [build]\ntarget-dir = \"../target\"\n";

/// Copies the step, and says what to do next.
pub fn fork(project: &Project, args: &cli::Fork) -> Result<ExitCode> {
    let step = catalog::find(&project.root, &args.step)?;
    // A fork is judged by its report, and drawn beside its parent.
    ensure!(
        step.part.has_reports(),
        "{} is a program of Part I, and only a step can be forked: change it in {}",
        step.name,
        step.path.display()
    );
    let taken = name::taken(project)?;
    name::check(&args.name, &taken)?;
    let folder = project.root.join(Part::Fork.folder()).join(&args.name);
    ensure!(
        !folder.exists(),
        "{} is there already, and is not overwritten",
        project.shown(&folder).display()
    );
    share_target(project)?;
    if let Err(error) = make(project, &step, &args.name, &folder) {
        // Half a fork would be in the way of the next try.
        let _ = std::fs::remove_dir_all(&folder);
        return Err(error);
    }
    terminal::out(&next(&step, &args.name, &folder)?)?;
    Ok(ExitCode::SUCCESS)
}

fn make(project: &Project, step: &Program, name: &str, folder: &Path) -> Result<()> {
    let root = &project.root;
    let from = root.join(&step.path);
    std::fs::create_dir(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    copy::tree(&from, folder, &copy::Renamed::new(&step.name, name))?;
    let read = |path: &Path| {
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
    };
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    };
    let manifest = manifest::Origin {
        path: &step.path,
        manifest: &read(&from.join("Cargo.toml"))?,
        workspace: &read(&root.join("Cargo.toml"))?,
    };
    write("Cargo.toml", &manifest.fork(&step.name, name)?)?;
    // The same versions of everything; a fork of a fork may have added some.
    let own = from.join("Cargo.lock");
    let lock = if own.is_file() {
        own
    } else {
        root.join("Cargo.lock")
    };
    if lock.is_file() {
        write("Cargo.lock", &read(&lock)?)?;
    }
    Ok(())
}

/// Lets what lies in `my-work` share what is compiled for the book.
///
/// # Errors
///
/// If cargo's settings cannot be written.
pub fn share_target(project: &Project) -> Result<()> {
    let folder = project.root.join(Part::Fork.folder()).join(".cargo");
    let config = folder.join("config.toml");
    if config.is_file() {
        return Ok(());
    }
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&config, CARGO_CONFIG))
        .with_context(|| format!("cannot write {}", config.display()))
}

/// What the reader can do with it.
fn next(step: &Program, name: &str, folder: &Path) -> Result<String> {
    let shown = copy::files(&folder.join("src"))?
        .iter()
        .filter_map(|path| path.strip_prefix(folder).ok())
        .map(|path| path.display().to_string())
        .collect::<Vec<_>>()
        .join(", ");
    let step = &step.name;
    let folder = format!("{}/{name}", Part::Fork.folder());
    let tool = "cargo run --release --";
    let commands = [
        (format!("{tool} run {name}"), "run it".to_owned()),
        (
            format!("{tool} check {name}"),
            "is its report still right?".to_owned(),
        ),
        (
            format!("{tool} bench {name} --quick"),
            format!("is it faster than {step}?"),
        ),
        (
            format!("(cd {folder} && cargo test)"),
            "its own tests".to_owned(),
        ),
    ];
    let width = commands.iter().map(|(command, _)| command.len()).max();
    let width = width.unwrap_or(0);
    let mut text = format!("{folder} is a copy of {step}, yours to change: {shown}\n\n");
    for (command, why) in commands {
        text += &format!("  {command:width$}  {why}\n");
    }
    Ok(text + &format!("\nTo undo all this, delete the folder {folder}.\n"))
}
