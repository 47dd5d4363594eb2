use std::path::{Path, PathBuf};

use super::concept::{depends_on_traffic, published};
use super::{code_of, hash};

#[test]
fn only_code_counts() {
    let one = "//! Docs\nfn a() { // why\n    1\n}\n\n#[cfg(test)]\nmod tests { 1 }";
    let same = "/// Other docs\nfn a() { // why\n1 }";
    let other = "fn a() { // why\n 2 }";
    assert_eq!(code_of(one), code_of(same));
    assert_ne!(code_of(one), code_of(other));
}

#[test]
fn a_step_has_a_hash_of_its_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let baseline = hash(&root, "evolution/s00-baseline").unwrap();
    assert_eq!(
        baseline,
        hash(&root, "process/s00-baseline[delay=0]").unwrap()
    );
    assert_ne!(baseline, hash(&root, "evolution/s01-cache").unwrap());
    assert!(hash(&root, "evolution/s99-none").is_err());
    let shards = hash(&root, "shards/get[shards=1,threads=1]").unwrap();
    assert_ne!(shards, hash(&root, "evolution/s10-shard").unwrap());
}

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

#[test]
fn a_new_file_of_what_all_steps_share_counts_unless_it_is_not_timed() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    for path in [
        "code/traffic/src/lib.rs",
        "code/traffic/src/hit.rs",
        "code/traffic/src/harness/live.rs",
        "code/evolution/s00-baseline/src/lib.rs",
    ] {
        write(root, path, "fn a() {}\n");
    }
    let hash = || hash(root, "evolution/s00-baseline").expect("a hash");
    let before = hash();
    write(root, "code/traffic/src/harness/new.rs", "fn b() {}\n");
    write(root, "code/traffic/src/hit/tests.rs", "fn b() {}\n");
    assert_eq!(hash(), before, "neither is timed");
    write(root, "code/traffic/src/hit/list.rs", "fn b() {}\n");
    let grown = hash();
    assert_ne!(grown, before, "a file of a module");
    write(root, "code/traffic/src/shared.rs", "fn b() {}\n");
    assert_ne!(hash(), grown, "a module");
}
