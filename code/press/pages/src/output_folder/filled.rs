//! What a build has put into its folder, and how the next one takes its place.
//!
//! The list of its files is kept in the folder's mark, so that whatever else has come there since (a host's `CNAME`, a
//! `.git`, somebody's notes) is neither removed nor replaced. Each file is moved to its place when it is whole, and what is
//! left over from before goes last: a build that is interrupted leaves each page as it was or as it is to be.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, ensure};
use walkdir::WalkDir;

/// How a mark begins that is followed by a list, one path a line.
const TITLE: &str = "Made by `workbook build`, which replaces the files that are listed here:";

/// A file on its way to its place.
const UNFINISHED: &str = ".workbook-unfinished";

/// What an earlier build has left in a folder.
#[derive(Debug, Default)]
pub(super) struct Filled(BTreeSet<PathBuf>);

impl Filled {
    /// Reads the text of a mark; nothing, if it has no list.
    pub fn read(mark: &str) -> Option<Filled> {
        let mut lines = mark.lines();
        (lines.next() == Some(TITLE)).then(|| {
            let paths = lines.map(PathBuf::from);
            Filled(paths.filter(|path| leads_downward(path)).collect())
        })
    }

    /// All files that lie in a folder, and below.
    pub fn everything_in(folder: &Path, but: &str) -> Result<Filled> {
        let mut files = BTreeSet::new();
        for entry in WalkDir::new(folder).min_depth(1) {
            let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
            let path = entry.path().strip_prefix(folder)?;
            if !entry.file_type().is_dir() && path != Path::new(but) {
                files.insert(path.to_path_buf());
            }
        }
        Ok(Filled(files))
    }

    /// The text of a mark that lists these files and those of another build.
    pub fn mark(&self, other: &Filled) -> String {
        let mut text = format!("{TITLE}\n");
        for path in self.0.union(&other.0) {
            text.push_str(&path.to_string_lossy());
            text.push('\n');
        }
        text
    }

    /// Refuses a folder where something that no build has made stands in the way of one of these files.
    pub fn ensure_room(&self, folder: &Path, earlier: &Filled) -> Result<()> {
        for path in &self.0 {
            let at = folder.join(path);
            let is_taken = at.symlink_metadata().is_ok() && !earlier.0.contains(path);
            ensure!(
                !is_taken && !is_behind_a_link(folder, path),
                "{} is not of an earlier build and stands in the way: choose another folder for the site",
                at.display()
            );
        }
        Ok(())
    }

    /// Copies these files to their places.
    pub fn copy(&self, from: &Path, to: &Path) -> Result<()> {
        let unfinished = to.join(UNFINISHED);
        for path in &self.0 {
            let at = to.join(path);
            let copied = at
                .parent()
                .map_or(Ok(()), std::fs::create_dir_all)
                .and_then(|()| std::fs::copy(from.join(path), &unfinished))
                .and_then(|_| std::fs::rename(&unfinished, &at));
            copied
                .inspect_err(|_| drop(std::fs::remove_file(&unfinished)))
                .with_context(|| format!("cannot write {}", at.display()))?;
        }
        Ok(())
    }

    /// Removes what an earlier build has made and this one has not, and the folders that are empty then.
    pub fn remove_rest(&self, folder: &Path, earlier: &Filled) -> Result<()> {
        for path in earlier.0.difference(&self.0) {
            let at = folder.join(path);
            if is_behind_a_link(folder, path) || at.symlink_metadata().is_err() {
                continue;
            }
            std::fs::remove_file(&at).with_context(|| format!("cannot remove {}", at.display()))?;
            for parent in path
                .ancestors()
                .skip(1)
                .filter(|path| *path != Path::new(""))
            {
                // It fails where something else is left, and the folder stays with it.
                if std::fs::remove_dir(folder.join(parent)).is_err() {
                    break;
                }
            }
        }
        Ok(())
    }
}

/// Whether a path that stands in a mark can lead nowhere but into its folder.
fn leads_downward(path: &Path) -> bool {
    path.components()
        .all(|part| matches!(part, Component::Normal(_)))
        && path != Path::new("")
}

/// Whether one of the folders on the way to a file is a link, which leads out of the site.
fn is_behind_a_link(folder: &Path, path: &Path) -> bool {
    path.ancestors()
        .skip(1)
        .any(|parent| parent != Path::new("") && folder.join(parent).is_symlink())
}
