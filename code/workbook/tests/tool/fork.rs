//! A fork of a step, from its copy to its bar on the chart.
//!
//! The project of this test has the book's `traffic` and one step, and lies in a place that stays, so
//! that what is compiled for it once is there the next time.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::common::server::Server;
use crate::common::{errors, http, project, text};

/// The book of the project: one chapter with the chart on which the fork must appear.
const FILES: [(&str, &str); 6] = [
    (
        "book.toml",
        "[book]\ntitle = \"A small book\"\nsrc = \"book\"\nlanguage = \"en\"\n",
    ),
    (
        "book/SUMMARY.md",
        "# Summary\n\n- [Baseline](evolution/s00-baseline.md)\n",
    ),
    (
        "book/evolution/s00-baseline.md",
        "# Baseline\n\n{{#chart evolution}}\n",
    ),
    (
        "book/charts.toml",
        "[evolution]\ntitle = \"Lines per second\"\nkind = \"bars\"\nmetric = \"lines_per_s\"\n\
         cases = \"evolution/\"\nuntil = \"chapter\"\nlog = true\nalt = \"One bar for each step.\"\n",
    ),
    ("book/appendix/bibliography.md", "# Sources\n"),
    (
        "book/results/evolution@small.json",
        r#"{
  "suite": "evolution",
  "machine": {"name": "small", "cpu": "A", "cores": 2, "memory_bytes": 8000000000, "os": "B", "kernel": "1"},
  "rustc": "rustc 1.95.0", "commit": "abc", "date": "2026-11-22",
  "command": "cargo run --release -- bench evolution", "workload": "steady", "load_average": [0.1, 0.2],
  "cases": {
    "evolution/s00-baseline": {"source": "0", "metrics": {"lines_per_s": {"unit": "lines/s", "samples": [990, 1000, 1010]}}}
  }
}
"#,
    ),
];

/// Makes the project, without the forks of the last time.
fn small_project() -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fork-project");
    for folder in ["my-work", "target/results", "book"] {
        let folder = root.join(folder);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).expect("removed");
        }
    }
    for (path, text) in FILES {
        write(&root.join(path), text);
    }
    let whole = std::fs::read_to_string(project().join("Cargo.toml")).expect("the workspace");
    let members = whole.find("members = [").expect("members");
    let package = whole.find("[workspace.package]").expect("the package");
    let few = "members = [\"code/traffic\", \"code/evolution/*\"]\n\n";
    write(
        &root.join("Cargo.toml"),
        &format!("{}{few}{}", &whole[..members], &whole[package..]),
    );
    std::fs::copy(project().join("Cargo.lock"), root.join("Cargo.lock")).expect("copied");
    for path in ["code/traffic", "code/evolution/s00-baseline"] {
        let link = root.join(path);
        std::fs::create_dir_all(link.parent().expect("a folder")).expect("created");
        if std::fs::read_link(&link).is_err() {
            std::os::unix::fs::symlink(project().join(path), &link).expect("linked");
        }
    }
    root
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("created");
    std::fs::write(path, text).expect("written");
}

/// Runs the tool with the dependencies that these tests are compiled with, and without the network.
fn workbook(root: &Path, args: &[&str]) -> Output {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    Command::new(env!("CARGO_BIN_EXE_workbook"))
        .args(args)
        .current_dir(root)
        .env(
            "CARGO_TARGET_DIR",
            target.expect("it is in the target folder"),
        )
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .expect("the tool starts")
}

/// What a command must answer: its exit code and words of standard output and standard error.
fn expect(root: &Path, args: &[&str], code: i32, words: &[&str]) -> String {
    let output = workbook(root, args);
    let all = text(&output) + &errors(&output);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {all}");
    for word in words {
        assert!(all.contains(word), "{args:?} says no {word:?}: {all}");
    }
    all
}

/// How the fork is measured here: a look, and without waiting for the optimiser.
const BENCH: [&str; 4] = ["bench", "my-own", "--quick", "--debug"];

#[test]
fn a_fork_is_made_judged_measured_and_drawn() {
    let root = small_project();
    let lock = || std::fs::read(root.join("Cargo.lock")).expect("the lock file");
    let before = lock();
    names_are_checked(&root);

    expect(
        &root,
        &["fork", "s00-baseline", "my-own"],
        0,
        &[
            "my-work/my-own is a copy of s00-baseline",
            "src/lib.rs",
            "check my-own",
            "delete the folder my-work/my-own",
        ],
    );
    expect(
        &root,
        &["fork", "s00-baseline", "my-own"],
        2,
        &["my-work/my-own is there already"],
    );
    listed(&root);

    let source = root.join("my-work/my-own/src/lib.rs");
    broken_forks_are_told_what_differs(&root, &source);
    assert!(lock() == before, "the book's lock file is the book's");
    wrong_forks_are_not_measured(&root);
    faster_forks_are_drawn_so(&root, &source);
}

