//! `workbook bench`: measures here, beside the book's own results.

use std::process::ExitCode;

use anyhow::{Result, bail};
use bench::collect::{self, Effort, Order, Progress};
use indicatif::ProgressBar;

use crate::project::Project;
use crate::{cli, progress, say};

/// Measures one suite or all, and says where the results are.
///
/// `target/` is where the reader's results belong. What is committed to `book/results` is copied
/// there by hand, because a measurement becomes the book's by somebody's decision.
pub fn bench(project: &Project, args: &cli::Bench) -> Result<ExitCode> {
    let known: Vec<&str> = collect::suites().collect();
    let suites = match &args.suite {
        Some(suite) if !known.contains(&suite.as_str()) => {
            bail!("there is no suite {suite}; there are {}", known.join(", "))
        }
        Some(suite) => vec![suite.as_str()],
        None => collect::usual_suites().collect(),
    };
    let effort = if args.quick {
        Effort::Quick
    } else {
        Effort::Full
    };
    for suite in suites {
        let bar = progress::measuring();
        let order = Order {
            suite,
            only: args.only.as_deref(),
            effort,
        };
        let file = collect::run(&project.root, &order, &project.own_results(), &mut |now| {
            show(&bar, now);
        })?;
        bar.finish_and_clear();
        say::note(&format!(
            "{suite} is measured: {}",
            project.shown(&file).display()
        ));
    }
    say::note("the pages that are served here show it beside the book's");
    Ok(ExitCode::SUCCESS)
}

fn show(bar: &ProgressBar, now: &Progress) {
    bar.set_length(now.total as u64);
    bar.set_position(now.done as u64);
    bar.set_message(now.what.clone());
}
