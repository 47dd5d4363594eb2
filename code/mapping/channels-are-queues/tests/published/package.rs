//! A workspace that exists for the length of a test: our channel under another name, and tests for it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// The longest that the tests of one file may run. They need seconds, and a lost wake-up is for ever.
const LIMIT: Duration = Duration::from_secs(120);

/// Most of them sleep most of the time.
const TESTS_AT_ONCE: &str = "16";

const WORKSPACE: &str = r#"[workspace]
resolver = "3"
members = ["ours", "tests"]

[profile.dev]
debug = 0
"#;

/// Our channel: its sources, compiled where they are.
const OURS: &str = r#"[package]
name = "ours"
edition = "2024"

[dependencies]
crossbeam-channel = "0.5"
"#;

/// The tests, for which the library beside them is `crossbeam_channel`.
const TESTS: &str = r#"[package]
name = "published"
edition = "2021"

[lib]
name = "crossbeam_channel"

[dependencies]
ours = { path = "../ours" }
rand = "0.8"

[dev-dependencies]
crossbeam-utils = "0.8"
"#;

/// What the tests import as `crossbeam_channel`.
const STAND_IN: &str = include_str!("stand_in.rs");

/// Where cargo keeps the sources of a package that the workspace depends on.
///
/// The workspace is asked, and not our own, and for this platform: it needs no more than what was downloaded to compile
/// this test. Ours has packages that only other platforms need, or other tests.
pub fn folder(workspace: &Path, package: &str) -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline"])
        .args(["--filter-platform", "host-tuple"])
        .current_dir(workspace)
        .output()
        .expect("cargo is there");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "cargo does not tell where the package {package} is:\n{said}"
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo answers in JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    let found = packages.iter().find(|found| found["name"] == package);
    let manifest = found.and_then(|found| found["manifest_path"].as_str());
    let manifest = Path::new(manifest.expect("we depend on it"));
    manifest.parent().expect("it is in a folder").to_owned()
}

/// Makes the workspace, without its tests.
pub fn create(workspace: &Path) {
    let crate_root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ours: String = ["sync", "patience", "queue", "handles"]
        .map(|name| {
            let path = crate_root.join("src").join(name).with_extension("rs");
            format!("#[path = {path:?}]\nmod {name};\n")
        })
        .concat();
    let ours = format!(
        "{ours}pub use handles::*;\npub use crossbeam_channel::{{RecvError, RecvTimeoutError, SendError, \
         SendTimeoutError, TryRecvError, TrySendError}};\n"
    );
    let lock = crate_root.join("../../../Cargo.lock");
    write(&workspace.join("Cargo.toml"), WORKSPACE);
    write(&workspace.join("ours/Cargo.toml"), OURS);
    write(&workspace.join("ours/src/lib.rs"), &ours);
    write(&workspace.join("tests/Cargo.toml"), TESTS);
    write(&workspace.join("tests/src/lib.rs"), STAND_IN);
    // The versions that were downloaded with everything else.
    let lock = fs::read_to_string(lock).expect("the lock file is there");
    write(&workspace.join("Cargo.lock"), &lock);
}

/// Writes a file, in a folder that may have to be made. A file that has not changed is not compiled again.
pub fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|before| before == text) {
        return;
    }
    let folder = path.parent().expect("it is in a folder");
    fs::create_dir_all(folder).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

/// Builds the tests, and says where the program of each file is.
pub fn build(workspace: &Path) -> HashMap<String, PathBuf> {
    let output = Command::new(env!("CARGO"))
        .args(["test", "--offline", "--no-run", "--package", "published"])
        .args(["--tests", "--message-format", "json-render-diagnostics"])
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", workspace.join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo is there");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "they do not compile:\n{said}");
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|message| {
            let name = message["target"]["name"].as_str()?.to_owned();
            Some((name, PathBuf::from(message["executable"].as_str()?)))
        })
        .collect()
}

/// Runs a test program, and says how many of its tests have passed.
pub fn run(program: &Path, arguments: &[&str]) -> usize {
    let output = program.with_extension("txt");
    let file = fs::File::create(&output).expect("a file can be written");
    let mut child = Command::new(program)
        .args(["--test-threads", TESTS_AT_ONCE])
        .args(arguments)
        .stdout(file)
        .stderr(Stdio::null())
        .spawn()
        .expect("it was just built");
    let begin = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            break status;
        }
        if begin.elapsed() > LIMIT {
            child.kill().expect("it can be stopped");
            child.wait().expect("it can be waited for");
            panic!("{} hangs:\n{}", program.display(), read(&output));
        }
        thread::sleep(Duration::from_millis(20));
    };
    let said = read(&output);
    assert!(status.success(), "{status}:\n{said}");
    let passed = said.lines().find_map(|line| {
        let rest = line.strip_prefix("test result: ok. ")?;
        rest.split(' ').next()?.parse().ok()
    });
    passed.expect("a test program counts its tests")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}
