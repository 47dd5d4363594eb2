//! `{{#play-count lost-update schedules}}`: what was counted when a play was explored.

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use play::Counts;
use project::suggest;

use super::counted::grouped;
use super::explored::Plays;

/// A count of a version; of the broken one, if nothing else is said.
pub struct Count;

/// A kind of count: its name, what it means, and where it stands.
type Kind = (&'static str, &'static str, fn(&Counts) -> u64);

const KINDS: [Kind; 5] = [
    (
        "schedules",
        "orders in which everything can happen",
        |counts| counts.schedules,
    ),
    ("bad-schedules", "orders that lead to a bad end", |counts| {
        counts.bad_schedules
    }),
    ("states", "different states", |counts| counts.states),
    ("bad-ends", "states that are a bad end", |counts| {
        counts.bad_ends
    }),
    (
        "shortest",
        "steps of the shortest way to a bad end",
        |counts| counts.shortest,
    ),
];

impl Directive<Plays> for Count {
    fn name(&self) -> &'static str {
        "play-count"
    }

    fn render(
        &self,
        argument: &str,
        plays: &Plays,
        _place: &Place<'_>,
    ) -> Result<Rendered, String> {
        let words: Vec<&str> = argument.split_whitespace().collect();
        let (name, kind, is_repaired) = match words.as_slice() {
            [name, kind] => (name, kind, false),
            [name, "repaired", kind] => (name, kind, true),
            _ => {
                return Err(format!(
                    "`play-count` takes a play, `repaired` if that is meant, and what is counted, not `{argument}`"
                ));
            }
        };
        let explored = plays.find(name)?;
        let Some((_, meaning, count)) = KINDS.iter().find(|(known, ..)| known == kind) else {
            let hint = suggest::hint(kind, KINDS.iter().map(|(known, ..)| *known));
            return Err(format!("of a play no `{kind}` are counted{hint}"));
        };
        let (graph, version) = match is_repaired {
            true => (&explored.repaired, "repaired"),
            false => (&explored.broken, "broken"),
        };
        Ok(Rendered::inline(format!(
            r#"<span class="measured" title="{name}, {version}: {meaning}; counted by exploring all of them">{number}</span>"#,
            name = escape(name),
            number = grouped(count(&graph.counts)),
        )))
    }
}

#[cfg(test)]
mod tests {
    use directives::testing::rendered;

    use super::*;

    #[test]
    fn a_count_is_of_the_exploration() {
        for (argument, ending) in [
            ("lost-update schedules", ">6</span>"),
            ("lost-update bad-schedules", ">4</span>"),
            ("lost-update repaired bad-schedules", ">0</span>"),
        ] {
            let html = rendered(&Count, argument, &Plays).unwrap();
            assert!(html.ends_with(ending), "{argument}: {html}");
        }
    }

    #[test]
    fn mistakes_are_said_in_one_sentence() {
        for (argument, message) in [
            ("lost-updat states", "did you mean `lost-update`?"),
            ("lost-update state", "did you mean `states`?"),
            ("lost-update", "`play-count` takes a play"),
        ] {
            let said = rendered(&Count, argument, &Plays).unwrap_err();
            assert!(said.contains(message), "{argument}: {said}");
        }
    }
}
