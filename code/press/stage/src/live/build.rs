//! Building a program before it is run from a page, with cargo's progress for the page to show.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use pages::event::Stamped;
use project::Program;
use project::Project;
use tokio::io::BufReader;
use tokio::process::Command;
use tokio::sync::mpsc;

use super::event;
use super::group::Group;
use super::lines::Lines;
use crate::compile;

/// The longest message of cargo's that is read whole; a path or two is all that is looked for.
const MESSAGE_MAX: usize = 1 << 20;

/// Builds a program, and tells where it is. What cargo says goes to the page, line by line.
///
/// Dropped, it ends cargo and all its compilers.
///
/// # Errors
///
/// If it does not build; cargo has then said why.
pub async fn executable(
    project: &Project,
    program: &Program,
    page: &mpsc::Sender<Stamped>,
) -> Result<PathBuf> {
    let mut command = Command::from(compile::command(
        project,
        program,
        compile::Profile::Release,
    ));
    command
        .env("CARGO_TERM_COLOR", "never")
        .env("CARGO_TERM_PROGRESS_WHEN", "never");
    let mut cargo = Group::start(&mut command).context("cannot run cargo")?;
    let (messages, progress) = cargo.outputs().context("cargo's output is not piped")?;
    let mut messages = Lines::new(BufReader::new(messages), MESSAGE_MAX);
    let mut progress = Lines::new(BufReader::new(progress), MESSAGE_MAX);
    let manifest = project.root.join(&program.path).join("Cargo.toml");
    let find = async {
        let mut found = None;
        while let Some(message) = messages.next().await {
            found = compile::built(&message, &manifest).or(found);
        }
        found
    };
    let tell = async {
        while let Some(line) = progress.next().await {
            let line = line.trim();
            // Nothing was built, or all is built: the page sees that by itself.
            if !line.is_empty() && !line.starts_with("Finished") {
                // Whether the page is still there is looked at elsewhere.
                let _ = page.send(event::building(line)).await;
            }
        }
    };
    let (found, ()) = tokio::join!(find, tell);
    if cargo.wait().await != Some(0) {
        bail!("{} does not build", program.name);
    }
    found.with_context(|| format!("cargo built no program named {}", program.name))
}
