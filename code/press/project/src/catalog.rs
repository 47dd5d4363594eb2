//! The programs of the book, read from the crates themselves.
//!
//! A crate under `code/mapping`, `code/evolution` or `code/network` is a program of the book if its
//! manifest says so: its `[package.metadata.workbook]` holds its title and, for a step, the parent it is compared with, and
//! `branch = true` for a last step of the evolution that no later one would stand on. A crate under `my-work` is a reader's
//! fork of a step: it can be run, and is no part of the book.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::{Part, Project, chapters, exercises, suggest};

/// One program of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The crate's and the chapter's name: `s01-cache`.
    pub name: String,
    /// Where it belongs.
    pub part: Part,
    /// The title, as people say it.
    pub title: String,
    /// The crate's description: one line.
    pub description: String,
    /// The crate's folder, relative to the root.
    pub path: PathBuf,
    /// The step that this one grew from.
    pub parent: Option<String>,
    /// Whether no later step would stand on this one, though it is the last of the evolution: of others the parents tell.
    pub is_dead_end: bool,
}

/// All programs, by part, and in each part in reading order: a step bears its number, but the name of a concept does
/// not say when it is told, so it has the place of its chapter.
///
/// # Errors
///
/// If a crate's manifest cannot be read or lacks its title.
pub fn programs(root: &Path) -> Result<Vec<Program>> {
    let mut programs = Vec::new();
    for part in Part::OF_THE_BOOK {
        let Ok(folders) = std::fs::read_dir(root.join(part.folder())) else {
            continue; // a part that has no programs yet
        };
        let mut manifests: Vec<PathBuf> = folders
            .filter_map(|entry| Some(entry.ok()?.path().join("Cargo.toml")))
            .filter(|manifest| manifest.is_file() && !is_beside(manifest))
            .collect();
        manifests.sort();
        for manifest in manifests {
            programs.push(program(root, part, &manifest)?);
        }
    }
    let told = in_reading_order(root);
    programs.sort_by_key(|program| {
        let chapter = told.iter().position(|name| *name == program.name);
        let chapter = (!program.part.is_numbered()).then_some(chapter.unwrap_or(usize::MAX));
        (program.part, chapter, program.name.clone())
    });
    Ok(programs)
}

/// The steps of the evolution that later ones stand on, from the last one back to the first: the longest line from parent to
/// parent that ends in no step that calls itself a branch. The steps that are not on it are branches. Of two lines of one
/// length it is the one that ends later, so only the last step need say `branch = true`.
pub fn main_line(programs: &[Program]) -> Vec<&str> {
    let steps =
        || (programs.iter()).filter(|step| step.part == Part::Evolution && !step.is_dead_end);
    let line = |last: &'_ Program| {
        let mut line: Vec<&str> = Vec::new();
        let mut next = steps().find(|step| step.name == last.name);
        while let Some(step) = next.filter(|step| !line.contains(&step.name.as_str())) {
            line.push(&step.name);
            next = steps().find(|parent| Some(&parent.name) == step.parent.as_ref());
        }
        line
    };
    steps().map(line).max_by_key(Vec::len).unwrap_or_default()
}

/// Whether the crate says nothing of the book: it is what programs of its part stand on (`code/network/weather`).
fn is_beside(manifest: &Path) -> bool {
    // One that cannot be read is told of when it is.
    crate::read_text(manifest).is_ok_and(|text| !text.contains("[package.metadata.workbook]"))
}

/// The names of the chapters as the summary has them; without a summary there is no order.
fn in_reading_order(root: &Path) -> Vec<String> {
    let chapters = chapters::chapters(&Project::at(root)).unwrap_or_default();
    chapters.into_iter().map(|chapter| chapter.name).collect()
}

/// The reader's forks by name. A fork is named by its folder: its manifest is the reader's to change,
/// so one that cannot be read is a fork of unknown parent, and cargo will say what is wrong with it. Beside the forks lie
/// the reader's copies of exercises, which are none.
pub fn forks(root: &Path) -> Vec<Program> {
    let folders = std::fs::read_dir(root.join(Part::Fork.folder()))
        .into_iter()
        .flatten();
    let mut forks: Vec<Program> = folders
        .filter_map(|entry| {
            let folder = entry.ok()?.path();
            let name = folder.file_name()?.to_str()?.to_owned();
            let manifest = folder.join("Cargo.toml");
            let known = program(root, Part::Fork, &manifest).ok();
            let is_exercise = exercises::is_there(root, &name);
            (manifest.is_file() && !is_exercise).then(|| Program {
                part: Part::Fork,
                title: known.as_ref().map_or(&name, |known| &known.title).clone(),
                description: String::new(),
                path: Path::new(Part::Fork.folder()).join(&name),
                parent: known.and_then(|known| known.parent),
                is_dead_end: false,
                name,
            })
        })
        .collect();
    forks.sort_by(|a, b| a.name.cmp(&b.name));
    forks
}

