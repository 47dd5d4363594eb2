//! Which crate may depend on which of ours, and which do.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::Table;

/// Each crate by its folder in `code/`; what it may use of ours; what its tests and benches may use beside
/// that. A name with a `/` at its end stands for all crates below it. No step imports another step.
const MAY_USE: [(&str, &[&str], &[&str]); 10] = [
    ("traffic", &[], &[]),
    ("twins", &[], &[]),
    ("mapping/", &["traffic"], &["twins"]),
    ("evolution/", &["traffic"], &[]),
    ("network/", &["traffic", "network/weather"], &[]),
    ("play", &[], &[]),
    ("drill", &[], &[]),
    // What a model says is put to the code that it is a model of.
    ("proofs", &["traffic"], &["play"]),
    (
        "bench",
        // Cargo is called, and its messages are read, in one place.
        &["traffic", "twins", "press/project", "press/results"],
        STEPS,
    ),
    (
        "workbook",
        &["traffic", "twins", "play", "bench", "press/"],
        &[],
    ),
];

const STEPS: &[&str] = &["mapping/", "evolution/", "network/"];

/// The crates that make the book, each of which uses those in front of it and `traffic`, and no step: steps
/// are programs to it, which are built and run.
const PRESS: [&str; 7] = [
    "press/project",
    "press/results",
    "press/directives",
    "press/measured",
    "press/pages",
    "press/deck",
    "press/stage",
];

/// The one exception: what shows slides and what runs programs know nothing of each other.
const MAY_NOT_USE: (&str, &str) = ("press/stage", "press/deck");

/// A dependency that is not among those, as a sentence.
pub type Complaint = String;

/// Checks the manifests of all crates, which are given by their folders.
pub fn complaints(code: &Path, crates: &[PathBuf]) -> Vec<Complaint> {
    let manifests: Vec<(String, Table)> = (crates.iter())
        .map(|folder| (place(code, folder), manifest(folder)))
        .collect();
    let places: BTreeMap<&str, &str> = (manifests.iter())
        .filter_map(|(place, manifest)| Some((name(manifest)?, place.as_str())))
        .collect();
    let mut complaints = Vec::new();
    for (user, manifest) in &manifests {
        let Some((always, in_tests)) = may_use(user) else {
            complaints.push(format!(
                "code/{user} has no line in the table of what may use what"
            ));
            continue;
        };
        for (section, used) in dependencies(manifest) {
            let Some(used) = places.get(used.as_str()) else {
                continue;
            };
            let is_allowed = always.iter().any(|pattern| matches(pattern, used))
                || section == "dev-dependencies"
                    && in_tests.iter().any(|pattern| matches(pattern, used));
            // A crate may have itself for its tests, with other features.
            if !is_allowed && used != user {
                complaints.push(format!("code/{user} may not use code/{used} ({section})"));
            }
        }
    }
    complaints
}

/// What a crate may use, and what its tests may beside that; nothing for a crate without a rule.
fn may_use(user: &str) -> Option<(Vec<&'static str>, &'static [&'static str])> {
    if let Some(number) = PRESS.iter().position(|place| *place == user) {
        let earlier = PRESS[..number].iter().copied();
        let used = earlier.filter(|used| (user, *used) != MAY_NOT_USE);
        return Some((used.chain(["traffic"]).collect(), &[]));
    }
    let mut rules = MAY_USE.iter();
    let (_, always, in_tests) = rules.find(|(pattern, ..)| matches(pattern, user))?;
    Some((always.to_vec(), in_tests))
}

fn matches(pattern: &str, place: &str) -> bool {
    place == pattern || pattern.ends_with('/') && place.starts_with(pattern)
}

/// A crate's folder as the table names it: `press/deck`.
pub fn place(code: &Path, folder: &Path) -> String {
    let place = folder.strip_prefix(code).expect("a crate is in code/");
    place.display().to_string()
}

/// A crate's manifest.
pub fn manifest(folder: &Path) -> Table {
    let file = folder.join("Cargo.toml");
    let text = std::fs::read_to_string(&file)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", file.display()));
    text.parse()
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn name(manifest: &Table) -> Option<&str> {
    manifest.get("package")?.get("name")?.as_str()
}

/// The names of all packages that a manifest asks for, each with the section in which it stands.
fn dependencies(manifest: &Table) -> Vec<(&'static str, String)> {
    let targets = manifest.get("target").and_then(|value| value.as_table());
    let of_targets = targets.into_iter().flat_map(|targets| targets.values());
    let tables = of_targets.filter_map(|value| value.as_table());
    let mut dependencies = Vec::new();
    for table in tables.chain([manifest]) {
        for section in ["dependencies", "build-dependencies", "dev-dependencies"] {
            let entries = table.get(section).and_then(|value| value.as_table());
            for (name, value) in entries.into_iter().flatten() {
                let renamed = value.get("package").and_then(|value| value.as_str());
                dependencies.push((section, renamed.unwrap_or(name).to_owned()));
            }
        }
    }
    dependencies
}

#[test]
fn what_the_table_does_not_have_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let code = folder.path();
    let crates = [
        (
            "traffic",
            "s01-cache = { path = \"../evolution/s01-cache\" }",
        ),
        (
            "evolution/s01-cache",
            "traffic.workspace = true\nclap = \"4\"",
        ),
        (
            "press/deck",
            "[dev-dependencies]\npages = { path = \"../pages\" }",
        ),
        ("press/pages", "traffic.workspace = true"),
        (
            "press/stage",
            "d = { package = \"deck\", path = \"../deck\" }",
        ),
        ("elsewhere", ""),
    ]
    .map(|(place, dependencies)| {
        let name = place.rsplit('/').next().expect("a name");
        let text = format!("[package]\nname = \"{name}\"\n[dependencies]\n{dependencies}\n");
        std::fs::create_dir_all(code.join(place)).expect("a folder");
        std::fs::write(code.join(place).join("Cargo.toml"), text).expect("written");
        code.join(place)
    });
    assert_eq!(
        complaints(code, &crates),
        [
            "code/traffic may not use code/evolution/s01-cache (dependencies)",
            "code/press/stage may not use code/press/deck (dependencies)",
            "code/elsewhere has no line in the table of what may use what",
        ]
    );
}
