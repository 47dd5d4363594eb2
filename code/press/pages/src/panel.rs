//! `{{#run s04-release}}`: a panel that runs a program, or replays a run of it.
//!
//! The page gets a menu, as JSON in an attribute: what can be chosen, and of which choices there are recordings. The
//! page's script makes the panel of it. Without scripts, and on paper, what was recorded of the default run stands there,
//! and the command that runs it.

use std::path::Path;

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use measured::number;
use project::suggest;
use serde_json::{Value, json};

use crate::event::{Event, Stamped, Tool};
use crate::recording;
use crate::runnable::{self, Entry, Point};
use crate::shelf::Shelf;

/// The panel of a program.
pub struct Run;

impl Directive<Shelf> for Run {
    fn name(&self) -> &'static str {
        "run"
    }

    fn is_figure(&self) -> bool {
        true
    }

    fn render(
        &self,
        argument: &str,
        sources: &Shelf,
        _place: &Place<'_>,
    ) -> Result<Rendered, String> {
        let Some(entry) = runnable::entry(argument) else {
            let names = runnable::entries().iter().map(|entry| entry.name.as_str());
            let hint = suggest::hint(argument, names);
            return Err(format!(
                "there is no program `{argument}` that can be run{hint}"
            ));
        };
        let menu = menu(entry, sources)?;
        let parent = sources
            .program(argument)
            .and_then(|program| runnable::entry(program.parent.as_deref()?));
        let parent = match parent {
            Some(parent) => self::menu(parent, sources)?,
            None => Value::Null,
        };
        let menus = json!({"own": menu, "parent": parent});
        let html = format!(
            r#"<section class="run" id="run-{name}" data-menus="{menus}" aria-label="Run {name}">{fallback}</section>"#,
            name = escape(argument),
            menus = escape(&menus.to_string()),
            fallback = fallback(entry, sources)?,
        );
        Ok(Rendered::block(html))
    }
}

/// What can be chosen of a program, and of which choices there are recordings.
fn menu(entry: &Entry, sources: &Shelf) -> Result<Value, String> {
    let program = sources.program(&entry.name);
    let points: Vec<String> = (entry.recorded().into_iter())
        .filter(|point| recording::file(&sources.project, point).is_file())
        .map(|point| point.name)
        .collect();
    if points.is_empty() {
        return Err(format!(
            "nothing of {name} is recorded: `workbook record {name}`",
            name = entry.name
        ));
    }
    let mut menu = serde_json::to_value(entry).map_err(|error| error.to_string())?;
    menu["title"] = program
        .map_or(entry.name.as_str(), |program| &program.title)
        .into();
    menu["measured"] = program
        .is_some_and(|program| program.part.suite().is_some())
        .into();
    menu["points"] = points.into();
    Ok(menu)
}

/// The default run in a sentence, and its command.
fn fallback(entry: &Entry, sources: &Shelf) -> Result<String, String> {
    let point = runnable::point(&entry.name, None, &std::collections::BTreeMap::new())
        .map_err(|refused| refused.to_string())?;
    let command = escape(&point.typed());
    let recorded = recorded(&recording::file(&sources.project, &point), &point).unwrap_or_default();
    Ok(format!(
        r#"<p class="run-fallback">{recorded}To run it: <code>{command}</code></p>"#
    ))
}

/// What a recording says of its run: `It took 1.8 s …`.
fn recorded(file: &Path, point: &Point) -> Option<String> {
    let text = project::read_text(file).ok()?;
    let events: Vec<Stamped> = (text.lines())
        .filter_map(|line| line.parse().ok())
        .collect();
    let Event::Tool(Tool::Recording(header)) = &events.first()?.event else {
        return None;
    };
    let on = escape(&header.provenance.machine.cpu);
    let date = escape(&header.provenance.date);
    let report = events.iter().find_map(|stamped| match &stamped.event {
        Event::Step(traffic::event::Event::End(outcome)) => Some(outcome),
        Event::Step(_) | Event::Tool(_) => None,
    });
    let what = match report {
        Some(report) => {
            let lines = report.lines as f64;
            format!(
                "read {} in {}, {}",
                number::quantity(lines, "lines"),
                number::quantity(report.seconds, "s"),
                number::quantity(lines / report.seconds, "lines/s")
            )
        }
        None => {
            let mut last = events.iter().rev();
            let exit = last.find(|one| matches!(one.event, Event::Tool(Tool::Exit { .. })))?;
            format!("took {}", number::quantity(exit.t_ms as f64, "ms"))
        }
    };
    let name = escape(&point.program);
    Some(format!(
        "<code>{name}</code> was recorded on {date} ({on}): it {what}. "
    ))
}
