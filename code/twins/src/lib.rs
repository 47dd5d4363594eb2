//! The Go twins: each program of Part I is there twice, and both must print the same.
//!
//! The program is in `code/mapping/NAME`, its twin in `code/go/NAME`. Without a Go toolchain the book can be
//! read, built and tested all the same.
//!
//! What is not tested then is said loudly. The test runner shows what a passing test prints only when it is asked
//! to, but it keeps back only what the print macros write: [`go_or_skip`] writes to standard error itself, and so
//! `cargo test` shows its `*** SKIPPED` between its own lines. Where the environment variable `CI` is set, a
//! missing Go is a failure.

pub mod compare;
mod go;
mod run;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

pub use go::Go;
pub use run::{Ended, run, run_with_children};

/// The folder of the twins, relative to the project's root.
pub const FOLDER: &str = "code/go";

/// The project that this crate belongs to.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// The names of all twins, sorted.
pub fn names(root: &Path) -> Vec<String> {
    let folders = std::fs::read_dir(root.join(FOLDER)).into_iter().flatten();
    let mut names: Vec<String> = folders
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let is_module = entry.path().join("go.mod").is_file();
            is_module.then(|| entry.file_name().to_string_lossy().into_owned())
        })
        .collect();
    names.sort();
    names
}

/// The Go toolchain for a test; without one it says so loudly, and the test has nothing to do.
///
/// # Panics
///
/// If there is none in CI: there a test that is left out must not look like one that passes.
pub fn go_or_skip(test: &str) -> Option<Go> {
    match Go::find(&root()) {
        Ok(go) => Some(go),
        Err(why) => {
            assert!(std::env::var_os("CI").is_none(), "{test}: {why}");
            skipped(test, &why);
            None
        }
    }
}

/// Straight to standard error, and in one piece, because other tests may write at the same time.
fn skipped(test: &str, why: &str) {
    let message = format!(
        "\n*** SKIPPED {test}: {why}.\n*** `.ci/go target/go` installs one for this project alone, and any newer one on \
         the path will do.\n\n"
    );
    // Without a standard error there is nowhere to say it.
    let _ = std::io::stderr().write_all(message.as_bytes());
}

/// Runs a program of the book and its twin with the same arguments, and holds one against the other.
///
/// A mapping program's `tests/twin.rs` is a call of this for each set of arguments that is worth comparing:
///
/// ```no_run
/// # let program = "target/debug/tasks-are-nodes"; // env!("CARGO_BIN_EXE_tasks-are-nodes")
/// twins::print_the_same(program, "tasks-are-nodes", &[&[], &["--tasks", "100"]]);
/// ```
///
/// # Panics
///
/// If one of them fails, does not end, or prints something else than the other.
pub fn print_the_same(program: &str, name: &str, all_arguments: &[&[&str]]) {
    let Some(go) = go_or_skip(&format!("the twin of {name}")) else {
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let twin = go
        .build(&root().join(FOLDER).join(name), folder.path())
        .unwrap_or_else(|why| panic!("{why}"));
    for arguments in all_arguments {
        let one = ended(Path::new(program), arguments);
        let other = ended(&twin, arguments);
        if let Some(difference) = compare::difference(&one.output, &other.output) {
            panic!(
                "{name} {arguments:?} prints this in Rust (-) and that in Go (+):\n{difference}"
            );
        }
    }
}

fn ended(program: &Path, arguments: &[&str]) -> Ended {
    let mut command = Command::new(program);
    command.args(arguments);
    let ended = run(&mut command).unwrap_or_else(|why| panic!("{}: {why}", program.display()));
    assert!(
        ended.succeeded,
        "{} {arguments:?} failed:\n{}",
        program.display(),
        ended.errors
    );
    ended
}
