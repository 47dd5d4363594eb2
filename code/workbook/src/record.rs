//! `workbook record`: runs what can be run from a page, and keeps what it said.
//!
//! A recording is a real run on this machine: it says which machine that was and when, and the static site replays it
//! with its real timing.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use pages::event::{Event, ExitReason, Stamped, Tool};
use pages::recording;
use pages::runnable::{self, Entry, Point};
use project::Project;
use project::catalog;
use project::count;
use project::suggest;
use results::Provenance;
use results::source;
use stage::compile;
use stage::live::run::{Job, Runner};
use stage::terminal;

use crate::cli;

/// Records every point of one program or of all.
pub fn record(project: &Project, args: &cli::Record) -> Result<ExitCode> {
    let entries = chosen(args.name.as_deref())?;
    let programs = entries
        .iter()
        .map(|entry| catalog::find(&project.root, &entry.name))
        .collect::<Result<Vec<_>>>()?;
    compile::all(project, &programs)?;
    let points: Vec<Point> = entries.iter().flat_map(|entry| entry.recorded()).collect();
    let provenance = Provenance::now(&project.root);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start")?;
    let runner = Runner::new(project);
    let bar = terminal::measuring();
    bar.set_length(points.len() as u64);
    for point in &points {
        bar.set_message(format!("{} {}", point.program, point.name));
        let events = runtime
            .block_on(events(&runner, point))
            .with_context(|| format!("{} {}", point.program, point.name))?;
        write(project, point, &provenance, events)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    for entry in &entries {
        remove_others(project, entry)?;
    }
    terminal::note(&format!(
        "{} of {} are recorded",
        count(points.len(), "run"),
        count(entries.len(), "program")
    ));
    Ok(ExitCode::SUCCESS)
}

fn chosen(name: Option<&str>) -> Result<Vec<&'static Entry>> {
    let Some(name) = name else {
        return Ok(runnable::entries().iter().collect());
    };
    if let Some(entry) = runnable::entry(name) {
        return Ok(vec![entry]);
    }
    let names = runnable::entries().iter().map(|entry| entry.name.as_str());
    bail!(
        "there is no program named {name} that can be run from a page{}",
        suggest::meant(name, names)
            .map_or_else(String::new, |near| format!("; did you mean {near}?"))
    )
}

/// What is heard of a run that ends by itself, and as it should.
async fn events(runner: &Runner, point: &Point) -> Result<Vec<Stamped>> {
    let turn = runner.turn().context("something else is running")?;
    let mut heard = runner.begin(turn, Job::Program(point.clone()));
    let mut events = Vec::new();
    loop {
        let event = tokio::select! {
            event = heard.recv() => event,
            _ = tokio::signal::ctrl_c() => {
                runner.close().await;
                bail!("interrupted; what was recorded before is kept");
            }
        };
        let Some(event) = event else { break };
        events.push(event);
    }
    let killed = (events.iter()).find_map(|stamped| match &stamped.event {
        Event::Tool(Tool::Kill { done, .. }) => Some(*done),
        Event::Step(_) | Event::Tool(_) => None,
    });
    if point.kill_after.is_some() && killed.is_none() {
        bail!("it had ended before a worker was to be killed");
    }
    let repairs = runnable::entry(&point.program).is_some_and(|entry| entry.repairs);
    // Without a repair, a report that lacks what the worker had would be wrong.
    let is_well = killed != Some(true) || repairs;
    let last = events.last().context("nothing was heard of it")?;
    match &last.event {
        Event::Tool(Tool::Exit {
            why: ExitReason::Ended,
            code: Some(code),
            ..
        }) if (*code == 0) == is_well => Ok(events),
        Event::Tool(Tool::Exit { text, .. }) => bail!("{text}"),
        Event::Step(_) | Event::Tool(_) => bail!("it did not end"),
    }
}

fn write(
    project: &Project,
    point: &Point,
    provenance: &Provenance,
    events: Vec<Stamped>,
) -> Result<()> {
    let program = catalog::find(&project.root, &point.program)?;
    let source = source::hash(
        &project.root,
        &recording::case(program.part, &point.program),
    )?;
    let looks_max =
        runnable::entry(&point.program).map_or(runnable::LOOKS_MAX, |entry| entry.looks);
    let mut text = serde_json::to_string(&recording::header(point, &source, provenance))? + "\n";
    for event in recording::kept(events, looks_max)? {
        text += &format!("{event}\n");
    }
    let file = recording::file(project, point);
    let failed = || format!("cannot write {}", project.shown(&file).display());
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(failed)?;
    // Whole or not at all.
    let beside = file.with_extension("new");
    std::fs::write(&beside, text)
        .and_then(|()| std::fs::rename(&beside, &file))
        .with_context(failed)
}

/// Removes recordings of points that are no longer in the table.
fn remove_others(project: &Project, entry: &Entry) -> Result<()> {
    let points = entry.recorded();
    let wanted: BTreeSet<_> =
        (points.iter().map(|point| recording::file(project, point))).collect();
    let folder = recording::folder(project, &entry.name);
    for found in std::fs::read_dir(&folder).into_iter().flatten() {
        let path = found?.path();
        if !wanted.contains(&path) {
            std::fs::remove_file(&path)
                .with_context(|| format!("cannot remove {}", project.shown(&path).display()))?;
        }
    }
    Ok(())
}
