//! What cargo does not ask of a crate: the workspace's lints, its edition, and the tests that make a step a step.

use std::path::{Path, PathBuf};

use toml::Table;

use crate::arrows::{manifest, place};

/// What a manifest takes from the workspace, or the crate is under other rules than the rest.
const FROM_THE_WORKSPACE: [&str; 5] = ["edition", "license", "publish", "rust-version", "version"];

/// Where steps are, and what the tests of each begin with.
const STEPS: [&str; 2] = ["evolution/", "network/"];
const ORACLE: &str = "traffic::equals_oracle!";

/// What stands beside steps and is none: it has no report.
const BESIDE: [&str; 5] = [
    "network/cluster",
    "network/grpc",
    "network/limits",
    "network/simulation",
    "network/weather",
];

/// What a crate lacks, as sentences.
pub fn complaints(code: &Path, folder: &Path) -> Vec<String> {
    let place = place(code, folder);
    let manifest = manifest(folder);
    let is_inherited = |table: Option<&Table>| {
        let value = table.and_then(|table| table.get("workspace"));
        value.and_then(toml::Value::as_bool) == Some(true)
    };
    let table = |name: &str| manifest.get(name).and_then(toml::Value::as_table);
    let mut complaints = Vec::new();
    if !is_inherited(table("lints")) {
        complaints.push(format!(
            "code/{place}/Cargo.toml lacks `[lints] workspace = true`"
        ));
    }
    for key in FROM_THE_WORKSPACE {
        let value = table("package").and_then(|package| package.get(key));
        if !is_inherited(value.and_then(toml::Value::as_table)) {
            complaints.push(format!(
                "code/{place}/Cargo.toml lacks `{key}.workspace = true`"
            ));
        }
    }
    let is_step =
        STEPS.iter().any(|part| place.starts_with(part)) && !BESIDE.contains(&place.as_str());
    let oracle = std::fs::read_to_string(folder.join("tests/oracle.rs"));
    if is_step && !oracle.is_ok_and(|text| text.contains(ORACLE)) {
        complaints.push(format!(
            "code/{place}/tests/oracle.rs does not hold it against the oracle (`{ORACLE}`)"
        ));
    }
    let metadata = table("package").and_then(|package| package.get("metadata"));
    if is_step && metadata.is_none_or(|metadata| metadata.get("workbook").is_none()) {
        complaints.push(format!(
            "code/{place}/Cargo.toml lacks `[package.metadata.workbook]`: it is no step of the book"
        ));
    }
    complaints.extend(
        (unnamed_tests(folder, &manifest).into_iter())
            .map(|file| format!("code/{place}/tests/{file}.rs is run by no program of tests")),
    );
    complaints
}

/// The files of tests that cargo was told not to find by itself, and that neither the manifest names nor one of its programs.
fn unnamed_tests(folder: &Path, manifest: &Table) -> Vec<String> {
    let autotests = (manifest.get("package")).and_then(|package| package.get("autotests"));
    if autotests.and_then(toml::Value::as_bool) != Some(false) {
        return Vec::new();
    }
    let tests = manifest.get("test").and_then(toml::Value::as_array);
    let names = tests
        .into_iter()
        .flatten()
        .filter_map(|test| test.get("name"));
    let programs: Vec<&str> = names.filter_map(toml::Value::as_str).collect();
    let text = |program: &&str| std::fs::read_to_string(folder.join(format!("tests/{program}.rs")));
    let texts: String = programs
        .iter()
        .filter_map(|program| text(program).ok())
        .collect();
    let files = std::fs::read_dir(folder.join("tests"))
        .into_iter()
        .flatten();
    let files = files.filter_map(|file| {
        let name = file.expect("an entry").file_name().into_string().ok()?;
        name.strip_suffix(".rs").map(str::to_owned)
    });
    let is_named = |name: &String| {
        programs.contains(&name.as_str())
            || texts.lines().any(|line| line == format!("mod {name};"))
    };
    files.filter(|name| !is_named(name)).collect()
}

/// The crates that the workspace does not have: no test of theirs is run by the tests of all.
pub fn outsiders(code: &Path, crates: &[PathBuf]) -> Vec<String> {
    let root = manifest(code.parent().expect("code/ is in the root"));
    let members = root["workspace"]["members"].as_array().expect("members");
    let members: Vec<&str> = members.iter().filter_map(toml::Value::as_str).collect();
    let is_member = |place: &str| {
        let all_beside = place
            .rsplit_once('/')
            .map(|(folder, _)| format!("{folder}/*"));
        members.contains(&place) || all_beside.is_some_and(|all| members.contains(&all.as_str()))
    };
    let places = crates
        .iter()
        .map(|folder| format!("code/{}", place(code, folder)));
    places
        .filter(|place| !is_member(place))
        .map(|place| format!("{place} is not among the members of the workspace"))
        .collect()
}

#[test]
fn what_the_workspace_does_not_have_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let members = "[workspace]\nmembers = [\"code/traffic\", \"code/evolution/*\"]\n";
    std::fs::write(folder.path().join("Cargo.toml"), members).expect("written");
    let code = folder.path().join("code");
    let crates =
        ["traffic", "evolution/s01-cache", "network/n01-move"].map(|place| code.join(place));
    assert_eq!(
        outsiders(&code, &crates),
        ["code/network/n01-move is not among the members of the workspace"]
    );
}

#[test]
fn what_a_crate_lacks_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let code = folder.path();
    let step = code.join("evolution/s99-bare");
    std::fs::create_dir_all(step.join("tests")).expect("a folder");
    let write = |file: &str, text: &str| std::fs::write(step.join(file), text).expect("written");
    write(
        "Cargo.toml",
        "[package]\nname = \"s99-bare\"\nedition = \"2021\"\n",
    );
    // Each of them, the lints, the oracle and the title.
    assert_eq!(complaints(code, &step).len(), FROM_THE_WORKSPACE.len() + 3);
    let keys = FROM_THE_WORKSPACE.map(|key| format!("{key}.workspace = true\n"));
    let manifest = format!(
        "[package]\nname = \"s99-bare\"\n{}[package.metadata.workbook]\ntitle = \"Bare\"\n[lints]\nworkspace = true\n",
        keys.concat()
    );
    write("Cargo.toml", &manifest);
    assert_eq!(
        complaints(code, &step),
        [
            "code/evolution/s99-bare/tests/oracle.rs does not hold it against the oracle (`traffic::equals_oracle!`)"
        ]
    );
    write(
        "tests/oracle.rs",
        "traffic::equals_oracle!(s99_bare::run);\n",
    );
    assert!(complaints(code, &step).is_empty());
}

#[test]
fn a_file_of_tests_that_is_not_run_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("tests")).expect("a folder");
    for (name, text) in [
        ("alone", ""),
        ("one", ""),
        ("together", "mod one;\n"),
        ("two", ""),
    ] {
        let file = folder.path().join(format!("tests/{name}.rs"));
        std::fs::write(file, text).expect("written");
    }
    let told = |autotests: &str| {
        let tests = "[[test]]\nname = \"alone\"\n[[test]]\nname = \"together\"\n";
        let manifest = format!("[package]\nname = \"a\"\n{autotests}\n{tests}");
        unnamed_tests(folder.path(), &manifest.parse().expect("a manifest"))
    };
    assert_eq!(told("autotests = false"), ["two"]);
    assert!(told("").is_empty(), "cargo finds them by itself");
}
