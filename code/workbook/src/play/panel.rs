//! `{{#play lost-update}}`: a model that the reader plays.
//!
//! The page gets the task, and the shortest way to the bad end as a table; the page's script makes the play of it, and
//! loads all that can happen from a file. Without scripts, and on paper, the table stays.

use std::fmt::Write as _;

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use play::Counts;

use super::explored::{Explored, Plays, grouped};
use super::way::{self, Row};

/// A play in the page.
pub struct Panel;

impl Directive<Plays> for Panel {
    fn name(&self) -> &'static str {
        "play"
    }

    fn is_figure(&self) -> bool {
        true
    }

    fn render(&self, argument: &str, plays: &Plays, place: &Place<'_>) -> Result<Rendered, String> {
        let explored = plays.find(argument)?;
        let play = explored.play;
        Ok(Rendered::block(format!(
            r#"<section class="play" id="play-{name}" data-play="{name}" aria-label="Play: {title}"><p class="play-title">{title}</p><p class="play-task">{task}</p><div class="play-fallback">{fallback}</div></section>"#,
            name = escape(play.name),
            title = escape(play.title),
            task = escape(play.task),
            fallback = fallback(explored, place.is_slide),
        )))
    }
}

/// What there is to read of it.
fn fallback(explored: &Explored, is_slide: bool) -> String {
    let mut rows = String::new();
    for (
        number,
        Row {
            party,
            told,
            changed,
        },
    ) in way::rows(&explored.broken).iter().enumerate()
    {
        let changed: Vec<String> = (changed.iter())
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        write!(
            rows,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            number + 1,
            escape(party),
            escape(told),
            escape(&changed.join("; "))
        )
        .expect("a string takes everything");
    }
    let table = format!(
        r#"<table><caption>The shortest way to the bad end</caption><thead><tr><th scope="col">Step</th><th scope="col">Party</th><th scope="col">What happens</th><th scope="col">What changes</th></tr></thead><tbody>{rows}</tbody></table>"#
    );
    if is_slide {
        return table;
    }
    format!(
        "{table}<p>{end} {counts} {repair} {repaired}</p>",
        end = escape(explored.broken.bad_end().unwrap_or_default()),
        counts = counted(&explored.broken.counts),
        repair = escape(explored.play.repair),
        repaired = counted(&explored.repaired.counts),
    )
}

/// The counts of a version, in a sentence.
pub fn counted(counts: &Counts) -> String {
    let schedules = grouped(counts.schedules);
    let states = grouped(counts.states);
    let bad = match counts.bad_schedules {
        0 => "none leads to a bad end".to_owned(),
        1 => "one of them leads to a bad end".to_owned(),
        bad => format!("{} of them lead to a bad end", grouped(bad)),
    };
    format!("There are {schedules} schedules, through {states} states; {bad}.")
}

#[cfg(test)]
mod tests {
    use directives::testing::rendered;

    use super::*;

    #[test]
    fn without_scripts_the_shortest_way_is_a_table() {
        let html = rendered(&Panel, "lost-update", &Plays).unwrap();
        assert!(!html.contains('\n'), "a blank line would end the block");
        for part in [
            r#"<section class="play" id="play-lost-update" data-play="lost-update""#,
            "<tr><td>1</td><td>Worker A</td><td>Worker A reads the count: 0.</td><td>A has read: 0</td></tr>",
            "<tr><td>4</td>",
            "One update is lost. There are 6 schedules, through 13 states; 4 of them lead to a bad end.",
            "There are 2 schedules, through 4 states; none leads to a bad end.",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn a_play_that_there_is_not_is_told() {
        let said = rendered(&Panel, "lost-updates", &Plays).unwrap_err();
        assert_eq!(
            said,
            "there is no play `lost-updates`; did you mean `lost-update`?"
        );
    }
}
