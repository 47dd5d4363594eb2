//! The board of a play as it stands at the beginning: the parties with their code, what they share, and a button for each
//! thing that can happen.
//!
//! It is in the page from the start, so that nothing moves when the page's script brings it to life
//! (`book/theme/play/board.js`, which fills the same places after each step).

use directives::html::escape;
use play::{Graph, Party, Position, Stand};

use super::explored::{Explored, Version};

/// The board at its beginning.
pub fn board(explored: &Explored) -> String {
    let graph = &explored.broken;
    let start = &graph.positions[0];
    let parties = graph.parties.iter().zip(&start.at);
    format!(
        r#"<div class="play-board">{versions}<p class="play-repair" hidden></p><ul class="play-promises" role="list" aria-label="What is promised">{promises}</ul><div class="play-parties">{parties}</div><div class="play-turn"><dl class="play-shared">{shared}</dl><p class="play-told" role="status">{TOLD}</p><p class="play-question">What happens next?</p><div class="play-next" role="group" aria-label="What happens next?">{next}</div>{MOVES}</div>{BAR}{KEYS}</div>"#,
        versions = versions(explored),
        promises = promises(graph),
        parties = joined(parties.map(|(party, at)| column(party, *at))),
        shared = shared(graph, start),
        next = next(graph, start),
    )
}

/// What is told before the first step.
const TOLD: &str = "Choose a step with its button, or with the key of its number.";

/// What is wanted at an end is in sight there.
const MOVES: &str = r#"<div class="play-moves"><button type="button" class="play-back" disabled>Step back</button><button type="button" class="play-restart" disabled>Start over</button></div>"#;

const BAR: &str = r#"<div class="play-bar"><button type="button" class="play-shortest">Show the shortest way to break it</button><a class="play-link" href="">Link to this position</a></div>"#;

const KEYS: &str = r#"<p class="play-keys">Keys, once you have clicked anywhere in the play: <kbd>1</kbd>, <kbd>2</kbd> … take the step of that number, <kbd>Backspace</kbd> steps back, <kbd>0</kbd> starts over, <kbd>Esc</kbd> stops what plays by itself.</p>"#;

fn versions(explored: &Explored) -> String {
    let both = &explored.versions;
    let choice = |version: &str, Version { name, .. }: &Version, is_chosen| {
        format!(
            r#"<button type="button" class="play-version" data-version="{version}" aria-pressed="{is_chosen}">{name}</button>"#
        )
    };
    format!(
        r#"<div class="play-versions" role="group" aria-label="Version">{}{}</div>"#,
        choice("broken", &both.broken, true),
        choice("repaired", &both.repaired, false),
    )
}

fn joined(pieces: impl Iterator<Item = String>) -> String {
    pieces.collect()
}

/// Nothing is broken yet.
fn promises(graph: &Graph) -> String {
    joined(graph.promises.iter().map(|[says, _]| {
        let says = escape(says);
        format!(r#"<li>Promised: {says} <b class="play-stands">holds so far</b></li>"#)
    }))
}

fn column(party: &Party, at: Stand) -> String {
    let name = escape(&party.name);
    let (line, waits) = match at {
        Stand::Line(line) => (Some(line), false),
        Stand::Waits(line) => (Some(line), true),
        Stand::Free | Stand::Done => (None, false),
    };
    let state = match at {
        Stand::Line(_) => "can go on",
        Stand::Waits(_) => "waits",
        Stand::Done => "done",
        Stand::Free => "",
    };
    let waiting = if waits { " is-waiting" } else { "" };
    let code = match party.code.is_empty() {
        true => format!(r#"<p class="play-may">{}</p>"#, escape(&party.may)),
        false => code(&party.code, &name, line),
    };
    format!(
        r#"<div class="play-party{waiting}"><p class="play-party-name">{name}</p>{code}<p class="play-state">{state}</p></div>"#
    )
}

/// Lines of code, one of them marked as the next. A line that is too long is broken in front of a call if it can be. A list without bullets is none to some screen readers, hence its role.
pub fn code(lines: &[String], of: &str, next: Option<usize>) -> String {
    let lines = joined(lines.iter().enumerate().map(|(number, line)| {
        let mark = match next == Some(number) {
            true => r#" class="is-next" aria-current="step""#,
            false => "",
        };
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        let text = if text.is_empty() { " " } else { text };
        format!(
            r#"<li{mark}><code style="--indent: {indent}">{}</code></li>"#,
            breakable(&escape(text))
        )
    }));
    format!(r#"<ol class="play-code" role="list" aria-label="Code of {of}">{lines}</ol>"#)
}

/// The text of a line, with places where it may be broken.
fn breakable(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    for (at, letter) in line.char_indices() {
        let is_of = |before: char| before.is_ascii_alphanumeric() || "_)".contains(before);
        let is_call = letter == '.'
            && line[..at].ends_with(is_of)
            && line[at + 1..].starts_with(|after: char| after.is_ascii_lowercase());
        if is_call || line[..at].ends_with("::") {
            text.push_str("<wbr>");
        }
        text.push(letter);
    }
    text
}

fn shared(graph: &Graph, at: &Position) -> String {
    let values = graph.shown.iter().zip(&at.values);
    joined(values.map(|(name, value)| {
        let (name, value) = (escape(name), escape(&graph.texts[*value]));
        format!("<div><dt>{name}</dt><dd>{value}</dd></div>")
    }))
}

fn next(graph: &Graph, at: &Position) -> String {
    joined(at.choices.iter().map(|choice| {
        let party = escape(&graph.parties[choice.party].name);
        let does = escape(&graph.texts[choice.does]);
        format!(
            r#"<button type="button" class="play-choice" data-key="{key}"><kbd>{key}</kbd> {party} <b>{does}</b></button>"#,
            key = choice.key
        )
    }))
}
