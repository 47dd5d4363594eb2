//! An exercise at the command line, from the first `check` to the solution.
//!
//! The project of this test has the book's `drill` and one of its exercises, and lies in a place that stays, so that what is
//! compiled for it once is there the next time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::common::{errors, project, text};

const NAME: &str = "lost-update";

/// Makes the project, without what the last time has left.
fn small_project() -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exercise-project");
    let _ = fs::remove_dir_all(root.join("my-work"));
    let whole = fs::read_to_string(project().join("Cargo.toml")).expect("the manifest");
    let members = whole.find("members = [").expect("members");
    let package = whole.find("[workspace.package]").expect("the package");
    let manifest = format!(
        "{}members = [\"code/drill\"]\n\n{}",
        &whole[..members],
        &whole[package..]
    );
    for (path, text) in [
        (
            "book.toml",
            "[book]\ntitle = \"A small book\"\nsrc = \"book\"\n",
        ),
        (
            "book/SUMMARY.md",
            "# Summary\n\n- [Shards](evolution/s10-shard.md)\n",
        ),
        ("Cargo.toml", &manifest),
    ] {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, text).expect("written");
    }
    fs::copy(project().join("Cargo.lock"), root.join("Cargo.lock")).expect("copied");
    for path in ["code/drill", "code/exercises/lost-update"] {
        let link = root.join(path);
        fs::create_dir_all(link.parent().expect("a folder")).expect("created");
        if fs::read_link(&link).is_err() {
            std::os::unix::fs::symlink(project().join(path), &link).expect("linked");
        }
    }
    root
}

/// Runs the tool with the dependencies that these tests are compiled with, and without the network.
fn workbook(root: &Path, args: &[&str]) -> Output {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    Command::new(env!("CARGO_BIN_EXE_workbook"))
        .args(args)
        .current_dir(root)
        .env("CARGO_TARGET_DIR", target.expect("the target folder"))
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .expect("the tool starts")
}

/// What a command must answer: its exit code, and words of standard output and standard error.
fn expect(root: &Path, args: &[&str], code: i32, words: &[&str]) -> String {
    let output = workbook(root, args);
    let all = text(&output) + &errors(&output);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {all}");
    for word in words {
        assert!(all.contains(word), "{args:?} says no {word:?}: {all}");
    }
    assert!(!all.contains('\u{1b}'), "colours are for terminals: {all}");
    all
}

#[test]
fn an_exercise_is_begun_judged_and_solved() {
    let root = small_project();
    let source = root.join("my-work/lost-update/src/lib.rs");
    let ours = project().join("code/exercises/lost-update");
    before_it_is_begun(&root);

    // Begun, and wrong: which promise, what was expected, and the schedule with its lines.
    let given = fs::read_to_string(ours.join("given.rs")).expect("read");
    let words = [
        "Two requests, two counts",
        "my-work/lost-update/src/lib.rs",
        "✓ one-worker-counts",
        "✗ no-update-is-lost",
        "Expected: the count after two requests is 2. It is 1.",
        "worker A",
        "let mut routes = self.routes.lock().unwrap();",
        "gives one of 3 hints",
    ];
    let told = expect(&root, &["check", NAME], 1, &words);
    assert!(
        !told.contains("UPDATE"),
        "the explanation comes later: {told}"
    );
    assert_eq!(fs::read_to_string(&source).expect("read"), given);
    hints_come_one_by_one(&root);

    // What does not compile is told by the compiler, with its line.
    fs::write(&source, "fn run( {").expect("written");
    expect(
        &root,
        &["check"],
        1,
        &["src/lib.rs:1", "lost-update does not build"],
    );
    // What never ends is ended; what the reader has printed is shown.
    let printing = given.replace(
        "let seen = self.of(route);",
        "let seen = self.of(route); println!(\"seen\");",
    );
    fs::write(&source, printing).expect("written");
    expect(&root, &["check"], 1, &["What your code printed:", "  seen"]);
    // Begun again, it is the one that is worked on, whatever was before.
    let noted = root.join("my-work/progress.json");
    let progress = fs::read_to_string(&noted).expect("read");
    let forgotten = progress.replace("\"last\": \"lost-update\"", "\"last\": null");
    assert_ne!(progress, forgotten, "the last one is noted");
    fs::write(&noted, forgotten).expect("written");
    expect(
        &root,
        &["reset", NAME],
        0,
        &["is kept in my-work/lost-update/kept/1"],
    );
    assert_eq!(fs::read_to_string(&source).expect("read"), given);

    // Right.
    fs::copy(ours.join("solution.rs"), &source).expect("copied");
    let words = [
        "✓ no-update-is-lost",
        "lost-update is solved",
        "UPDATE",
        "Wrong solutions that look right",
        "Your solution is ours",
        "The next bet",
        "all exercises are solved",
    ];
    expect(&root, &["check"], 0, &words);
    expect(&root, &["hint"], 2, &["is solved, and needs no hint"]);
    expect(&root, &["solution"], 0, &["fn rename", "UPDATE"]);
    expect(
        &root,
        &["check"],
        0,
        &["✓ lost-update  Two requests, two counts (solved (4 tries"],
    );
}

fn before_it_is_begun(root: &Path) {
    let first = [
        "Two requests, two counts (15 minutes)",
        "check lost-update` begins the first",
    ];
    expect(root, &["check"], 0, &first);
    expect(root, &["hint"], 2, &["no exercise has been begun"]);
    expect(root, &["hint", NAME], 2, &["has not been begun"]);
    expect(root, &["reset", NAME], 2, &["has not been begun"]);
    expect(
        root,
        &["solution", NAME],
        2,
        &["is not solved yet", "--give-up"],
    );
    expect(
        root,
        &["check", "lost-updat"],
        2,
        &["did you mean lost-update?"],
    );
    expect(root, &["list"], 0, &["exercise  lost-update"]);
    assert!(
        !root.join("my-work").join(NAME).exists(),
        "nothing was made"
    );
}

fn hints_come_one_by_one(root: &Path) {
    let first = expect(root, &["hint"], 0, &["Hint 1 of 3"]);
    assert!(!first.contains("Hint 2"), "{first}");
    expect(root, &["hint"], 0, &["Hint 1 of 3", "Hint 2 of 3"]);
    let last = ["Hint 3 of 3", "There is no further hint"];
    expect(root, &["hint"], 0, &last);
    expect(root, &["hint"], 0, &last);
}
