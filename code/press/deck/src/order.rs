//! `workbook list --talk`: the running order of the talk, with its times.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Result, ensure};
use project::count;
use serde::Serialize;

use super::deck::Deck;
use super::rehearsal::Rehearsal;
use super::slide::Slide;
use crate::cuts::{CUTS, clock, no_cut};

/// One slide in the running order of a cut. The field names are the keys of `list --talk --json`.
#[derive(Serialize)]
struct Entry<'s> {
    /// The cut, in minutes.
    cut: u32,
    /// When it begins, in seconds from the start.
    begins_s: u32,
    /// How long it is planned to take.
    planned_s: u32,
    /// How long it took in the rehearsal.
    real_s: Option<u32>,
    id: &'s str,
    title: &'s str,
    part: Option<&'s str>,
    /// Relative to the project's root.
    file: String,
    /// The line of its mark.
    line: usize,
}

/// What is wanted of the running order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Only this cut, in minutes.
    pub cut: Option<u32>,
    /// The file with the times of a rehearsal, which stand beside the planned ones.
    pub rehearsal: Option<&'a Path>,
    /// As JSON, and not as tables.
    pub json: bool,
}

/// The running order of a talk in all its cuts, or in one.
///
/// # Errors
///
/// If there is no such cut, the file of the rehearsal cannot be read, or it was of another cut.
pub fn text(deck: &Deck, wanted: Wanted<'_>) -> Result<String> {
    let rehearsal = wanted.rehearsal.map(Rehearsal::read).transpose()?;
    let cut = wanted
        .cut
        .or(rehearsal.as_ref().map(|rehearsal| rehearsal.cut));
    if let Some(cut) = cut {
        ensure!(CUTS.contains(&cut), no_cut(&cut.to_string()));
        let given = rehearsal.as_ref().map_or(cut, |rehearsal| rehearsal.cut);
        ensure!(
            cut == given,
            "the rehearsal was of the cut of {given} minutes, not of that of {cut}"
        );
    }
    let cuts: Vec<u32> = cut.map_or_else(|| CUTS.to_vec(), |cut| vec![cut]);
    if wanted.json {
        let entries = cuts
            .iter()
            .flat_map(|cut| entries(deck, *cut, rehearsal.as_ref()));
        return Ok(serde_json::to_string_pretty(&entries.collect::<Vec<_>>())? + "\n");
    }
    if deck.slides.is_empty() {
        return Ok("the book has no slides\n".to_owned());
    }
    let tables = cuts.iter().map(|cut| table(deck, *cut, rehearsal.as_ref()));
    Ok(tables.collect::<Vec<_>>().join("\n"))
}

fn entries<'s>(deck: &'s Deck, cut: u32, rehearsal: Option<&Rehearsal>) -> Vec<Entry<'s>> {
    let real = rehearsal.map(Rehearsal::seconds).unwrap_or_default();
    let mut begins_s = 0;
    let entry = |slide: &'s Slide| {
        let entry = Entry {
            cut,
            begins_s,
            planned_s: slide.seconds,
            real_s: real.get(slide.id.as_str()).copied(),
            id: &slide.id,
            title: &slide.title,
            part: slide.part.as_deref(),
            file: slide.file.display().to_string(),
            line: slide.line,
        };
        begins_s += slide.seconds;
        entry
    };
    deck.in_cut(cut).map(entry).collect()
}

/// The running order of a cut: when each slide begins, how long it takes, and where it stands.
fn table(deck: &Deck, cut: u32, rehearsal: Option<&Rehearsal>) -> String {
    let entries = entries(deck, cut, rehearsal);
    let mut text = head(deck, cut, entries.len());
    let title = widest(entries.iter().map(|entry| entry.title));
    let id = widest(entries.iter().map(|entry| entry.id));
    for part in entries.chunk_by(|one, other| one.part == other.part) {
        if let Some(title) = part[0].part {
            let planned = clock(part.iter().map(|entry| entry.planned_s).sum());
            writeln!(text, "  {title}, {planned}").expect("a string takes all");
        }
        for entry in part {
            let (begins, planned) = (clock(entry.begins_s), clock(entry.planned_s));
            let real = match (rehearsal, entry.real_s) {
                (None, _) => String::new(),
                (Some(_), None) => format!("{:>8}", "–"),
                (Some(_), Some(real_s)) => format!("{:>8}", clock(real_s)),
            };
            writeln!(
                text,
                "{begins:>7}{planned:>7}{real}  {:title$}  {:id$}  {}:{}",
                entry.title, entry.id, entry.file, entry.line
            )
            .expect("a string takes all");
        }
    }
    if let Some(rehearsal) = rehearsal {
        text += &foot(&entries, rehearsal);
    }
    text
}

/// What the rehearsal took, and how much of that on slides that the cut has no more.
fn foot(entries: &[Entry<'_>], rehearsal: &Rehearsal) -> String {
    let mut gone = rehearsal.seconds();
    gone.retain(|id, _| !entries.iter().any(|entry| entry.id == *id));
    let (cut, whole) = (rehearsal.cut, clock(rehearsal.whole()));
    let foot = format!("  the rehearsal (cut {cut}) took {whole}");
    if gone.is_empty() {
        return foot + "\n";
    }
    let ids: Vec<&str> = gone.keys().copied().collect();
    let seconds = clock(gone.values().sum());
    format!(
        "{foot}, {seconds} of it on slides that are gone: {}\n",
        ids.join(", ")
    )
}

fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}

/// How many slides, how long, and whether that is too long.
fn head(deck: &Deck, cut: u32, slides: usize) -> String {
    let over = match deck.over(cut) {
        Some(over) => format!(": over by {}", clock(over)),
        None => String::new(),
    };
    format!(
        "{cut} minutes: {}, {} planned{over}\n",
        count(slides, "slide"),
        clock(deck.seconds(cut))
    )
}

#[cfg(test)]
mod tests;
