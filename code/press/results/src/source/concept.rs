//! The sources of the cases of Part I: `mapping/channels-are-queues/send` is measured in Rust,
//! `go/channels-are-queues/send` in Go, and `published/array` counts another project's tests.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::case::program;
use super::traffic;

/// The files and folders of a case of Part I; none if the case is of another part.
pub(super) fn paths(root: &Path, case: &str) -> Option<Result<Vec<PathBuf>>> {
    match case.split('/').next()? {
        "mapping" => Some(in_rust(root, program(case))),
        "go" => Some(in_go(root, program(case))),
        "published" => Some(Ok(published(root))),
        _ => None,
    }
}

/// The program and its own benchmarks, and of `traffic` what it runs through, if it has to do with it.
fn in_rust(root: &Path, name: &str) -> Result<Vec<PathBuf>> {
    let folder = root.join("code/mapping").join(name);
    let manifest = project::read_text(folder.join("Cargo.toml"))
        .with_context(|| format!("there is no program {name} in Part I"))?;
    let bench = root.join(format!(
        "code/bench/benches/mapping/{}.rs",
        name.replace('-', "_")
    ));
    ensure!(bench.is_file(), "there is no bench {}", bench.display());
    let mut paths = vec![folder.join("src"), bench];
    if depends_on_traffic(&manifest) {
        paths.extend(traffic::modules(root)?);
    }
    Ok(paths)
}

pub(super) fn depends_on_traffic(manifest: &str) -> bool {
    let mut section = "";
    manifest.lines().map(str::trim).any(|line| {
        if line.starts_with('[') {
            section = line;
        }
        section == "[dependencies]" && line.starts_with("traffic")
    })
}

/// Our channel, and what runs the published suite against it.
pub(super) fn published(root: &Path) -> Vec<PathBuf> {
    let folder = root.join("code/mapping/channels-are-queues");
    let sources = ["handles.rs", "patience.rs", "queue.rs", "sync.rs"]
        .map(|file| folder.join("src").join(file));
    let tests = ["published.rs", "published"].map(|path| folder.join("tests").join(path));
    sources.into_iter().chain(tests).collect()
}

/// All files of a twin: its benchmarks are in those that Go calls tests.
fn in_go(root: &Path, name: &str) -> Result<Vec<PathBuf>> {
    let folder = root.join("code/go").join(name);
    let entries =
        std::fs::read_dir(&folder).with_context(|| format!("there is no Go twin {name}"))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry
            .with_context(|| format!("cannot read {}", folder.display()))?
            .path();
        let is_source = path
            .extension()
            .is_some_and(|ending| ending == "go" || ending == "mod");
        if path.is_file() && is_source {
            files.push(path);
        }
    }
    Ok(files)
}
