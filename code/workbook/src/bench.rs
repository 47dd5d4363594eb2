//! `workbook bench`: measures here, beside the book's own results.

mod fork;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail, ensure};
use bench::collect::{self, Effort, Order, Progress};
use pages::event::{Stamped, Tool};
use project::Project;
use project::catalog;
use project::suggest;
use results::Suite;
use serde_json::json;
use stage::terminal::{self, ProgressBar};

use crate::cli;

/// Measures one suite or all, or a fork, and says where the results are.
///
/// `target/` is where the reader's results belong. What is committed to `book/results` is copied
/// there by hand, because a measurement becomes the book's by somebody's decision.
pub fn bench(project: &Project, args: &cli::Bench) -> Result<ExitCode> {
    let known: Vec<&str> = collect::suites().collect();
    let suites = match &args.suite {
        Some(suite) if !known.contains(&suite.as_str()) => {
            return of_fork(project, suite, &known, args);
        }
        Some(suite) => vec![suite.as_str()],
        None => collect::usual_suites().collect(),
    };
    let effort = if args.quick {
        Effort::Quick
    } else {
        Effort::Full
    };
    let began = Instant::now();
    for suite in suites {
        let order = Order::new(suite, args.only.as_deref(), effort)?;
        let bar = terminal::measuring();
        let file = collect::run(&project.root, &order, &project.own_results(), &mut |now| {
            show(&bar, now);
            if args.events {
                tell(now, began);
            }
        })?;
        bar.finish_and_clear();
        terminal::note(&format!(
            "{suite} is measured: {}",
            project.shown(&file).display()
        ));
        // Profiles are not in one file.
        let cases = Suite::read(&file).map(|suite| suite.cases);
        for (case, measured) in cases.unwrap_or_default() {
            if let Some(answer) = measured.notes.get("answer") {
                terminal::note(&format!("{case}: {answer}"));
            }
        }
    }
    terminal::note("the pages that are served here show it beside the book's");
    Ok(ExitCode::SUCCESS)
}

/// Measures the fork of that name.
fn of_fork(project: &Project, name: &str, suites: &[&str], args: &cli::Bench) -> Result<ExitCode> {
    let forks = catalog::forks(&project.root);
    if let Some(found) = forks.iter().find(|fork| fork.name == name) {
        ensure!(
            args.only.is_none(),
            "a fork is measured as a whole: `--only` is for suites"
        );
        return fork::measure(project, found, args);
    }
    let meant = suggest::meant(name, forks.iter().map(|fork| fork.name.as_str()));
    bail!(
        "there is no suite {name}; there are {}{}",
        suites.join(", "),
        meant.map_or_else(String::new, |near| format!(
            "; did you mean the fork {near}?"
        ))
    )
}

/// The progress as an event, for a page.
fn tell(now: &Progress, began: Instant) {
    let event = Tool::Measuring {
        done: now.done,
        total: now.total,
        what: now.what.clone(),
    };
    let t_ms = began.elapsed().as_millis() as u64;
    println!("{}", json!(Stamped::tool(t_ms, event)));
}

fn show(bar: &ProgressBar, now: &Progress) {
    bar.set_length(now.total as u64);
    bar.set_position(now.done as u64);
    bar.set_message(now.what.clone());
}
