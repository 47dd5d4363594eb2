//! What is simulated is n03: its files, but for those that have a stand-in here or are not needed.

use std::collections::BTreeSet;
use std::path::Path;

/// What has a stand-in: the ways to a worker, children, and what is behind the lookup.
const STAND_INS: [&str; 3] = ["child.rs", "lookup.rs", "reach.rs"];

/// What is not needed: the lookup's own parts, the command lines, TLS, contracts in words.
const LEFT_OUT: [&str; 12] = [
    "arrows.rs",
    "batch.rs",
    "bulk.rs",
    "environment.rs",
    "flight.rs",
    "health.rs",
    "keys.rs",
    "lib.rs",
    "main.rs",
    "sync.rs",
    "tls.rs",
    "worker.rs",
];

#[test]
fn all_else_is_the_steps_own_file() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = std::fs::read_to_string(here.join("src/lib.rs")).expect("a library");
    let marked = |line: &str| {
        let path = line.strip_prefix("#[path = \"../../n03-failure/src/")?;
        Some(path.strip_suffix("\"]")?.to_owned())
    };
    let real: BTreeSet<String> = root.lines().filter_map(marked).collect();
    let entries = std::fs::read_dir(here.join("../n03-failure/src")).expect("the step");
    let names = entries.map(|entry| entry.expect("a file").file_name());
    let all: BTreeSet<String> = names
        .map(|name| name.into_string().expect("letters"))
        .collect();
    let expected = all.iter().filter(|name| {
        let name = name.as_str();
        !STAND_INS.contains(&name) && !LEFT_OUT.contains(&name)
    });
    assert_eq!(real, expected.cloned().collect());
    for stand_in in STAND_INS {
        assert!(here.join("src").join(stand_in).is_file(), "{stand_in}");
    }
}
