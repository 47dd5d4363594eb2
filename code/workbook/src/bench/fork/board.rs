//! The leader board of a reader's own attempts: right ones only, since a wrong one is not measured.
//!
//! A file in `my-work`, a line for each attempt, which is only ever added to. The rates of a quick laptop and of a slow one stand in
//! different files, for the file is of one machine.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use measured::number::{SPACE, quantity};
use project::{Part, Project};
use serde::{Deserialize, Serialize};
use traffic::harness::thousands;

/// The name of the file in `my-work`.
const FILE: &str = "board.jsonl";

/// So many attempts are shown: those on top.
const SHOWN: usize = 10;

/// One attempt.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Attempt {
    /// The fork.
    pub fork: String,
    /// The step that it is a fork of, or the fork.
    pub parent: String,
    /// How many lines were read.
    pub lines: u64,
    /// The median of its rates, in lines a second.
    pub rate: f64,
    /// That of its parent, which was measured beside it.
    pub parent_rate: f64,
}

/// Puts an attempt on the board, and shows those that read as many lines.
///
/// # Errors
///
/// If the board cannot be written.
pub fn add(project: &Project, attempt: &Attempt) -> Result<String> {
    let path = path(project);
    let line = serde_json::to_string(attempt).context("an attempt as JSON")?;
    let mut file = OpenOptions::new().create(true).append(true).open(&path);
    (file
        .as_mut()
        .map_err(|error| std::io::Error::from(error.kind())))
    .and_then(|file| writeln!(file, "{line}"))
    .with_context(|| format!("cannot write {}", project.shown(&path).display()))?;
    Ok(text(&read(project), attempt))
}

/// All attempts, in the order in which they were made. A line that is no attempt is none.
fn read(project: &Project) -> Vec<Attempt> {
    let text = fs::read_to_string(path(project)).unwrap_or_default();
    let attempts = text.lines().map(serde_json::from_str);
    attempts.filter_map(Result::ok).collect()
}

fn path(project: &Project) -> PathBuf {
    project.root.join(Part::Fork.folder()).join(FILE)
}

/// The board: the fastest attempts on as many lines, and the newest with a mark.
fn text(all: &[Attempt], newest: &Attempt) -> String {
    let alike = all.iter().enumerate();
    let mut alike: Vec<(usize, &Attempt)> = alike
        .filter(|(_, attempt)| attempt.lines == newest.lines)
        .collect();
    let number = alike.last().map(|(number, _)| *number);
    alike.sort_by(|(_, a), (_, b)| b.rate.total_cmp(&a.rate));
    let place = alike.iter().position(|(at, _)| Some(*at) == number);
    let width = alike.iter().map(|(_, attempt)| attempt.fork.len()).max();
    let width = width.unwrap_or(0);
    let mut text = format!(
        "your attempts on {} lines, the fastest first:\n",
        thousands(newest.lines)
    );
    for (rank, (at, attempt)) in alike.iter().enumerate() {
        if rank >= SHOWN && Some(*at) != number {
            continue;
        }
        let mark = if Some(*at) == number { '>' } else { ' ' };
        let rate = quantity(attempt.rate, "lines/s").replace(SPACE, " ");
        let ratio = attempt.rate / attempt.parent_rate;
        writeln!(
            text,
            "{mark} {:>2}. {:width$}  {rate}, {ratio:.2} times {}",
            rank + 1,
            attempt.fork,
            attempt.parent
        )
        .expect("a string takes everything");
    }
    if place == Some(0) && alike.len() > 1 {
        text += "that is your fastest so far\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(fork: &str, rate: f64) -> Attempt {
        Attempt {
            fork: fork.to_owned(),
            parent: "s15-steal".to_owned(),
            lines: 1_000_000,
            rate,
            parent_rate: 10e6,
        }
    }

    #[test]
    fn the_fastest_is_on_top_and_nothing_is_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let project = Project::at(folder.path());
        fs::create_dir_all(folder.path().join("my-work")).expect("created");
        let board = add(&project, &attempt("my-first", 12e6)).expect("added");
        assert!(
            board.contains(">  1. my-first  12") && board.contains("1.20 times s15-steal"),
            "{board}"
        );
        fs::write(
            path(&project),
            fs::read_to_string(path(&project)).expect("read") + "no attempt\n",
        )
        .expect("written");
        let other_log = Attempt {
            lines: 20_000,
            ..attempt("my-other", 99e6)
        };
        add(&project, &other_log).expect("added");
        let board = add(&project, &attempt("my-second", 15e6)).expect("added");
        let places: Vec<Option<usize>> = [
            ">  1. my-second",
            "   2. my-first ",
            "my-other",
            "fastest so far",
        ]
        .map(|words| board.find(words))
        .to_vec();
        assert!(
            places[0] < places[1] && places[2].is_none() && places[3].is_some(),
            "{board}"
        );
        let board = add(&project, &attempt("my-first", 9e6)).expect("added");
        assert!(
            board.contains(">  3. my-first") && !board.contains("fastest so far"),
            "{board}"
        );
    }

    #[test]
    fn a_long_board_ends_with_the_newest() {
        let mut all: Vec<Attempt> = (0..20)
            .map(|number| attempt("my-fork", f64::from(100 - number)))
            .collect();
        all.push(attempt("my-slow", 1.0));
        let text = text(&all, &all[20]);
        assert_eq!(text.lines().count(), 1 + SHOWN + 1, "{text}");
        assert!(
            text.ends_with("0.00 times s15-steal\n") && text.contains("> 21. my-slow"),
            "{text}"
        );
    }
}
