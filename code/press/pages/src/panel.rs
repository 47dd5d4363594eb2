//! `{{#run s04-release}}`: a panel that runs a program, or replays a run of it.
//!
//! The page gets a menu, as JSON in an attribute: what can be chosen, and of which choices there are recordings. The
//! page's script makes the panel of it. Without scripts, and on paper, what was recorded of the default run stands there,
//! and the command that runs it.

use std::collections::BTreeMap;

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use measured::number;
use project::suggest;
use serde::Deserialize;
use serde_json::{Value, json};
use traffic::event::Event as Step;

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
        let mut menu = menu(entry, sources)?;
        menu["room"] = usual(entry, sources).map_or(Value::Null, |(_, text)| room(&text));
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

/// The default run, and what is recorded of it.
fn usual(entry: &Entry, sources: &Shelf) -> Option<(Point, String)> {
    let point = runnable::point(&entry.name, None, &BTreeMap::new()).ok()?;
    let text = project::read_text(recording::file(&sources.project, &point)).ok()?;
    Some((point, text))
}

/// What is kept of a look at a run.
#[derive(Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
enum Look {
    Progress {},
    Stage {
        name: String,
        capacity: u64,
        workers: u64,
    },
}

/// What a drawing of a recorded run needs, so that a page keeps room for it: how many stages there are, how many of them
/// with a queue, and the one whose workers come and go. Nothing if there is nothing to draw.
fn room(recording: &str) -> Value {
    let mut stages: BTreeMap<String, Vec<(u64, u64)>> = BTreeMap::new();
    let mut is_drawn = false;
    for line in recording.lines() {
        match serde_json::from_str(line) {
            Ok(Look::Progress {}) => is_drawn = true,
            Ok(Look::Stage {
                name,
                capacity,
                workers,
            }) => stages.entry(name).or_default().push((capacity, workers)),
            Err(_) => {}
        }
    }
    if !is_drawn {
        return Value::Null;
    }
    let has_queue = |looks: &&Vec<(u64, u64)>| looks.iter().any(|(capacity, _)| *capacity > 0);
    let most = |looks: &[(u64, u64)]| looks.iter().map(|(_, workers)| *workers).max();
    let moving = stages.iter().filter(|(_, looks)| {
        looks
            .iter()
            .any(|(_, workers)| Some(*workers) != most(looks))
    });
    json!({
        "stages": stages.len(),
        "queues": stages.values().filter(has_queue).count(),
        "crew": moving.max_by_key(|(_, looks)| most(looks)).map(|(name, _)| name),
    })
}

/// The default run in a sentence, and its command.
fn fallback(entry: &Entry, sources: &Shelf) -> Result<String, String> {
    let point = runnable::point(&entry.name, None, &BTreeMap::new())
        .map_err(|refused| refused.to_string())?;
    let command = escape(&point.typed());
    let recorded = usual(entry, sources)
        .and_then(|(point, text)| recorded(&text, &point))
        .unwrap_or_default();
    Ok(format!(
        r#"<p class="run-fallback">{recorded}To run it: <code>{command}</code></p>"#
    ))
}

/// What a recording says of its run: `It took 1.8 s …`.
fn recorded(recording: &str, point: &Point) -> Option<String> {
    let events: Vec<Stamped> = (recording.lines())
        .filter_map(|line| line.parse().ok())
        .collect();
    let Event::Tool(Tool::Recording(header)) = &events.first()?.event else {
        return None;
    };
    let on = escape(&header.provenance.machine.cpu);
    let date = escape(&header.provenance.date);
    let report = events.iter().find_map(|stamped| match &stamped.event {
        Event::Step(Step::End(outcome)) => Some(outcome),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_room_for_the_usual_run() {
        let stage = |name: &str, capacity: u64, workers: u64| {
            format!(
                "{{\"event\":\"stage\",\"t_ms\":1,\"name\":\"{name}\",\"capacity\":{capacity},\"workers\":{workers}}}\n"
            )
        };
        let progress = "{\"event\":\"progress\",\"t_ms\":1,\"lines\":1}\n";
        let looks = [
            progress,
            &stage("read", 0, 1),
            &stage("lookup", 64, 1),
            &stage("lookup", 64, 9),
            &stage("count", 64, 1),
        ];
        let found = room(&looks.concat());
        assert_eq!(found, json!({"stages": 3, "queues": 2, "crew": "lookup"}));
        let steady = format!("{progress}{}", stage("read", 0, 4));
        assert_eq!(
            room(&steady),
            json!({"stages": 1, "queues": 0, "crew": null})
        );
        assert_eq!(room("{\"event\":\"output\",\"t_ms\":1}"), Value::Null);
    }
}
