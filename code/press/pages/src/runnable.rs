//! What may be run from a page: a table that is compiled in.
//!
//! A page names a program, a preset and numbers. All else (which executable, which arguments, in which order) stands
//! here, so that nothing which comes from a page ever becomes a path, a flag or a word of a command line.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The name of the only preset of a program that has none.
const PLAIN: &str = "plain";

/// The looks at a run that are kept of it at most: as many as a chart can show.
pub const LOOKS_MAX: u64 = 40;

/// The parameter that the tool acts on, and not the program: after so many milliseconds one of the program's workers, which are
/// its children, is killed; zero is never.
const KILL: &str = "kill";

/// One program that can be run from a page.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The program, as the catalog calls it.
    pub name: String,
    /// What it is always given.
    #[serde(default, skip_serializing)]
    pub arguments: Vec<String>,
    /// Whether its report is exact although a worker was killed; others of its kind then end with an error.
    #[serde(default)]
    pub repairs: bool,
    /// The looks that are kept at most of a run that is all about how something moves.
    #[serde(default = "looks_max", skip_serializing)]
    pub looks: u64,
    /// Named sets of further arguments; the first is the default.
    #[serde(default, rename(deserialize = "preset"))]
    pub presets: Vec<Preset>,
    /// Numbers that a reader may change.
    #[serde(default, rename(deserialize = "parameter"))]
    pub parameters: Vec<Parameter>,
}

/// A named set of arguments.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// Lower-case letters, digits and hyphens: it is part of a file's name.
    pub name: String,
    /// What readers see.
    pub label: String,
    /// The arguments.
    #[serde(default, skip_serializing)]
    pub arguments: Vec<String>,
}

/// A number that a reader may change.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Lower-case letters and hyphens.
    pub name: String,
    /// The flag that takes it; only the time of a kill has none.
    #[serde(default, skip_serializing)]
    pub flag: Option<String>,
    /// What readers see.
    pub label: String,
    /// The unit behind the number, as readers see it; may be empty.
    #[serde(default)]
    pub unit: String,
    /// The unit behind the number, as the program wants it; may be empty.
    #[serde(default, skip_serializing)]
    pub suffix: String,
    /// What readers see instead of zero, if that is no number to them: `never`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zero: Option<String>,
    /// A live run takes any whole number from here …
    pub min: u64,
    /// … up to here.
    pub max: u64,
    /// What it is when nobody has changed it; one of those that are recorded.
    pub default: u64,
    /// The values of which there are recorded runs, ascending.
    pub recorded: Vec<u64>,
}

/// What is to be run: a program with a choice for everything that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The program.
    pub program: String,
    /// The preset's name.
    pub preset: String,
    /// A value for each parameter.
    pub params: BTreeMap<String, u64>,
    /// The point's name among the recordings: `steady,workers=8`.
    pub name: String,
    /// The arguments of the program.
    pub arguments: Vec<String>,
    /// How long after its start one of its workers is killed, if one is.
    pub kill_after: Option<Duration>,
    /// Whether a reader may kill one.
    pub may_kill: bool,
}

/// Why a request names no point.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No such program.
    #[error("there is no program {0} that can be run from a page")]
    Program(String),
    /// No such preset.
    #[error("{0} has no preset {1}")]
    Preset(String, String),
    /// No such parameter.
    #[error("{0} has no parameter {1}")]
    Parameter(String, String),
    /// A number that is too small or too large.
    #[error("{name} must be from {min} to {max}")]
    Range {
        /// The parameter.
        name: String,
        /// The smallest value.
        min: u64,
        /// The largest value.
        max: u64,
    },
}

fn looks_max() -> u64 {
    LOOKS_MAX
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    program: Vec<Entry>,
}

static TABLE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let table: Table =
        toml::from_str(include_str!("runnable/programs.toml")).expect("a test has read the table");
    let mut entries = table.program;
    for entry in &mut entries {
        if entry.presets.is_empty() {
            entry.presets.push(Preset {
                name: PLAIN.to_owned(),
                label: PLAIN.to_owned(),
                arguments: Vec::new(),
            });
        }
    }
    entries
});

/// All programs that can be run from a page.
pub fn entries() -> &'static [Entry] {
    &TABLE
}

/// One of them.
pub fn entry(name: &str) -> Option<&'static Entry> {
    entries().iter().find(|entry| entry.name == name)
}

/// The point that a page asks for. What it does not say has its default.
///
/// # Errors
///
/// If it asks for something that the table does not have.
pub fn point(
    program: &str,
    preset: Option<&str>,
    params: &BTreeMap<String, u64>,
) -> Result<Point, Refused> {
    let entry = entry(program).ok_or_else(|| Refused::Program(program.to_owned()))?;
    let preset = match preset {
        None => &entry.presets[0],
        Some(name) => (entry.presets.iter().find(|preset| preset.name == name))
            .ok_or_else(|| Refused::Preset(program.to_owned(), name.to_owned()))?,
    };
    let is_known = |name: &str| entry.parameters.iter().any(|known| known.name == name);
    if let Some(unknown) = params.keys().find(|name| !is_known(name)) {
        return Err(Refused::Parameter(program.to_owned(), unknown.clone()));
    }
    let mut point = Point {
        program: entry.name.clone(),
        preset: preset.name.clone(),
        params: BTreeMap::new(),
        name: preset.name.clone(),
        arguments: [&entry.arguments[..], &preset.arguments].concat(),
        kill_after: None,
        may_kill: entry.has_workers(),
    };
    for parameter in &entry.parameters {
        let name = &parameter.name;
        let value = params.get(name).copied().unwrap_or(parameter.default);
        if !(parameter.min..=parameter.max).contains(&value) {
            return Err(Refused::Range {
                name: name.clone(),
                min: parameter.min,
                max: parameter.max,
            });
        }
        point.params.insert(name.clone(), value);
        point.name += &format!(",{name}={value}");
        match &parameter.flag {
            Some(flag) => {
                let value = format!("{value}{}", parameter.suffix);
                point.arguments.extend([flag.clone(), value]);
            }
            None => point.kill_after = (value > 0).then(|| Duration::from_millis(value)),
        }
    }
    Ok(point)
}

impl Point {
    /// What a reader would type to run it.
    pub fn typed(&self) -> String {
        let mut typed = format!("cargo run --release -- run {}", self.program);
        if !self.arguments.is_empty() {
            typed += &format!(" -- {}", self.arguments.join(" "));
        }
        if let Some(after) = self.kill_after {
            typed += &format!(
                "  # and kill -9 one of its workers after {} ms",
                after.as_millis()
            );
        }
        typed
    }
}

impl Entry {
    /// Whether it has workers, processes of their own, that can be killed.
    pub fn has_workers(&self) -> bool {
        (self.parameters.iter()).any(|parameter| parameter.name == KILL)
    }

    /// Every point of which there is to be a recording, the default first among its preset's.
    pub fn recorded(&self) -> Vec<Point> {
        let mut choices = vec![BTreeMap::new()];
        for parameter in &self.parameters {
            let with = |choice: &BTreeMap<String, u64>| {
                let choice = choice.clone();
                parameter.recorded.iter().map(move |value| {
                    let mut choice = choice.clone();
                    choice.insert(parameter.name.clone(), *value);
                    choice
                })
            };
            choices = choices.iter().flat_map(with).collect();
        }
        let points = self.presets.iter().flat_map(|preset| {
            choices.iter().map(|choice| {
                point(&self.name, Some(&preset.name), choice).expect("what is recorded is in range")
            })
        });
        points.collect()
    }
}

#[cfg(test)]
mod tests;
