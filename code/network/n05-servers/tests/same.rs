//! What is the same as in the parent, byte for byte, what had to change, what a server does now, and what is new; and the count of
//! all four, which the chapter shows.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What is of this step, under a name that the parent has as well.
const CHANGED: [&str; 5] = ["arrows.rs", "lib.rs", "main.rs", "start.rs", "sync.rs"];

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn parents() -> PathBuf {
    here().join("../n03-failure")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|err| panic!("{}: {err}", path.display()))
}

fn files(step: &Path) -> BTreeSet<String> {
    let files = std::fs::read_dir(step.join("src")).expect("a step has sources");
    let name = |file: std::io::Result<std::fs::DirEntry>| file.expect("a file").file_name();
    files
        .map(|file| name(file).into_string().expect("letters"))
        .collect()
}

/// The lines of a step's files together.
fn lines<'a>(step: &Path, files: impl IntoIterator<Item = &'a String>) -> usize {
    let lines = |file: &String| read(&step.join("src").join(file)).lines().count();
    files.into_iter().map(lines).sum()
}

#[test]
fn the_lines_that_changed_are_counted_beside_those_that_did_not() {
    let (ours, theirs) = (files(here()), files(&parents()));
    let kept: BTreeSet<&String> = theirs.intersection(&ours).collect();
    let gone: Vec<&String> = theirs.difference(&ours).collect();
    let (changed, same): (Vec<_>, Vec<_>) = kept
        .into_iter()
        .partition(|file| CHANGED.contains(&file.as_str()));
    for file in &same {
        let read = |step: &Path| read(&step.join("src").join(file));
        assert!(
            read(here()) == read(&parents()),
            "{file} differs from the parent's"
        );
    }
    let new: Vec<&String> = ours.difference(&theirs).collect();
    let row = |what: &str, step: &Path, files: &[&String]| {
        let (number, lines) = (files.len(), lines(step, files.iter().copied()));
        format!("{what:<26}{number:>3} files {lines:>6} lines\n")
    };
    let counted = [
        row("as they were", here(), &same),
        row("changed", here(), &changed),
        row("gone", &parents(), &gone),
        row("new", here(), &new),
    ]
    .concat();
    let told = here().join("tests/lines.txt");
    if std::env::var_os("N05_COUNT").is_some() {
        std::fs::write(&told, &counted).expect("it can be written");
    }
    assert_eq!(read(&told), counted, "N05_COUNT=1 writes it anew");
}
