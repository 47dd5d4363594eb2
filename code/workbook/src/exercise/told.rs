//! What a learner is told, as text.

use std::fmt::Write as _;

use project::exercises::Exercise;
use stage::terminal::{Style, printable, styled};

use super::begin::SOURCE;
use super::judge::{End, Judged};
use super::tool::TOOL;

/// Of what a program prints for itself so many lines are shown, the last ones.
const PRINTED_MAX: usize = 30;

/// The task, when an exercise is begun.
pub fn task(exercise: &Exercise) -> String {
    let about = &exercise.about;
    let head = format!(
        "{} ({}, about {} minutes)",
        about.title, about.kind, about.minutes
    );
    format!(
        "{}\n\n{}\n\nThe code is yours to change: {}/{SOURCE}\n\n",
        styled(Style::Strong, &head),
        about.task.trim(),
        exercise.own().display()
    )
}

/// What the judge found: a line for each promise, and of the first that is broken how.
pub fn verdict(exercise: &Exercise, judged: &Judged) -> String {
    let mut text = printed(&judged.printed);
    let names = judged.promises.iter().map(|promise| promise.name.len());
    let width = names.max().unwrap_or(0);
    for promise in &judged.promises {
        let mark = if promise.is_held {
            styled(Style::Good, "✓")
        } else {
            styled(Style::Bad, "✗")
        };
        let (name, says) = (&promise.name, &promise.says);
        writeln!(text, "{mark} {name:width$}  {says}").expect("a string takes everything");
    }
    if let Some(broken) = judged.first_broken() {
        let name = styled(Style::Bad, &broken.name);
        write!(text, "\n{name} is broken in {}:\n\n", exercise.name)
            .expect("a string takes everything");
        for line in printable(&broken.why).lines() {
            text += format!("  {line}").trim_end();
            text.push('\n');
        }
    }
    if let End::Cut(why) = &judged.end {
        writeln!(text, "  The judge could not go on: {}", printable(why))
            .expect("a string takes everything");
    }
    text
}

/// What the learner's code printed for itself.
fn printed(printed: &str) -> String {
    let lines: Vec<&str> = printed.lines().collect();
    if lines.is_empty() {
        return String::new();
    }
    let hidden = lines.len().saturating_sub(PRINTED_MAX);
    let mut text = format!("{}\n", styled(Style::Faint, "What your code printed:"));
    if hidden > 0 {
        writeln!(text, "  … {hidden} lines, and then").expect("a string takes everything");
    }
    for line in &lines[hidden..] {
        writeln!(text, "  {}", printable(line)).expect("a string takes everything");
    }
    text.push('\n');
    text
}

/// Where help is, when it is not right yet.
pub fn help(exercise: &Exercise, hints: usize) -> String {
    let name = &exercise.name;
    let help = match exercise.about.hints.len().saturating_sub(hints) {
        0 => format!("`{TOOL} solution {name} --give-up` shows the solution."),
        1 => format!("`{TOOL} hint {name}` gives the last hint."),
        left => format!("`{TOOL} hint {name}` gives one of {left} hints."),
    };
    format!(
        "\n{help} The task is in {}/README.md.\n",
        exercise.own().display()
    )
}

/// The explanation, and what others have got wrong.
pub fn success(exercise: &Exercise) -> String {
    let about = &exercise.about;
    let head = styled(Style::Good, &format!("{} is solved.", exercise.name));
    let mut text = format!("\n{head}\n\n{}\n", about.explanation.trim());
    if !about.mutants.is_empty() {
        text += "\nWrong solutions that look right, and the promise that finds each:\n\n";
        let names = about.mutants.values().map(|mutant| mutant.found_by.len());
        let width = names.max().unwrap_or(0);
        for mutant in about.mutants.values() {
            let (found_by, mistake) = (&mutant.found_by, mutant.mistake.trim());
            writeln!(text, "  {found_by:width$}  {mistake}").expect("a string takes everything");
        }
    }
    text
}

/// What to do next.
pub fn next(exercise: &Exercise, next: Option<&Exercise>) -> String {
    let mut text = String::new();
    if let Some(question) = &exercise.about.next {
        write!(text, "\n{}\n", question.trim()).expect("a string takes everything");
    }
    match next {
        Some(next) => {
            let title = &next.about.title;
            let (minutes, name) = (next.about.minutes, &next.name);
            write!(
                text,
                "\nNext: {title} (about {minutes} minutes)\n\n  {TOOL} check {name}\n"
            )
            .expect("a string takes everything");
        }
        None => text += "\nThat was the last one: all exercises are solved.\n",
    }
    text
}

/// The hints that were asked for so far.
pub fn hints(exercise: &Exercise, shown: usize) -> String {
    let all = &exercise.about.hints;
    let mut text = String::new();
    for (number, hint) in all.iter().enumerate().take(shown) {
        let head = styled(
            Style::Strong,
            &format!("Hint {} of {}", number + 1, all.len()),
        );
        write!(text, "{head}\n\n{}\n\n", hint.trim()).expect("a string takes everything");
    }
    if shown == all.len() {
        writeln!(
            text,
            "There is no further hint; `{TOOL} solution {} --give-up` shows the solution.",
            exercise.name
        )
        .expect("a string takes everything");
    }
    text
}
