//! All plays, explored.

use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context, Result};
use play::{Graph, PLAYS, Play};
use project::suggest;
use serde::Serialize;

use super::counted::counted;

/// The folder of the site with what pages load, a file a play.
const FOLDER: &str = "plays";

/// A play and all that can happen in it, as a page loads it.
#[derive(Serialize)]
pub struct Explored {
    #[serde(skip)]
    /// What it is.
    pub play: &'static Play,
    name: &'static str,
    title: &'static str,
    /// What the versions are called, and what is to be tried in each.
    pub versions: Both<Version>,
    repair: &'static str,
    cure: &'static str,
    /// What can happen as it is.
    pub broken: Graph,
    /// And when it is repaired.
    pub repaired: Graph,
    /// What was counted of both, in a sentence each.
    counted: Both<String>,
}

/// What there is of both versions.
#[derive(Serialize)]
pub struct Both<T> {
    /// Of the one in which a promise can be broken.
    pub broken: T,
    /// Of the one in which none can.
    pub repaired: T,
}

/// What a reader is told of a version.
#[derive(Serialize)]
pub struct Version {
    /// What it is called: "Repaired".
    pub name: &'static str,
    /// What is to be tried.
    pub task: &'static str,
}

/// All plays. They are part of the tool, so they are explored once, when the first is asked for.
pub struct Plays;

static EXPLORED: LazyLock<Vec<Explored>> = LazyLock::new(|| PLAYS.iter().map(explored).collect());

fn explored(play: &'static Play) -> Explored {
    let (broken, repaired) = (play.broken(), play.repaired());
    Explored {
        play,
        name: play.name,
        title: play.title,
        versions: versions(play),
        repair: play.repair,
        cure: play.cure,
        counted: Both {
            broken: counted(&broken.counts),
            repaired: counted(&repaired.counts),
        },
        broken,
        repaired,
    }
}

fn versions(play: &Play) -> Both<Version> {
    let (name, task) = match &play.instead {
        Some(instead) => (instead.name, instead.task),
        None => ("Repaired", play.task),
    };
    Both {
        broken: Version {
            name: "Broken",
            task: play.task,
        },
        repaired: Version { name, task },
    }
}

impl Plays {
    /// The play of that name.
    ///
    /// # Errors
    ///
    /// If there is none: a sentence with the name that was perhaps meant.
    pub fn find(&self, name: &str) -> Result<&'static Explored, String> {
        let mut all = EXPLORED.iter();
        all.find(|one| one.name == name).ok_or_else(|| {
            let hint = suggest::hint(name, PLAYS.iter().map(|play| play.name));
            format!("there is no play `{name}`{hint}")
        })
    }

    /// Writes the files that pages load.
    ///
    /// # Errors
    ///
    /// If one cannot be written.
    pub fn write(&self, site: &Path) -> Result<()> {
        let folder = site.join(FOLDER);
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        for one in EXPLORED.iter() {
            let file = folder.join(one.name).with_extension("json");
            let text = serde_json::to_string(one).context("a play is plain data")?;
            std::fs::write(&file, text)
                .with_context(|| format!("cannot write {}", file.display()))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a page loads when a reader begins to play.
    const FILE_BYTES_MAX: u64 = 100 * 1024;

    #[test]
    fn a_file_is_small_when_it_is_compressed() {
        let folder = tempfile::tempdir().unwrap();
        Plays.write(folder.path()).unwrap();
        for play in PLAYS {
            let file = folder.path().join(format!("plays/{}.json", play.name));
            let text = std::fs::read(&file).unwrap();
            let mut packed =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            std::io::Write::write_all(&mut packed, &text).unwrap();
            let bytes = packed.finish().unwrap().len() as u64;
            assert!(bytes < FILE_BYTES_MAX, "{}: {bytes}", play.name);
        }
    }
}
