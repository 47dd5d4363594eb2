//! What is run, and what it may cost.

use std::time::Duration;

use pages::runnable::Point;
use tokio::process::Command;

/// What is run.
pub enum Job {
    /// A program of the book, built if it has to be.
    Program(Point),
    /// A command of ours that speaks in events, or prints lines.
    Command(Command),
}

/// What a run may cost.
#[derive(Clone, Copy)]
pub struct Limits {
    /// The longest run.
    pub run: Duration,
    /// The longest build, or measurement.
    pub build: Duration,
    /// The most that a run may say, in bytes.
    pub output: usize,
}

/// What a page's run may cost.
pub const LIMITS: Limits = Limits {
    // The longest of the table takes half of it on a slow machine.
    run: Duration::from_secs(60),
    // The whole workspace, from nothing, on two slow cores.
    build: Duration::from_mins(10),
    // Several times what the most talkative one says in a minute.
    output: 2 << 20,
};
