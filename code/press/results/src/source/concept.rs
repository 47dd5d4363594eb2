//! The sources of the cases of Part I: `mapping/channels-are-queues/send` is measured in Rust,
//! `go/channels-are-queues/send` in Go, and `published/array` counts somebody else's tests.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::step::{MEASURED, program};

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
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml"))
        .with_context(|| format!("there is no program {name} in Part I"))?;
    let bench = root.join(format!(
        "code/bench/benches/mapping/{}.rs",
        name.replace('-', "_")
    ));
    ensure!(bench.is_file(), "there is no bench {}", bench.display());
    let mut paths = vec![folder.join("src"), bench];
    if depends_on_traffic(&manifest) {
        let traffic = root.join("code/traffic/src");
        paths.extend(MEASURED.iter().map(|path| traffic.join(path)));
        paths.push(traffic.join("generator"));
    }
    Ok(paths)
}

fn depends_on_traffic(manifest: &str) -> bool {
    let mut section = "";
    manifest.lines().map(str::trim).any(|line| {
        if line.starts_with('[') {
            section = line;
        }
        section == "[dependencies]" && line.starts_with("traffic")
    })
}

/// Our channel, and what runs the published suite against it.
fn published(root: &Path) -> Vec<PathBuf> {
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

#[cfg(test)]
mod tests {
    use super::super::hash;
    use super::*;

    fn project() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in [
            (
                "code/mapping/queues/Cargo.toml",
                "[package]\nname = \"queues\"\n[dependencies]\nclap = \"4\"\n",
            ),
            ("code/mapping/queues/src/lib.rs", "fn send() {}\n"),
            ("code/bench/benches/mapping/queues.rs", "fn bench() {}\n"),
            ("code/go/queues/go.mod", "module queues\n"),
            ("code/go/queues/main.go", "package main\n\nfunc send() {}\n"),
            ("code/go/queues/queues_test.go", "package main\n"),
        ] {
            write(folder.path(), path, text);
        }
        folder
    }

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        std::fs::write(path, text).expect("written");
    }

    #[test]
    fn each_language_has_a_hash_of_its_own_code() {
        let folder = project();
        let root = folder.path();
        let hashes = || {
            ["mapping/queues/send[capacity=64]", "go/queues/send"]
                .map(|case| hash(root, case).expect("a hash"))
        };
        let [rust, go] = hashes();
        assert_ne!(rust, go);
        write(
            root,
            "code/go/queues/queues_test.go",
            "package main\n// Why.\n",
        );
        assert_eq!(
            hashes(),
            [rust.clone(), go.clone()],
            "a comment changes nothing"
        );
        write(
            root,
            "code/go/queues/queues_test.go",
            "package main\nfunc b() {}\n",
        );
        assert!(hashes()[0] == rust && hashes()[1] != go);
        write(
            root,
            "code/bench/benches/mapping/queues.rs",
            "fn bench() { 1 }\n",
        );
        assert_ne!(hashes()[0], rust);
    }

    #[test]
    fn the_sources_of_the_published_suite_are_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
        let missing: Vec<PathBuf> = (published(&root).into_iter())
            .filter(|path| !path.exists())
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        let folder = project();
        for case in ["mapping/gone/send", "go/gone/send"] {
            assert!(hash(folder.path(), case).is_err(), "{case}");
        }
        std::fs::remove_file(folder.path().join("code/bench/benches/mapping/queues.rs"))
            .expect("removed");
        let error = hash(folder.path(), "mapping/queues/send").expect_err("no bench");
        assert!(error.to_string().contains("there is no bench"), "{error}");
    }

    #[test]
    fn what_a_program_shares_with_the_steps_counts_only_where_it_uses_it() {
        assert!(depends_on_traffic(
            "[dependencies]\ntraffic.workspace = true\n"
        ));
        assert!(!depends_on_traffic(
            "[dependencies]\nclap = \"4\"\n[dev-dependencies]\ntraffic.workspace = true\n"
        ));
    }
}
