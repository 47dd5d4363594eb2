//! What there is to read of a play without scripts, and on paper: the shortest way to the bad end, and the code of both
//! versions.

use std::fmt::Write as _;

use directives::html::escape;
use play::{Graph, Party};

use super::board::code;
use super::counted::counted;
use super::explored::Explored;
use super::way::{self, Row};

/// The table, what came of it, and the code. On a slide the table alone.
pub fn fallback(explored: &Explored, is_slide: bool) -> String {
    let table = table(explored);
    if is_slide {
        return table;
    }
    format!(
        "{promised}{table}<p>{end} {counts}</p>{broken}<p>{repair} {repaired_counts}</p>{repaired}",
        promised = promised(&explored.broken),
        end = escape(explored.broken.bad_end().unwrap_or_default()),
        counts = counted(&explored.broken.counts),
        broken = codes(&explored.broken, "broken", &[]),
        repair = escape(explored.play.repair),
        repaired_counts = counted(&explored.repaired.counts),
        repaired = codes(
            &explored.repaired,
            &explored.versions.repaired.name.to_lowercase(),
            &explored.broken.parties
        ),
    )
}

fn promised(graph: &Graph) -> String {
    let says: Vec<String> = graph
        .promises
        .iter()
        .map(|[says, _]| escape(says))
        .collect();
    format!("<p>Promised: {}.</p>", says.join("; "))
}

fn table(explored: &Explored) -> String {
    let mut rows = String::new();
    for (number, row) in way::rows(&explored.broken).iter().enumerate() {
        let Row {
            party,
            told,
            changed,
        } = row;
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
    let title = escape(explored.play.title);
    format!(
        r#"<table><caption>{title}: the shortest way to the bad end</caption><thead><tr><th scope="col">Step</th><th scope="col">Party</th><th scope="col">What happens</th><th scope="col">What changes</th></tr></thead><tbody>{rows}</tbody></table>"#
    )
}

/// The code of all parties, each piece once, but for what has been shown of others.
fn codes(graph: &Graph, version: &str, shown: &[Party]) -> String {
    let mut pieces: Vec<(&[String], Vec<&str>)> = Vec::new();
    for Party { name, code, .. } in &graph.parties {
        match pieces
            .iter_mut()
            .find(|(lines, _)| *lines == code.as_slice())
        {
            Some((_, names)) => names.push(name.as_str()),
            None if code.is_empty() || shown.iter().any(|party| party.code == *code) => {}
            None => pieces.push((code.as_slice(), vec![name.as_str()])),
        }
    }
    let pieces: String = (pieces.iter())
        .map(|(lines, names)| {
            let names = escape(&names.join(", "));
            format!(
                r#"<div class="play-party"><p class="play-party-name">{names}, {version}</p>{}</div>"#,
                code(lines, &format!("{names}, {version}"), None)
            )
        })
        .collect();
    format!(r#"<div class="play-parties">{pieces}</div>"#)
}
