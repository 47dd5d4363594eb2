//! `workbook list`: what there is to read and to run.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use deck::Deck;
use deck::order::{self, Wanted};
use project::Project;
use project::{catalog, chapters, exercises};
use serde::Serialize;
use stage::terminal;

use crate::{book, cli, fastest};

/// One thing of the book. The field names are the keys of `list --json`.
#[derive(Serialize)]
struct Item {
    /// Chapters and steps that belong together bear the same name.
    name: String,
    title: String,
    /// `chapter`, `step` (it has a place in a tree), `program`, `play`, `exercise` or
    /// `fork` (the reader's own).
    kind: &'static str,
    /// Relative to the project's root.
    path: PathBuf,
    /// The step that a step grew from.
    parent: Option<String>,
    /// Whether this is the step with the most lines a second in the book's measurements.
    fastest: bool,
}

/// Prints everything, as a table or as JSON.
pub fn list(project: &Project, args: &cli::List) -> Result<ExitCode> {
    if args.talk {
        return running_order(project, args);
    }
    let items = items(project)?;
    let text = if args.json {
        serde_json::to_string_pretty(&items)? + "\n"
    } else {
        table(&items)
    };
    terminal::out(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the running order of the talk; what is wrong with the marks goes to standard error.
fn running_order(project: &Project, args: &cli::List) -> Result<ExitCode> {
    let (deck, problems) = Deck::read(project, &book::figures())?;
    problems.iter().for_each(terminal::problem);
    let wanted = Wanted {
        cut: args.cut,
        rehearsal: args.rehearsal.as_deref(),
        json: args.json,
    };
    terminal::out(&order::text(&deck, wanted)?)?;
    Ok(ExitCode::SUCCESS)
}

fn items(project: &Project) -> Result<Vec<Item>> {
    let chapters = chapters::chapters(project)?
        .into_iter()
        .map(|chapter| Item {
            name: chapter.name,
            title: chapter.title,
            kind: "chapter",
            path: PathBuf::from("book").join(chapter.path),
            parent: None,
            fastest: false,
        });
    let programs = catalog::programs(&project.root)?;
    let (fastest, problems) = fastest::step(project, &programs)?;
    problems.iter().for_each(terminal::problem);
    let programs = programs.into_iter().map(|program| Item {
        fastest: fastest.as_ref() == Some(&program.name),
        kind: program.part.kind(),
        name: program.name,
        title: program.title,
        path: program.path,
        parent: program.parent,
    });
    let forks = catalog::forks(&project.root).into_iter().map(|fork| Item {
        name: fork.name,
        title: fork.title,
        kind: fork.part.kind(),
        path: fork.path,
        parent: fork.parent,
        fastest: false,
    });
    let plays = play::PLAYS.iter().map(|play| Item {
        name: play.name.to_owned(),
        title: play.title.to_owned(),
        kind: "play",
        path: PathBuf::from("code/play/src").join(play.name.replace('-', "_")),
        parent: None,
        fastest: false,
    });
    let exercises = exercises::exercises(project)?.into_iter();
    let exercises = exercises.map(|exercise| Item {
        path: exercise.folder(),
        name: exercise.name,
        title: exercise.about.title,
        kind: "exercise",
        parent: None,
        fastest: false,
    });
    Ok((chapters.chain(programs).chain(plays))
        .chain(exercises)
        .chain(forks)
        .collect())
}

/// Columns as wide as their widest entry.
fn table(items: &[Item]) -> String {
    let width = |text: fn(&Item) -> &str| {
        items
            .iter()
            .map(|item| text(item).chars().count())
            .max()
            .unwrap_or(0)
    };
    let kind = width(|item| item.kind);
    let name = width(|item| &item.name);
    let title = width(|item| &item.title);
    let mut text = String::new();
    for item in items {
        let path = item.path.display();
        text += &format!(
            "{:kind$}  {:name$}  {:title$}  {path}",
            item.kind, item.name, item.title
        );
        if let Some(parent) = &item.parent {
            text += &format!("  (from {parent})");
        }
        if item.fastest {
            text += "  fastest";
        }
        text.push('\n');
    }
    text
}
