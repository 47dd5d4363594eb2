//! `workbook run lost-update`: explores a play in the terminal.

use std::process::ExitCode;

use anyhow::Result;
use play::Graph;
use stage::terminal;

use super::counted::grouped;
use super::explored::Explored;
use super::way;

/// Prints what was found of both versions: counts, properties, and the shortest way to the bad end.
pub fn run(explored: &Explored) -> Result<ExitCode> {
    terminal::out(&text(explored))?;
    Ok(ExitCode::SUCCESS)
}

fn text(explored: &Explored) -> String {
    let play = explored.play;
    let mut text = format!("{}\n\n{}\n", play.title, play.task);
    text += &version("Broken", &explored.broken);
    let name = explored.versions.repaired.name;
    let mut second = format!("{name}: {}", play.repair);
    if let Some(instead) = &play.instead {
        second += &format!("\n\n{}", instead.task);
    }
    text += &version(&second, &explored.repaired);
    text
}

fn version(what: &str, graph: &Graph) -> String {
    let counts = graph.counts;
    let mut text = format!("\n{what}\n\n");
    for (count, name) in [
        (counts.schedules, "schedules"),
        (counts.bad_schedules, "of them lead to a bad end"),
        (counts.states, "states"),
        (counts.bad_ends, "of them are a bad end"),
    ] {
        text += &format!("{:>12}  {name}\n", grouped(count));
    }
    text.push('\n');
    let broken = graph.broken_promises();
    for (number, [says, _]) in graph.promises.iter().enumerate() {
        let held = if broken.contains(&number) {
            "broken"
        } else {
            "holds"
        };
        text += &format!("{held:>12}  always: {says}\n");
    }
    for (name, is_possible) in &graph.can_happen {
        let can = if *is_possible {
            "possible"
        } else {
            "impossible"
        };
        text += &format!("{can:>12}  sometimes: {name}\n");
    }
    let rows = way::rows(graph);
    if rows.is_empty() {
        return text;
    }
    text += "\nThe shortest way to the bad end\n\n";
    let party_chars = rows
        .iter()
        .map(|row| row.party.chars().count())
        .max()
        .unwrap_or(0);
    for (number, row) in rows.iter().enumerate() {
        text += &format!(
            "{:>4}  {:party_chars$}  {}\n",
            number + 1,
            row.party,
            row.told
        );
    }
    text += &format!("\n      {}\n", graph.bad_end().unwrap_or_default());
    text
}

#[cfg(test)]
mod tests {
    use super::super::explored::Plays;
    use super::*;

    #[test]
    fn a_terminal_shows_counts_properties_and_the_shortest_way() {
        let text = text(Plays.find("two-locks").unwrap());
        for part in [
            "           4  schedules\n           2  of them lead to a bad end\n",
            "       holds  always: a lock has one holder\n",
            "      broken  always: no party waits for ever\n",
            "    possible  sometimes: both are done\n",
            "   1  Worker A  Worker A has the cache’s lock.\n   2  Worker B  Worker B has the tally’s lock.\n",
            "Repaired: Both workers take the locks in the same order",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
