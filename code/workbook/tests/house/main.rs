//! How the house is built: no two files import each other, and crates depend on those that they may.
//!
//! A circle of two files is one file that has been cut in the wrong place: neither can be read, tested or
//! moved without the other. What both need belongs into a third. A module's file may declare a module and
//! hand on what is in it; it does not import that by doing so.

mod arrows;
mod imports;
mod manifests;
mod module;
mod resolve;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use module::Target;

/// The folder `code/`.
fn code() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let code = folder.ancestors().find(|folder| folder.ends_with("code"));
    code.expect("this crate is in code/").to_owned()
}

/// The folders of all crates below a folder.
fn crates(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder that can be read") {
        let path = entry.expect("an entry").path();
        if path.join("Cargo.toml").is_file() {
            found.push(path);
        } else if path.is_dir() {
            found.extend(crates(&path));
        }
    }
    found.sort();
    found
}

/// The files in which a crate's targets begin.
fn roots(folder: &Path) -> Vec<PathBuf> {
    let mut roots: Vec<PathBuf> = ["src/lib.rs", "src/main.rs", "build.rs"]
        .map(|file| folder.join(file))
        .into();
    for kind in ["src/bin", "tests", "benches", "examples"] {
        let entries = std::fs::read_dir(folder.join(kind));
        for entry in entries.into_iter().flatten() {
            let path = entry.expect("an entry").path();
            roots.push(path.join("main.rs"));
            roots.push(path);
        }
    }
    roots.retain(|path| path.is_file() && path.extension().is_some_and(|ending| ending == "rs"));
    roots
}

/// The pairs of files of a crate that import each other, each pair once.
fn circles(folder: &Path) -> BTreeSet<(PathBuf, PathBuf)> {
    let targets = roots(folder).into_iter().map(|root| Target::read(&root));
    let imports: BTreeSet<_> = targets.flat_map(|target| target.imports()).collect();
    let mutual = imports
        .iter()
        .filter(|(one, other)| one < other && imports.contains(&(other.clone(), one.clone())));
    mutual.cloned().collect()
}

#[test]
fn no_two_files_import_each_other() {
    let code = code();
    let mut found = Vec::new();
    for (one, other) in crates(&code).iter().flat_map(|folder| circles(folder)) {
        let name = |file: &Path| {
            let name = file.strip_prefix(&code).unwrap_or(file);
            name.display().to_string()
        };
        found.push(format!("{} and {}", name(&one), name(&other)));
    }
    assert!(
        found.is_empty(),
        "these files import each other (put what both need into a third):\n{}",
        found.join("\n")
    );
}

#[test]
fn crates_depend_on_what_they_may() {
    let code = code();
    let complaints = arrows::complaints(&code, &crates(&code));
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn crates_are_under_the_rules_of_the_workspace() {
    let code = code();
    let crates = crates(&code);
    let mut complaints = manifests::outsiders(&code, &crates);
    for folder in &crates {
        complaints.extend(manifests::complaints(&code, folder));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
