//! The command line of this program.

use std::io::{self, ErrorKind};
use std::process::ExitCode;
use std::{panic, thread};

use clap::Parser;
use tasks_are_nodes::{Plan, report};

fn main() -> ExitCode {
    let plan = Plan::parse();
    if let Err(why) = plan.check() {
        eprintln!("tasks-are-nodes: {why}");
        return ExitCode::from(2);
    }
    if !plan.unwatched {
        leave_last_words_to_the_supervisor();
    }
    match report(&plan, &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // The reader has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tasks-are-nodes: {error}");
            ExitCode::from(2)
        }
    }
}

/// Rust reports every panic on standard error, also one of a thread that will be joined. Of the nodes that are watched the
/// program tells it itself.
fn leave_last_words_to_the_supervisor() {
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if thread::current().name() == Some("main") {
            tell(panic);
        }
    }));
}
