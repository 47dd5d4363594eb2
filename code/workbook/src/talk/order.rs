//! `workbook list --talk`: the running order of the talk, with its times.

use std::fmt::Write as _;

use anyhow::{Result, ensure};
use serde::Serialize;

use super::deck::Deck;
use super::rehearsal::Rehearsal;
use super::slide::{Slide, clock};
use crate::talk::CUTS;
use crate::{cli, project::Project, say};

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

/// What `list --talk` prints; what is wrong with the marks goes to standard error.
///
/// # Errors
///
/// If there is no summary, or the file of the rehearsal cannot be read.
pub fn text(project: &Project, args: &cli::List) -> Result<String> {
    let (deck, problems) = Deck::read(project)?;
    problems.iter().for_each(say::problem);
    let rehearsal = args.rehearsal.as_deref().map(Rehearsal::read).transpose()?;
    let wanted = args
        .cut
        .or(rehearsal.as_ref().map(|rehearsal| rehearsal.cut));
    if let Some(cut) = wanted {
        ensure!(
            CUTS.contains(&cut),
            "there is no cut of {cut} minutes: there are {CUTS:?}"
        );
    }
    let cuts: Vec<u32> = wanted.map_or_else(|| CUTS.to_vec(), |cut| vec![cut]);
    if args.json {
        let entries = cuts
            .iter()
            .flat_map(|cut| entries(&deck, *cut, rehearsal.as_ref()));
        return Ok(serde_json::to_string_pretty(&entries.collect::<Vec<_>>())? + "\n");
    }
    let tables = cuts
        .iter()
        .map(|cut| table(&deck, *cut, rehearsal.as_ref()));
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
    let mut part = None;
    for entry in &entries {
        if entry.part != part {
            part = entry.part;
            let planned = entries.iter().filter(|other| other.part == part);
            let planned = clock(planned.map(|entry| entry.planned_s).sum());
            writeln!(text, "  {}, {planned}", part.unwrap_or_default())
                .expect("a string takes all");
        }
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
    if let Some(rehearsal) = rehearsal {
        let real: u32 = entries.iter().filter_map(|entry| entry.real_s).sum();
        let cut = rehearsal.cut;
        writeln!(text, "  the rehearsal (cut {cut}) took {}", clock(real))
            .expect("a string takes all");
    }
    text
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
        say::count(slides, "slide"),
        clock(deck.seconds(cut))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deck(seconds: &[u32]) -> Deck {
        let slides = seconds.iter().enumerate().map(|(at, &seconds)| Slide {
            id: format!("s{at}"),
            title: format!("Slide {at}"),
            seconds,
            cuts: vec![20],
            part: Some(if at < 2 { "Start" } else { "End" }.to_owned()),
            file: "book/a.md".into(),
            line: at + 1,
            ..Slide::default()
        });
        Deck {
            slides: slides.collect(),
        }
    }

    #[test]
    fn the_running_order_has_times_parts_and_places() {
        let expected = "20 minutes: 3 slides, 2:35 planned\n  Start, 2:00\n   0:00   1:30  Slide 0  s0  book/a.md:1\n\
            \x20  1:30   0:30  Slide 1  s1  book/a.md:2\n  End, 0:35\n   2:00   0:35  Slide 2  s2  book/a.md:3\n";
        assert_eq!(table(&deck(&[90, 30, 35]), 20, None), expected);
        assert_eq!(
            table(&deck(&[]), 45, None),
            "45 minutes: 0 slides, 0:00 planned\n"
        );
    }

    #[test]
    fn a_cut_that_is_too_long_says_by_how_much() {
        let text = table(&deck(&[600, 600, 65]), 20, None);
        assert!(
            text.starts_with("20 minutes: 3 slides, 21:05 planned: over by 1:05\n"),
            "{text}"
        );
        let text = table(&deck(&[600, 600]), 20, None);
        assert!(
            text.starts_with("20 minutes: 2 slides, 20:00 planned\n"),
            "{text}"
        );
    }

    #[test]
    fn a_rehearsal_stands_beside_the_plan() {
        let text =
            r#"{"cut": 20, "slides": [{"id": "s0", "real_s": 100}, {"id": "gone", "real_s": 3}]}"#;
        let rehearsal: Rehearsal = serde_json::from_str(text).expect("a rehearsal");
        let text = table(&deck(&[90, 30]), 20, Some(&rehearsal));
        assert!(text.contains("   0:00   1:30    1:40  Slide 0"), "{text}");
        assert!(text.contains("   1:30   0:30       –  Slide 1"), "{text}");
        assert!(
            text.ends_with("the rehearsal (cut 20) took 1:40\n"),
            "{text}"
        );
    }
}
