//! The crates that are compiled to judge the judges: written into the target folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use project::Project;
use project::exercises::Exercise;
use toml_edit::{Document, Item};

/// The package with a program for each exercise: all versions of it.
pub const JUDGES: &str = "judges";

/// The package with all solutions and judges, for the lints.
pub const LINTED: &str = "linted";

/// One version of an exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Version {
    /// As a learner gets it.
    Given,
    /// As the book solves it.
    Solution,
    /// Wrong in a known way: by its name.
    Mutant(String),
}

impl Version {
    /// All versions of an exercise.
    pub fn all(exercise: &Exercise) -> Vec<Version> {
        let mutants = exercise.about.mutants.keys().cloned().map(Version::Mutant);
        [Version::Given, Version::Solution]
            .into_iter()
            .chain(mutants)
            .collect()
    }

    /// What its program is given to run it.
    pub fn name(&self) -> &str {
        match self {
            Version::Given => "given",
            Version::Solution => "solution",
            Version::Mutant(name) => name,
        }
    }

    /// Its file, relative to the project's root.
    pub fn file(&self, exercise: &Exercise) -> PathBuf {
        match self {
            Version::Given => exercise.file("given.rs"),
            Version::Solution => exercise.file("solution.rs"),
            Version::Mutant(name) => exercise.mutant(name),
        }
    }
}

/// The crates of some exercises.
pub struct Crates {
    folder: PathBuf,
}

impl Crates {
    /// Writes them; what is as it was is left alone, so that cargo has nothing to do for it.
    ///
    /// # Errors
    ///
    /// If a file cannot be written.
    pub fn write(project: &Project, exercises: &[Exercise]) -> Result<Crates> {
        let folder = project.root.join("target/exercises");
        let root = fs::canonicalize(&project.root).context("cannot find the project's root")?;
        let crates = Crates { folder };
        crates.put("Cargo.toml", &workspace(project)?)?;
        if let Ok(lock) = fs::read_to_string(root.join("Cargo.lock"))
            && !crates.folder.join("Cargo.lock").exists()
        {
            crates.put("Cargo.lock", &lock)?;
        }
        let drill = root.join("code/drill");
        let package = |name: &str, more: &str| {
            format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\
                 autobins = false\n\n[dependencies]\ndrill = {{ path = {drill:?} }}\n\n{more}"
            )
        };
        // Named one by one: what lies there of other exercises, from another time, is not compiled.
        let programs = exercises
            .iter()
            .map(|exercise| &exercise.name)
            .map(|name| format!("[[bin]]\nname = \"{name}\"\npath = \"src/bin/{name}.rs\"\n\n"));
        let programs: String = programs.collect();
        crates.put(&format!("{JUDGES}/Cargo.toml"), &package(JUDGES, &programs))?;
        for exercise in exercises {
            let program = format!("{JUDGES}/src/bin/{}.rs", exercise.name);
            crates.put(&program, &all_versions(&root, exercise))?;
        }
        let lints = package(LINTED, "[lints]\nworkspace = true\n");
        crates.put(&format!("{LINTED}/Cargo.toml"), &lints)?;
        crates.put(
            &format!("{LINTED}/src/lib.rs"),
            &all_solutions(&root, exercises),
        )?;
        Ok(crates)
    }

    /// The manifest of their workspace.
    pub fn manifest(&self) -> PathBuf {
        self.folder.join("Cargo.toml")
    }

    fn put(&self, path: &str, text: &str) -> Result<()> {
        let path = self.folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|there| there == text) {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, text))
            .with_context(|| format!("cannot write {}", path.display()))
    }
}

/// The workspace's manifest, with the lints of the book's, and its profile, so that what was compiled for the book is used.
fn workspace(project: &Project) -> Result<String> {
    let root = fs::read_to_string(project.root.join("Cargo.toml"))
        .context("cannot read the workspace's manifest")?;
    let root: Document = root.parse().context("the workspace's manifest")?;
    let names = [JUDGES, LINTED];
    let text = format!(
        "[workspace]\nresolver = \"3\"\nmembers = {names:?}\n\n[profile.dev]\ndebug = \"line-tables-only\"\n\
         [profile.dev.package.\"*\"]\ndebug = false\n"
    );
    let mut own: Document = text.parse().context("the manifest of the exercises")?;
    let lints = root
        .get("workspace")
        .and_then(|workspace| workspace.get("lints"));
    if let Some(lints) = lints {
        own["workspace"]["lints"] = Item::clone(lints);
    }
    Ok(own.to_string())
}

/// A library with all solutions, each in a module with its judge: one crate is linted sooner than one for each.
fn all_solutions(root: &Path, exercises: &[Exercise]) -> String {
    let module = |exercise: &Exercise| {
        let library = exercise.name.replace('-', "_");
        let judge = root.join(exercise.file("judge.rs"));
        let solution = root.join(exercise.file("solution.rs"));
        format!(
            "\n/// `{}`.\npub mod of_{library} {{\n    #[path = {solution:?}]\n    pub mod {library};\n    include!({judge:?});\n    \
             /// Judges it.\n    pub fn judged() -> std::process::ExitCode {{ main() }}\n}}\n",
            exercise.name
        )
    };
    let modules: String = exercises.iter().map(module).collect();
    format!("//! All solutions, and their judges.\n{modules}")
}

/// A program with all versions, each in a module with a judge of its own.
fn all_versions(root: &Path, exercise: &Exercise) -> String {
    let library = exercise.name.replace('-', "_");
    let judge = root.join(exercise.file("judge.rs"));
    let mut text = "#![allow(dead_code, unused, clippy::all)]\n".to_owned();
    let mut arms = String::new();
    for (number, version) in Version::all(exercise).iter().enumerate() {
        let file = root.join(version.file(exercise));
        text += &format!(
            "mod version_{number} {{\n    #[path = {file:?}]\n    pub mod {library};\n    include!({judge:?});\n    \
             pub fn judged() -> std::process::ExitCode {{ main() }}\n}}\n"
        );
        arms += &format!(
            "        Some({:?}) => version_{number}::judged(),\n",
            version.name()
        );
    }
    text + &format!(
        "fn main() -> std::process::ExitCode {{\n    match std::env::args().nth(1).as_deref() {{\n{arms}        \
         _ => std::process::ExitCode::from(2),\n    }}\n}}\n"
    )
}