/// The program or fork of that name.
///
/// # Errors
///
/// If there is none: which ones were perhaps meant.
pub fn find(root: &Path, name: &str) -> Result<Program> {
    let all = [programs(root)?, forks(root)].concat();
    let names = all.iter().map(|program| program.name.as_str());
    if let Some(found) = all.iter().find(|program| program.name == name) {
        return Ok(found.clone());
    }
    bail!(
        "there is no program named {name}{}",
        suggest::meant(name, names).map_or_else(
            || "; `workbook list` shows them".to_owned(),
            |near| format!("; did you mean {near}?")
        )
    )
}

fn program(root: &Path, part: Part, manifest: &Path) -> Result<Program> {
    let text = crate::read_text(manifest)
        .with_context(|| format!("cannot read {}", manifest.display()))?;
    let Manifest { package } = toml::from_str(&text)
        .with_context(|| format!("{} is not a program of the book", manifest.display()))?;
    let folder = manifest.parent().unwrap_or(manifest);
    Ok(Program {
        name: package.name,
        part,
        title: package.metadata.workbook.title,
        description: package.description,
        path: folder.strip_prefix(root).unwrap_or(folder).to_path_buf(),
        parent: package.metadata.workbook.parent,
        is_dead_end: package.metadata.workbook.branch,
    })
}

#[derive(Deserialize)]
struct Manifest {
    package: Package,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    description: String,
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Metadata {
    workbook: Workbook,
}

/// A key that is none of these is a misspelt one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Workbook {
    title: String,
    parent: Option<String>,
    /// Of any step but the last one the line of parents says it.
    #[serde(default)]
    branch: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_step_that_calls_itself_a_branch_is_not_on_the_line() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, more) in [
            ("s00-one", ""),
            ("s01-two", "parent = \"s00-one\""),
            ("s02-three", "parent = \"s01-two\"\nbranch = true"),
        ] {
            let path = folder.path().join(format!("code/evolution/{name}"));
            std::fs::create_dir_all(&path).expect("created");
            let manifest = format!(
                "[package]\nname = \"{name}\"\ndescription = \"d\"\n[package.metadata.workbook]\ntitle = \"T\"\n{more}\n"
            );
            std::fs::write(path.join("Cargo.toml"), &manifest).expect("written");
        }
        let programs = programs(folder.path()).expect("the programs");
        assert_eq!(main_line(&programs), ["s01-two", "s00-one"]);
    }

    #[test]
    fn a_key_that_is_unknown_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("code/evolution/s00-one");
        std::fs::create_dir_all(&path).expect("created");
        let manifest = "[package]\nname = \"s00-one\"\ndescription = \"d\"\n[package.metadata.workbook]\ntitle = \"T\"\nbrench = true\n";
        std::fs::write(path.join("Cargo.toml"), manifest).expect("written");
        let error = programs(folder.path()).expect_err("no such key");
        let said = format!("{error:#}");
        assert!(
            said.contains("s00-one/Cargo.toml") && said.contains("`brench`"),
            "{said}"
        );
    }

    #[test]
    fn concepts_are_in_the_order_of_their_chapters() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("created");
            std::fs::write(path, text).expect("written");
        };
        for (part, name) in [
            ("evolution", "s00-one"),
            ("mapping", "a-queue"),
            ("mapping", "b-new"),
            ("mapping", "c-node"),
        ] {
            let manifest = format!(
                "[package]\nname = \"{name}\"\ndescription = \"d\"\n[package.metadata.workbook]\ntitle = \"T\"\n"
            );
            write(&format!("code/{part}/{name}/Cargo.toml"), &manifest);
        }
        let names = || -> Vec<String> {
            let programs = programs(folder.path()).expect("the programs");
            programs.into_iter().map(|program| program.name).collect()
        };
        assert_eq!(names(), ["a-queue", "b-new", "c-node", "s00-one"]);
        let summary = "# S\n\n- [O](evolution/s00-one.md)\n- [N](mapping/c-node.md)\n- [Q](mapping/a-queue.md)\n";
        write("book/SUMMARY.md", summary);
        assert_eq!(names(), ["c-node", "a-queue", "b-new", "s00-one"]);
    }
}
