//! What the tests of the tool share: a small project of their own, and a server that ends with the
//! test. Every wait has a limit.

#![allow(dead_code, reason = "each test binary uses a part of this")]

pub mod board;
pub mod browser;
pub mod built;
pub mod chromium;
pub mod contrast;
pub mod crawl;
pub mod fileserver;
pub mod fixture;
pub mod http;
pub mod keyboard;
pub mod live;
pub mod page_look;
pub mod recorded;
pub mod server;
pub mod slide_look;
pub mod stage;
pub mod talk;
pub mod webdriver;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

/// Longer than anything here takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Where this variable of the environment is set, tests do without a browser: `just quick`.
pub const NO_BROWSER: &str = "NO_BROWSER";

/// The project that these tests belong to.
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("the crate is two folders deep")
        .to_path_buf()
}

/// Runs the tool in a folder, to its end.
pub fn workbook(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_workbook"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the tool starts")
}

/// What was printed on standard error.
pub fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What was printed on standard output.
pub fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Whether everything has to be tested, in each way: `CI` is set. A run without it takes some minutes, not half an hour.
pub fn everything() -> bool {
    std::env::var_os("CI").is_some()
}

/// Of several ways to look at one thing all where everything has to be tested, and else one: things take
/// turns, so that each way is gone somewhere.
pub fn by_turns<Way: Copy>(ways: &[Way], thing: &str) -> Vec<Way> {
    if everything() {
        return ways.to_vec();
    }
    let turn: usize = thing.bytes().map(usize::from).sum();
    vec![ways[turn % ways.len()]]
}

/// Says loudly what was not tested, or fails where everything has to be (`CI` is set): for what `.ci/run` installs.
/// Straight to standard error: the test runner keeps back what a passing test prints.
pub fn skipped_or_failed(test: &str, what: &str) {
    assert!(!everything(), "{test} cannot run: {what}");
    let message = format!("\n*** SKIPPED {test}: {what}\n\n");
    std::io::stderr()
        .write_all(message.as_bytes())
        .expect("standard error");
}

/// The same, for a test that needs a browser.
pub fn skipped_without_browser(test: &str) {
    let what = if std::env::var_os(NO_BROWSER).is_some() {
        "no browser is wanted here."
    } else {
        "there is no Chromium here.\n*** Install the package chromium to test the book in a browser."
    };
    skipped_or_failed(test, what);
}
