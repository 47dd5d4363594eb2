//! Which measured cases a chart shows, in which order, and what they are called in it.

use bench::results::{Case, Suite};

use super::super::reference::CaseName;
use super::super::results::Results;
use super::super::sources::{Place, Sources};
use super::definition::{Cases, Definition, Until};

/// One case of a chart.
pub struct Picked<'s> {
    /// Its name.
    pub name: CaseName,
    /// What was measured.
    pub case: &'s Case,
    /// Where.
    pub suite: &'s Suite,
}

/// The cases that a chart shows, in book order: a list as it is listed.
///
/// # Errors
///
/// If nothing that fits was measured.
pub fn cases<'s>(definition: &Definition, sources: &'s Sources) -> Result<Vec<Picked<'s>>, String> {
    let picked = of(definition, sources, &sources.results);
    if !picked.is_empty() {
        return Ok(picked);
    }
    let wanted = match &definition.cases {
        Cases::Prefix(prefix) => prefix.clone(),
        Cases::List(names) => names.join(", "),
    };
    Err(format!(
        "nothing was measured that the chart could show: it wants the cases `{wanted}`"
    ))
}

/// The same of other results, where nothing may be found.
pub fn of<'s>(definition: &Definition, sources: &Sources, results: &'s Results) -> Vec<Picked<'s>> {
    let mut picked: Vec<Picked<'s>> = results
        .cases()
        .into_iter()
        .filter(|(name, ..)| rank(definition, sources, name).is_some())
        .map(|(name, case, suite)| Picked { name, case, suite })
        .collect();
    picked.sort_by_cached_key(|picked| {
        (
            rank(definition, sources, &picked.name),
            picked.name.base.clone(),
            numbers(&picked.name),
        )
    });
    picked
}

/// The place of a case in the chart; none if it is not in it.
fn rank(definition: &Definition, sources: &Sources, name: &CaseName) -> Option<usize> {
    match &definition.cases {
        Cases::Prefix(prefix) if name.base.starts_with(prefix.as_str()) => {
            // Cases that are no program of the book come last.
            Some(position(sources, &name.base).unwrap_or(usize::MAX))
        }
        Cases::Prefix(_) => None,
        Cases::List(names) => names.iter().position(|listed| {
            CaseName::parse(listed).is_ok_and(|listed| {
                listed.base == name.base
                    && (listed.parameters.is_empty() || listed.parameters == name.parameters)
            })
        }),
    }
}

/// Parameters by their numbers, so that 16 workers follow 8.
fn numbers(name: &CaseName) -> Vec<(String, i64, String)> {
    let parameters = name.parameters.iter();
    parameters
        .map(|(key, value)| {
            (
                key.clone(),
                value.parse().unwrap_or(i64::MAX),
                value.clone(),
            )
        })
        .collect()
}

/// The position of a case's step in the book.
fn position(sources: &Sources, base: &str) -> Option<usize> {
    let name = base.rsplit('/').next()?;
    sources
        .programs
        .iter()
        .position(|program| program.name == name)
}

/// Leaves out the steps that come after the chapter, if the chart wants that.
pub fn until<'s>(
    definition: &Definition,
    sources: &Sources,
    place: &Place<'_>,
    mut picked: Vec<Picked<'s>>,
) -> Vec<Picked<'s>> {
    let chapter = sources
        .programs
        .iter()
        .position(|program| program.name == place.stem());
    if let (Some(Until::Chapter), Some(last)) = (definition.until, chapter) {
        picked.retain(|picked| position(sources, &picked.name.base).is_none_or(|at| at <= last));
    }
    picked
}

/// What a case is called: its step's title, and those parameters that are not on an axis.
pub fn label(name: &CaseName, axis: Option<&str>, sources: &Sources) -> String {
    let last = name.base.rsplit('/').next().unwrap_or(&name.base);
    let title = sources
        .title_of(&name.base)
        .map_or(last, |program| program.title.as_str());
    let parameters = name
        .parameters
        .iter()
        .filter(|(key, _)| Some(key.as_str()) != axis);
    let parameters: Vec<String> = parameters
        .map(|(key, value)| format!("{value} {key}"))
        .collect();
    if parameters.is_empty() {
        title.to_owned()
    } else {
        format!("{title}, {}", parameters.join(", "))
    }
}
