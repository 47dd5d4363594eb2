//! A flame graph: where the samples of a profile were taken, drawn from folded stacks.
//!
//! The stacks lie in `book/results/<profile>@<machine>.folded`, in the format that stackcollapse and
//! inferno write: `thread;function;function count`, the callers first. The first line says where they
//! are from: `# machine; date; command`. The form of the graph is Brendan Gregg's (The Flame Graph,
//! Communications of the ACM 59(6), 2016), with the caller below what it calls and the calls of one
//! function in the order of their names: only widths mean something. Left out are frames too narrow
//! to be seen, and those that do nothing but call the next.

mod data;
mod drawing;
mod name;
mod stacks;

use std::collections::BTreeMap;

use project::suggest;

use self::data::Flame;
use self::name::Origin;
use self::stacks::Stacks;
use super::definition::Definition;
use super::medium::Medium;
use super::picture::{Drawn, Picture, Provenance, Table};
use crate::evidence::Evidence;

/// How many functions the table names.
const WIDEST: usize = 10;

/// The crate that all steps share; like a step it is code of the book's.
const SHARED: &str = "traffic";

/// Reads the profile of a chart.
///
/// # Errors
///
/// If there is none, or its file cannot be understood.
pub fn draw<'s>(definition: &Definition, sources: &'s Evidence) -> Result<Drawn<'s>, String> {
    let Stacks {
        taken,
        command,
        root,
    } = load(definition.profile.as_deref().unwrap_or(""), sources)?;
    let steps = sources.programs.iter();
    let steps = steps.map(|program| program.name.replace('-', "_"));
    let flame = Flame {
        root,
        ours: steps.chain([SHARED.to_owned()]).collect(),
    };
    Ok(Drawn::taken(flame, Provenance { taken, command }))
}

/// The profile of that name; of several machines' that of the book's machine.
fn load(name: &str, sources: &Evidence) -> Result<Stacks, String> {
    let folder = &sources.places.results;
    let entries = std::fs::read_dir(folder);
    let files = entries.into_iter().flatten().flatten();
    let mut files: Vec<(String, String, _)> = files
        .filter_map(|entry| {
            let file = entry.file_name().into_string().ok()?;
            let (profile, machine) = file.strip_suffix(".folded")?.split_once('@')?;
            Some((profile.to_owned(), machine.to_owned(), entry.path()))
        })
        .collect();
    files.sort();
    let machine = sources.results.suites().first();
    let machine = machine.map(|suite| suite.machine.name.as_str());
    let of_that_name = || files.iter().filter(|(profile, ..)| profile == name);
    let (.., path) = of_that_name()
        .find(|(_, of, _)| Some(of.as_str()) == machine)
        .or_else(|| of_that_name().next())
        .ok_or_else(|| {
            let hint = suggest::hint(name, files.iter().map(|(profile, ..)| profile.as_str()));
            let folder = sources.project.shown(folder).display();
            format!("{folder} holds no profile `{name}@<machine>.folded`{hint}")
        })?;
    let shown = sources.project.shown(path).display().to_string();
    let text =
        project::read_text(path).map_err(|error| format!("{shown} cannot be read: {error}"))?;
    stacks::parse(&text).map_err(|problem| format!("{shown}{problem}"))
}

impl Picture for Flame {
    fn svg(&self, medium: Medium) -> String {
        drawing::svg(self, medium)
    }

    fn table(&self) -> Table {
        let mut functions = BTreeMap::new();
        self.root.add_up(&mut functions);
        let threads = self.root.calls.keys();
        for thread in threads.filter(|name| name.origin(&self.ours, true) == Origin::Thread) {
            functions.remove(thread.path.as_str());
        }
        let mut widest: Vec<_> = functions.into_iter().collect();
        widest.sort_by_key(|(_, spent)| std::cmp::Reverse(spent.with_calls));
        let rows = widest.into_iter().take(WIDEST).map(|(path, spent)| {
            let shares = [spent.with_calls, spent.alone].map(|samples| self.share(samples));
            [vec![path.to_owned()], shares.to_vec()].concat()
        });
        Table {
            rows: rows.collect(),
            head: ["function", "with what it calls", "by itself"]
                .map(String::from)
                .to_vec(),
        }
    }
}

#[cfg(test)]
mod tests;
