//! The programs of the book, read from the crates themselves.
//!
//! A crate under `code/mapping`, `code/evolution` or `code/network` is a program of the book; its
//! `[package.metadata.workbook]` holds its title and, for a step, the parent it is compared with.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// One program of the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Program {
    /// The crate's and the chapter's name: `s01-cache`.
    pub name: String,
    /// The part of the book: `evolution`.
    pub part: &'static str,
    /// The title, as people say it.
    pub title: String,
    /// The crate's description: one line.
    pub description: String,
    /// The crate's folder, relative to the root.
    pub path: PathBuf,
    /// The step that this one grew from.
    pub parent: Option<String>,
}

/// The folders under `code/` whose crates are programs of the book, in book order.
const PARTS: [&str; 3] = ["mapping", "evolution", "network"];

/// All programs, by part and then by name.
///
/// # Errors
///
/// If a crate's manifest cannot be read or lacks its title.
pub fn programs(root: &Path) -> Result<Vec<Program>> {
    let mut programs = Vec::new();
    for part in PARTS {
        let Ok(folders) = std::fs::read_dir(root.join("code").join(part)) else {
            continue; // a part that has no programs yet
        };
        let mut manifests: Vec<PathBuf> = folders
            .filter_map(|entry| Some(entry.ok()?.path().join("Cargo.toml")))
            .filter(|manifest| manifest.is_file())
            .collect();
        manifests.sort();
        for manifest in manifests {
            programs.push(program(root, part, &manifest)?);
        }
    }
    Ok(programs)
}

fn program(root: &Path, part: &'static str, manifest: &Path) -> Result<Program> {
    let text = std::fs::read_to_string(manifest)
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

#[derive(Deserialize)]
struct Workbook {
    title: String,
    parent: Option<String>,
}
