//! Builds the book once, and again whenever something in it has changed.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;

use super::reload::Current;
use super::site::Site;
use crate::project::Project;
use crate::watch::Watch;
use crate::{book, progress, say};

/// The first build. When it fails a page says so, and the next save can mend it.
pub fn first(project: &Project, current: &Current) {
    let working = progress::working("building the book");
    let result = build(project, current);
    working.finish_and_clear();
    if let Err(error) = result {
        let number = current.next_number();
        current.renew(Site::unbuilt(number), number);
        report(current, &error);
    }
}

/// Rebuilds on every change, in a thread of its own, as long as the returned watch lives.
pub fn keep_up(project: &Project, current: Arc<Current>) -> Result<Watch> {
    let ours = project.clone();
    Watch::start(project, move |changed| {
        let started = Instant::now();
        match build(&ours, &current) {
            Ok(()) => say::note(&format!(
                "rebuilt in {} ms after a change of {}",
                started.elapsed().as_millis(),
                names(&ours, changed)
            )),
            Err(error) => report(&current, &error),
        }
    })
}

fn build(project: &Project, current: &Current) -> Result<()> {
    let out = project.scratch()?;
    let built = book::build(project, out.path(), &book::Options { own_results: true })?;
    let number = current.next_number();
    current.renew(Site::read(out.path(), number)?, number);
    for problem in &built.problems {
        say::problem(problem);
    }
    Ok(())
}

fn report(current: &Current, error: &anyhow::Error) {
    say::error(error);
    current.fail(format!("{error:#}"));
}

/// The first few of the changed files.
fn names(project: &Project, changed: &[PathBuf]) -> String {
    const SHOWN: usize = 3;
    let names: Vec<String> = changed
        .iter()
        .take(SHOWN)
        .map(|path| project.shown(path).display().to_string())
        .collect();
    let more = if changed.len() > SHOWN { ", …" } else { "" };
    names.join(", ") + more
}
