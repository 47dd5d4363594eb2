//! Which measured cases a chart shows, in which order, and what they are called in it.

use std::collections::BTreeMap;

use directives::Place;
use results::CaseName;
use results::{Case, Suite};

use super::definition::{Cases, Definition, Until};
use crate::evidence::Evidence;
use crate::measurements::{MACHINE, Measurements};

/// One case of a chart.
pub struct Picked<'s> {
    /// Its name.
    pub name: CaseName,
    /// What it is called in the chart.
    pub label: String,
    /// Which of its metrics, or series, is shown.
    pub metric: &'s str,
    /// What was measured.
    pub case: &'s Case,
    /// Where.
    pub suite: &'s Suite,
}

/// The cases that a chart shows: of a prefix in book order, of a list as it is listed.
///
/// # Errors
///
/// If something that is listed, or nothing at all, was measured, or the names do not fit the list.
pub fn cases<'s>(
    definition: &'s Definition,
    sources: &'s Evidence,
) -> Result<Vec<Picked<'s>>, String> {
    let mut picked = of(definition, sources, &sources.results)?;
    match &definition.cases {
        Cases::Prefix(_) if !definition.names.is_empty() => {
            return Err("`names` needs a list of cases, not a prefix".into());
        }
        Cases::Prefix(prefix) if picked.is_empty() => {
            let with = (definition.condition.as_ref()).map_or_else(String::new, |condition| {
                format!(" and ends with `[{condition}]`")
            });
            return Err(format!(
                "nothing was measured whose name begins with `{prefix}`{with}"
            ));
        }
        // What is not listed one by one is compared with all the others, and so is of one machine.
        Cases::Prefix(_) => {
            let machine = picked[0].suite.machine.name.clone();
            picked.retain(|picked| picked.suite.machine.name == machine);
        }
        Cases::List(listed) => {
            let (entries, what) = match definition.metrics.len() {
                0 => (listed.len(), "cases"),
                several => (several, "metrics"),
            };
            let names = definition.names.len();
            if names != 0 && names != entries {
                return Err(format!("the chart has {names} names for {entries} {what}"));
            }
            for one in listed {
                let wanted = CaseName::parse(one)?;
                let found = picked
                    .iter()
                    .any(|picked| shared(definition, &picked.name) == wanted);
                if !found {
                    return Err(format!("the chart shows `{one}`, which was not measured"));
                }
            }
        }
    }
    Ok(picked)
}

/// The same of any results, where nothing may be found.
fn of<'s>(
    definition: &'s Definition,
    sources: &Evidence,
    results: &'s Measurements,
) -> Result<Vec<Picked<'s>>, String> {
    let condition = definition.condition()?;
    let mut picked: Vec<(usize, Picked<'s>)> = Vec::new();
    for (name, case, suite) in results.cases() {
        let Some(rank) = rank(definition, condition.as_ref(), sources, name) else {
            continue;
        };
        // Of several metrics there is one case only, so that one of the two is always 0.
        for (at, metric) in definition.all_metrics().into_iter().enumerate() {
            let label = definition.names.get(rank.max(at)).cloned();
            let label = label.unwrap_or_else(|| match definition.metrics.as_slice() {
                [] => {
                    let mut called = shared(definition, name);
                    // What is true of all of them need not be said of each.
                    let common = condition.iter().flat_map(BTreeMap::keys);
                    common.for_each(|parameter| drop(called.parameters.remove(parameter)));
                    label_of(&called, sources)
                }
                _ => in_words(metric),
            });
            let shown = Picked {
                name: name.clone(),
                label,
                metric,
                case,
                suite,
            };
            picked.push((rank, shown));
        }
    }
    // The cases come sorted by their names, and this sort keeps that among equals.
    picked.sort_by_key(|(rank, _)| *rank);
    Ok(picked.into_iter().map(|(_, picked)| picked).collect())
}

/// The same of the reader's own results, if there are any.
pub fn own<'s>(definition: &'s Definition, sources: &'s Evidence) -> Vec<Picked<'s>> {
    let own = sources.own.as_ref();
    let picked = own.map(|results| of(definition, sources, results));
    // What is wrong with the definition was told of the book's.
    picked.and_then(Result::ok).unwrap_or_default()
}

/// The place of a case in the chart; none if it is not in it.
fn rank(
    definition: &Definition,
    condition: Option<&BTreeMap<String, String>>,
    sources: &Evidence,
    name: &CaseName,
) -> Option<usize> {
    let axis = definition.axis();
    if axis.is_some_and(|axis| !name.parameters.contains_key(axis)) {
        return None;
    }
    match &definition.cases {
        Cases::Prefix(prefix) => {
            let fits = match condition {
                Some(condition) => shared(definition, name).parameters == *condition,
                // The book's machine and another one would be one line.
                None if name.parameters.contains_key(MACHINE) => false,
                None => axis.is_some() || name.parameters.is_empty(),
            };
            let reference = definition.reference.as_deref().map(CaseName::parse);
            if reference.is_some_and(|reference| reference.as_ref() == Ok(name)) {
                return None;
            }
            // Cases that are no program of the book come last.
            (fits && name.base.starts_with(prefix.as_str()))
                .then(|| position(sources, &name.base).unwrap_or(usize::MAX))
        }
        Cases::List(listed) => {
            let shared = shared(definition, name);
            listed
                .iter()
                .position(|one| CaseName::parse(one).as_ref() == Ok(&shared))
        }
    }
}

/// The name without the parameter that is on the axis: what all points of one line share.
fn shared(definition: &Definition, name: &CaseName) -> CaseName {
    let mut shared = name.clone();
    if let Some(axis) = definition.axis() {
        shared.parameters.remove(axis);
    }
    shared
}

/// The position of a case's step in the book.
fn position(sources: &Evidence, base: &str) -> Option<usize> {
    let name = base.rsplit('/').next()?;
    sources
        .programs
        .iter()
        .position(|program| program.name == name)
}

/// Leaves out the steps that come after the chapter, if the chart wants that.
pub fn until<'s>(
    definition: &Definition,
    sources: &Evidence,
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

/// What a metric is called that has no other name: `lookup` for `busy_share.lookup`.
fn in_words(metric: &str) -> String {
    let last = metric.rsplit('.').next().unwrap_or(metric);
    last.replace('_', " ")
}

/// The title of the case's step, and its parameters.
pub fn label_of(name: &CaseName, sources: &Evidence) -> String {
    let last = name.base.rsplit('/').next().unwrap_or(&name.base);
    let title = sources
        .program_of(&name.base)
        .map_or(last, |program| program.title.as_str());
    let parameters = name
        .parameters
        .iter()
        .map(|(key, value)| format!("{key} {value}"));
    [title.to_owned()]
        .into_iter()
        .chain(parameters)
        .collect::<Vec<_>>()
        .join(", ")
}