/// Broken in one place: what failed is not counted.
fn broken_forks_are_told_what_differs(root: &Path, source: &Path) {
    let original = std::fs::read_to_string(source).expect("the copy");
    let count = "report.count(&answer, &hit);";
    assert!(original.contains(count), "{original}");
    let broken = original.replace(count, &format!("if hit.status < 500 {{ {count} }}"));
    write(source, &broken);
    let told = expect(
        root,
        &["check", "my-own", "--debug"],
        1,
        &[
            "my-own is wrong on the workload steady",
            "holder",
            "3,000 lines",
            "and elsewhere",
            "cargo run --release -- run my-own -- --lines 3000 --workload steady --seed 7",
        ],
    );
    assert!(
        told.contains(" errors") && told.lines().count() < 40,
        "{told}"
    );
}

fn wrong_forks_are_not_measured(root: &Path) {
    expect(
        root,
        &BENCH,
        1,
        &["my-own is wrong on", "nothing was filed"],
    );
    assert!(!root.join("target/results").exists());
}

/// Faster: it remembers what it has asked for, as the next step of the book does.
fn faster_forks_are_drawn_so(root: &Path, source: &Path) {
    let cache = project().join("code/evolution/s01-cache/src/lib.rs");
    std::fs::copy(cache, source).expect("copied");
    expect(root, &["check", "--debug"], 0, &["my-own is right: "]);
    expect(
        root,
        &BENCH,
        0,
        &[
            "my-own",
            "s00-baseline",
            "lines/s",
            "target/results/my-own@",
        ],
    );
    assert!(median(root, "my-own/my-own") > median(root, "my-own/s00-baseline"));
    drawn(root);

    // What does not compile is told by the compiler.
    write(source, "fn run( {");
    expect(
        root,
        &["check", "--debug"],
        1,
        &["src/lib.rs:1", "my-own does not build"],
    );
}

/// Each name is refused in one sentence.
fn names_are_checked(root: &Path) {
    for (step, name, words) in [
        ("s00-baselin", "my-own", "did you mean s00-baseline?"),
        ("s00-baseline", "s00-baseline", "is the name of a program"),
        ("s00-baseline", "serde-json", "is the name of a package"),
        ("s00-baseline", "tokio", "a hyphen between them"),
        ("s00-baseline", "evolution", "a hyphen between them"),
        ("s00-baseline", "match", "a hyphen between them"),
        ("s00-baseline", "../up", "is no name for a fork"),
    ] {
        let said = expect(root, &["fork", step, name], 2, &["error: ", words]);
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    expect(
        root,
        &["check", "nothing"],
        2,
        &["there is no exercise or fork named nothing"],
    );
    expect(
        root,
        &["check", "s00-baseline"],
        2,
        &["is a program of the book"],
    );
    expect(root, &["check"], 0, &["there is no fork"]);
    assert!(!root.join("my-work").exists(), "nothing was made");
}

fn listed(root: &Path) {
    let list = workbook(root, &["list", "--json"]);
    let items: serde_json::Value = serde_json::from_slice(&list.stdout).expect("JSON");
    let last = items
        .as_array()
        .and_then(|items| items.last())
        .expect("items");
    assert_eq!(
        (&last["kind"], &last["name"], &last["path"], &last["parent"]),
        (
            &"fork".into(),
            &"my-own".into(),
            &"my-work/my-own".into(),
            &"s00-baseline".into()
        )
    );
}

/// The median that was filed for a case.
fn median(root: &Path, case: &str) -> f64 {
    let files = std::fs::read_dir(root.join("target/results")).expect("results");
    let file = files.flatten().next().expect("a file").path();
    let text = std::fs::read_to_string(file).expect("read");
    let suite: results::Suite = serde_json::from_str(&text).expect("a suite");
    assert_eq!(suite.suite, "my-own");
    suite.cases[case].metrics["lines_per_s"].summary().median
}

/// The served page has a bar for the fork and one for its parent, in the reader's colour.
fn drawn(root: &Path) {
    let server = Server::start(root);
    let page = http::get(server.port, "/evolution/s00-baseline.html").text();
    for words in [
        ">my-own</text>",
        ">Baseline, beside my-own</text>",
        "<td>my-own</td>",
        "compare these two with each other only",
        "bench my-own --quick",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let own_bars = page.matches("var(--chart-own)").count();
    assert!(own_bars >= 4, "two bars, wide and narrow: {own_bars}");
    assert!(server.interrupt());
}
