//! A chapter of a program has all its parts, in their order. One file a part of the book.

mod concept;
mod parts;
mod step;

use pages::runnable;
use project::Part;
use project::Problem;
use project::Program;

use super::texts::Text;

/// What a chapter lacks of its shape; most chapters have none.
pub fn check(text: &Text, programs: &[Program]) -> Vec<Problem> {
    let mut problems = of_part(text, programs);
    problems.extend(plays(text));
    problems
}

/// What a chapter about a program lacks.
fn of_part(text: &Text, programs: &[Program]) -> Vec<Problem> {
    match text.chapter.part() {
        Some(Part::Evolution) if text.chapter.is_numbered() => {
            [step::check(text, programs), panel(text)].concat()
        }
        Some(Part::Evolution) => step::check_summary(text),
        Some(Part::Mapping) if !text.chapter.is_first_page() => {
            [concept::check(text), panel(text)].concat()
        }
        // Chapters about a part as a whole, and those of the network, whose shape comes with its steps.
        Some(Part::Mapping | Part::Network | Part::Fork) | None => Vec::new(),
    }
}

/// A program that can be run from a page is run from its own.
fn panel(text: &Text) -> Vec<Problem> {
    let name = &text.chapter.name;
    let is_there = text.directives("run").any(|(_, argument)| argument == name);
    if is_there || runnable::entry(name).is_none() {
        return Vec::new();
    }
    vec![text.lacks(
        0,
        &format!("the panel that runs its program (`{{{{#run {name}}}}}`)"),
    )]
}

/// A play is far down in its chapter, and a reader who would like to play is told at the top.
fn plays(text: &Text) -> Vec<Problem> {
    let top = parts::second_level(&text.markdown);
    let top = &text.markdown[..top.first().map_or(text.markdown.len(), |(at, _)| *at)];
    (text.directives("play"))
        .filter(|(_, name)| !top.contains(&format!("](#play-{name})")))
        .map(|(_, name)| {
            let what = format!("a link to its play before the first part (`[…](#play-{name})`)");
            text.lacks(0, &what)
        })
        .collect()
}

#[cfg(test)]
mod tests;
