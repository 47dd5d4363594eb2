//! The command line: what is printed, and with which exit code.

use crate::common::fixture::Fixture;
use crate::common::{errors, text, workbook};

#[test]
fn the_list_is_json_with_these_keys() {
    let book = Fixture::new();
    let output = workbook(&book.root().join("code"), &["list", "--json"]);
    assert!(output.status.success(), "{}", errors(&output));
    let items: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let items = items.as_array().expect("an array");
    let told: Vec<(&str, &str, &str)> = items
        .iter()
        .map(|item| {
            let word = |key: &str| item[key].as_str().unwrap_or("?");
            (word("kind"), word("name"), word("path"))
        })
        .collect();
    // Plays are part of the tool, whatever the book is.
    let (plays, told): (Vec<_>, Vec<_>) = told.into_iter().partition(|(kind, ..)| *kind == "play");
    assert!(plays.contains(&("play", "lost-update", "code/play/src/lost_update")));
    assert_eq!(
        told,
        [
            ("chapter", "idea", "book/start/idea.md"),
            ("chapter", "s00-one", "book/evolution/s00-one.md"),
            ("chapter", "bibliography", "book/appendix/bibliography.md"),
            ("step", "s00-one", "code/evolution/s00-one"),
        ]
    );
    let mut keys: Vec<&String> = items[3].as_object().expect("an object").keys().collect();
    keys.sort();
    assert_eq!(keys, ["fastest", "kind", "name", "parent", "path", "title"]);
    assert_eq!(items[3]["fastest"], true);
}

#[test]
fn without_results_no_step_is_the_fastest() {
    let book = Fixture::new();
    std::fs::remove_dir_all(book.root().join("book/results")).expect("removed");
    let output = workbook(book.root(), &["list"]);
    assert!(
        output.status.success() && text(&output).contains("s00-one"),
        "{}",
        errors(&output)
    );
    assert!(!text(&output).contains("fastest"));
}

#[test]
fn the_books_machine_decides_which_step_is_the_fastest() {
    let book = Fixture::new();
    let here = std::fs::read_to_string(book.root().join("book/results/evolution@small.json"))
        .expect("read");
    let there = here
        .replace("small", "huge")
        .replace("evolution/s00-one", "evolution/s09-else");
    book.write("book/results/evolution@huge.json", &there);
    book.append(
        "book.toml",
        "\n[preprocessor.workbook]\nmachine = \"small\"\n",
    );
    assert!(text(&workbook(book.root(), &["list"])).contains("fastest"));
    book.replace("book.toml", "\"small\"", "\"huge\"");
    assert!(!text(&workbook(book.root(), &["list"])).contains("fastest"));
}

#[test]
fn bad_input_is_one_sentence_and_exit_code_2() {
    let book = Fixture::new();
    book.write(
        "code/mapping/queues/Cargo.toml",
        "[package]\nname = \"queues\"\ndescription = \"d\"\n[package.metadata.workbook]\ntitle = \"Queues\"\n",
    );
    for (args, words) in [
        (&["run", "s00-oen"] as &[&str], "did you mean s00-one?"),
        (&["run", "nothing-like-it"], "`workbook list` shows them"),
        (
            &["bench", "no-such-suite"],
            "there is no suite no-such-suite",
        ),
        (
            &["bench", "parser", "--only", ","],
            "`--only` needs a part of a case's name",
        ),
        (
            &["fork", "queues", "mine"],
            "queues is a program of Part I, and only a step can be forked",
        ),
        (&["build", "--out", "code"], "holds the programs' sources"),
        (&["directory", "--table", "gone.csv"], "gone.csv"),
    ] {
        let output = workbook(book.root(), args);
        let errors = errors(&output);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {errors}");
        assert!(
            errors.starts_with("error: ") && errors.contains(words),
            "{args:?}: {errors}"
        );
        assert_eq!(errors.lines().count(), 1, "{args:?}: {errors}");
        assert!(
            !errors.contains('\x1b'),
            "no colours where no terminal is: {errors:?}"
        );
    }
    for args in [
        &["--no-such"] as &[&str],
        &["generate", "--lines", "ten"],
        &["generate", "--lines", "1", "--workload", "x"],
        &["directory", "--delay", "soon"],
    ] {
        let output = workbook(book.root(), args);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{args:?}: {}",
            errors(&output)
        );
    }
    let nowhere = tempfile::tempdir().expect("a folder");
    let output = workbook(nowhere.path(), &["list"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        errors(&output).contains("no book.toml"),
        "{}",
        errors(&output)
    );
}

#[test]
fn a_log_is_generated_to_a_file_as_to_standard_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let args = [
        "generate",
        "--lines",
        "1_000",
        "--workload",
        "messy",
        "--seed",
        "7",
    ];
    let printed = workbook(folder.path(), &args);
    assert!(printed.status.success(), "{}", errors(&printed));
    assert_eq!(
        printed.stdout.iter().filter(|&&byte| byte == b'\n').count(),
        1_000
    );
    let written = workbook(
        folder.path(),
        &[&args as &[&str], &["-o", "a.log"]].concat(),
    );
    assert!(written.status.success() && written.stdout.is_empty() && written.stderr.is_empty());
    assert_eq!(
        std::fs::read(folder.path().join("a.log")).expect("written"),
        printed.stdout
    );
    // As elsewhere, `-` is no file.
    let dash = workbook(folder.path(), &[&args as &[&str], &["-o", "-"]].concat());
    assert!(dash.status.success() && !folder.path().join("-").exists());
    assert_eq!(dash.stdout, printed.stdout);
}

#[test]
fn a_reader_who_has_seen_enough_ends_it_quietly() {
    let tool = env!("CARGO_BIN_EXE_workbook");
    let script = format!("set -o pipefail; '{tool}' generate --lines 1M | head -n 1");
    let output = std::process::Command::new("bash")
        .args(["-c", &script])
        .output()
        .expect("bash runs");
    assert!(output.status.success(), "{}", errors(&output));
    assert_eq!(text(&output).lines().count(), 1);
    assert_eq!(errors(&output), "");
}

#[test]
fn a_build_is_made_twice_and_empties_only_its_own_folder() {
    let book = Fixture::new();
    for _ in 0..2 {
        let output = workbook(book.root(), &["build", "--out", "site"]);
        assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
        assert!(book.root().join("site/index.html").is_file());
    }
    book.append("book/start/idea.md", "\n{{#resutl x}}\n");
    let output = workbook(book.root(), &["build"]);
    assert_eq!(
        output.status.code(),
        Some(1),
        "a book with a problem is built, and the code says so"
    );
    assert!(
        errors(&output).contains("book/start/idea.md:5: "),
        "{}",
        errors(&output)
    );
    assert!(book.root().join("target/book/index.html").is_file());
}

#[test]
fn every_command_has_help() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in [
        "serve",
        "build",
        "list",
        "run",
        "fork",
        "check",
        "generate",
        "directory",
        "bench",
        "verify",
    ] {
        let output = workbook(folder.path(), &[command, "--help"]);
        assert!(
            output.status.success() && text(&output).contains("Usage"),
            "{command}"
        );
    }
}
