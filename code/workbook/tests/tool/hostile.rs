//! The tool in hostile hands: folders that are not its own, files that are not the book's, outputs that cannot be
//! written, results that cannot be read.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::common;
use crate::common::fixture::Fixture;
use crate::common::{errors, text, workbook};
use walkdir::WalkDir;

/// What lies in a folder, by path.
fn files(folder: &Path) -> Vec<String> {
    let all = WalkDir::new(folder).into_iter();
    let files = all
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| !entry.file_type().is_dir());
    let mut found: Vec<String> = files
        .map(|file| {
            let path = file.path().strip_prefix(folder).expect("inside");
            path.display().to_string()
        })
        .collect();
    found.sort();
    found
}

fn assert_refused(output: &Output, why: &str) {
    let errors = errors(output);
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(
        errors.starts_with("error: ") && errors.contains(why) && errors.lines().count() == 1,
        "{errors}"
    );
}

#[test]
fn a_build_empties_nothing_that_it_has_not_built() {
    let book = Fixture::new();
    let root = book.root();
    book.write("target/results/mine@here.json", "{}");
    book.write("homepage/thesis.txt", "years of work");
    symlink("../code", root.join("target/s")).expect("a link");
    let before = files(root);
    let target = root.join("target");
    for (from, out, why) in [
        (root, "target/../book", "holds the book's sources"),
        (root, "target/s", "holds the programs' sources"),
        (root, "target", "holds your measurements"),
        (root, "book/site", "holds the book's sources"),
        (root, ".", "holds the book's sources"),
        (root, "/", "holds the book's sources"),
        (root, "homepage", "is not empty"),
        (root, "homepage/thesis.txt", "is not a folder"),
        (root, "homepage/thesis.txt/site", "cannot write in"),
        (root, "-", "standard output"),
        (&target, "../homepage", "is not empty"),
        (
            &target,
            "../../../../../../../..",
            "holds the book's sources",
        ),
        (Path::new("/"), "x", "no book.toml"),
    ] {
        assert_refused(&workbook(from, &["build", "--out", out]), why);
        assert_eq!(files(root), before, "{out}");
    }
    for out in ["site", "target/book", "target/../new/site"] {
        for _ in 0..2 {
            let output = workbook(root, &["build", "--out", out]);
            assert!(output.status.success(), "{out}: {}", errors(&output));
        }
        assert!(root.join(out).join("start/idea.html").is_file());
    }
    for file in before {
        assert!(root.join(&file).exists(), "{file}");
    }
}

/// A failed build leaves the site of before.
#[test]
fn a_site_stays_until_the_next_one_is_finished() {
    let book = Fixture::new();
    let build = || workbook(book.root(), &["build", "--out", "site"]);
    assert!(build().status.success());
    std::fs::remove_file(book.root().join("book/SUMMARY.md")).expect("removed");
    assert_refused(&build(), "SUMMARY.md");
    assert!(book.root().join("site/start/idea.html").is_file());
    let left: Vec<String> = (files(&book.root().join("target")).into_iter())
        .filter(|file| file.starts_with("book-"))
        .collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn only_the_book_is_published() {
    let book = Fixture::new();
    let root = book.root();
    book.write("secret.txt", "SECRET");
    for hidden in [
        ".env",
        "start/.idea.md.swp",
        "start/idea.md.swp",
        "start/idea.md~",
        "#idea.md#",
        "4913",
        ".git/config",
        "figures/hidden.toml",
    ] {
        book.write(&format!("book/{hidden}"), "SECRET");
    }
    book.write("book/start/shown.txt", "shown");
    symlink("shown.txt", root.join("book/start/linked.txt")).expect("a link");
    // Emacs locks a file by a link that leads nowhere.
    symlink("me@here.1234:5", root.join("book/start/.#idea.md")).expect("a link");
    let output = workbook(root, &["build", "--out", "site"]);
    assert!(output.status.success(), "{}", errors(&output));

    // What leads out of the book is told, and not followed.
    symlink("../../secret.txt", root.join("book/start/out.txt")).expect("a link");
    symlink("/etc", root.join("book/etc")).expect("a link");
    symlink("..", root.join("book/up")).expect("a link");
    symlink("nothing", root.join("book/nothing.txt")).expect("a link");
    let made = Command::new("mkfifo").arg(root.join("book/pipe")).status();
    assert!(made.expect("mkfifo runs").success());
    let output = workbook(root, &["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(1));
    for told in [
        "book/start/out.txt: this link",
        "book/etc: this link",
        "book/up: this link",
        "book/nothing.txt: this link",
        "book/pipe: this is no regular file",
        "it has 5 problems",
    ] {
        assert!(
            errors(&output).contains(told),
            "{told}: {}",
            errors(&output)
        );
    }
    let site = root.join("site");
    for file in files(&site) {
        let bytes = std::fs::read(site.join(&file)).expect("read");
        assert!(
            !String::from_utf8_lossy(&bytes).contains("SECRET"),
            "{file}"
        );
    }
    for (file, is_there) in [
        ("start/shown.txt", true),
        ("start/linked.txt", true),
        ("start/out.txt", false),
        ("etc", false),
        ("up", false),
        ("pipe", false),
        ("nothing.txt", false),
    ] {
        assert_eq!(site.join(file).exists(), is_there, "{file}");
    }
}

/// A chapter or an included file from elsewhere would be published as well.
#[test]
fn texts_come_from_the_project_only() {
    let elsewhere = tempfile::tempdir().expect("a folder");
    let secret = elsewhere.path().join("secret.md");
    std::fs::write(&secret, "SECRET\n").expect("written");
    let book = Fixture::new();
    symlink(&secret, book.root().join("book/start/more.md")).expect("a link");
    book.append("book/SUMMARY.md", "- [More](start/more.md)\n");
    let include = format!(
        "\n{{{{#include {}}}}}\n\n```text\n{{{{ #include {} }}}}\n```\n",
        secret.display(),
        secret.display()
    );
    book.append("book/start/idea.md", &include);
    let output = workbook(book.root(), &["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(1));
    for told in [
        "book/SUMMARY.md:6: the chapter `start/more.md` leads out of the project",
        "book/start/idea.md:5: ",
        "book/start/idea.md:8: ",
        "is not in the project",
    ] {
        assert!(
            errors(&output).contains(told),
            "{told}: {}",
            errors(&output)
        );
    }
    for page in ["start/idea.html", "print.html"] {
        let page = std::fs::read_to_string(book.root().join("site").join(page)).expect("a page");
        assert!(!page.contains("SECRET"), "{page}");
    }
}

/// A pipe in the place of a file is never read: the build would wait for a writer that does not come.
#[test]
fn a_pipe_in_the_place_of_a_text_is_refused_in_one_sentence() {
    let book = Fixture::new();
    for file in [
        "start/pipe.md",
        "start/part.rs",
        "appendix/bibliography.md",
        "charts.toml",
    ] {
        let path = book.root().join("book").join(file);
        let _ = std::fs::remove_file(&path);
        let made = Command::new("mkfifo").arg(path).status();
        assert!(made.expect("mkfifo runs").success());
    }
    book.append("book/SUMMARY.md", "- [Pipe](start/pipe.md)\n");
    book.append("book/start/idea.md", "\n{{#include part.rs}}\n");
    for command in [&["build", "--out", "site"][..], &["verify"]] {
        let mut tool = Command::new(env!("CARGO_BIN_EXE_workbook"));
        tool.args(command).current_dir(book.root());
        let output = in_time(tool);
        assert_eq!(output.status.code(), Some(1), "{command:?}");
        let errors = errors(&output);
        for told in [
            "book/SUMMARY.md:6: the chapter `start/pipe.md` is no regular file",
            "book/start/idea.md:5: `part.rs` is no regular file: it is not included",
        ] {
            assert_eq!(errors.matches(told).count(), 1, "{told}: {errors}");
        }
    }
}

/// What a command prints, which ends in time.
fn in_time(mut command: Command) -> Output {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let deadline = std::time::Instant::now() + common::PATIENCE;
    // What it prints here is shorter than a pipe is wide.
    while child.try_wait().expect("our child").is_none() {
        if std::time::Instant::now() > deadline {
            child.kill().expect("our child");
            panic!("{command:?} hangs");
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    child.wait_with_output().expect("its output")
}

#[test]
fn what_an_interrupted_build_has_left_is_removed() {
    let book = Fixture::new();
    book.write("target/book-Ab12Cd/start/idea.html", "<html>");
    let output = workbook(book.root(), &["verify"]);
    assert!(output.status.success(), "{}", errors(&output));
    assert!(!book.root().join("target/book-Ab12Cd").exists());
}

/// Nothing can be said, and the work is done, or not, as otherwise.
#[test]
fn an_unwritable_standard_error_changes_nothing() {
    if !Path::new("/dev/full").exists() {
        return common::skipped_or_failed("an unwritable standard error", "there is no /dev/full");
    }
    let book = Fixture::new();
    book.append("book/start/idea.md", "\n{{#resutl a}}\n");
    let code = |args: &[&str]| {
        let full = std::fs::File::options().write(true).open("/dev/full");
        let mut command = Command::new(env!("CARGO_BIN_EXE_workbook"));
        command.args(args).current_dir(book.root());
        command.stdout(Stdio::null()).stderr(full.expect("opened"));
        command.status().expect("the tool starts").code()
    };
    for (args, expected) in [
        (&["build", "--out", "site"][..], 1),
        (&["verify"], 1),
        (&["run", "nothing"], 2),
        (&["check"], 0),
        (&["check", "nothing"], 2),
        (&["generate", "--lines", "5"], 0),
        (&["list"], 0),
        (&["nothing"], 2),
        (&["preprocess"], 2),
    ] {
        assert_eq!(code(args), Some(expected), "{args:?}");
    }
    assert!(book.root().join("site/start/idea.html").is_file());
}

#[test]
fn a_result_file_that_cannot_be_read_is_one_problem() {
    let book = Fixture::new();
    book.append("book/start/idea.md", "\n{{#given}}\n");
    book.replace(
        "book/results/evolution@small.json",
        "\"metrics\"",
        "\"metrics",
    );
    for command in [&["verify"][..], &["build", "--out", "site"]] {
        let output = workbook(book.root(), command);
        assert_eq!(output.status.code(), Some(1));
        let errors = errors(&output);
        let told = |place: &str| {
            errors
                .lines()
                .filter(|line| line.starts_with(place))
                .count()
        };
        assert_eq!(told("book/results/evolution@small.json"), 1, "{errors}");
        // Nothing of what the file would have held, and still what has nothing to do with it.
        assert_eq!(told("book/evolution/"), 0, "{errors}");
        assert_eq!(told("book/start/idea.md:5: "), 1, "{errors}");
        assert!(errors.contains("2 problems"), "{errors}");
    }
}

#[test]
fn a_directive_in_an_images_text_is_refused_with_its_line() {
    let book = Fixture::new();
    book.write("book/start/x.png", "no picture");
    book.append(
        "book/start/idea.md",
        "\n![fast: {{#result evolution/s00-one lines_per_s}}](x.png)\n",
    );
    let output = workbook(book.root(), &["verify"]);
    assert_eq!(output.status.code(), Some(1));
    let told = "book/start/idea.md:5: `result` cannot stand in the text of an image";
    assert!(errors(&output).contains(told), "{}", errors(&output));
}

/// As a hyphen is understood everywhere else.
#[test]
fn a_hyphen_is_standard_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let generated = |more: &[&str]| {
        let args = [&["generate", "--lines", "3"], more].concat();
        text(&workbook(folder.path(), &args))
    };
    assert_eq!(generated(&["-o", "-"]).lines().count(), 3);
    assert_eq!(generated(&["-o", "-"]), generated(&[]));
    assert_eq!(files(folder.path()), [""; 0]);
}

/// A disk that is full, as a limit of a file's size shows it: what was there stays, and nothing else does.
#[test]
fn a_log_that_cannot_be_finished_replaces_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("old.log");
    std::fs::write(&log, "years of work\n").expect("written");
    // Without a word of ours the system would answer with a signal that ends the tool in silence.
    let limited = "ulimit -f 64; exec \"$0\" \"$@\"";
    let generate = |lines: &str| {
        let mut tool = Command::new("sh");
        tool.args(["-c", limited, env!("CARGO_BIN_EXE_workbook"), "generate"]);
        tool.args(["--lines", lines, "-o", "old.log"]);
        tool.current_dir(folder.path()).output().expect("sh runs")
    };
    assert_refused(&generate("10k"), "cannot write old.log");
    assert_eq!(files(folder.path()), ["old.log"]);
    let text = || std::fs::read_to_string(&log).expect("the log");
    assert_eq!(text(), "years of work\n");
    let output = generate("3");
    assert!(output.status.success(), "{}", errors(&output));
    assert_eq!(text().lines().count(), 3);
    assert_eq!(files(folder.path()), ["old.log"]);
}

/// What a reader types, or a file is called, is shown and not obeyed by the terminal.
#[test]
fn odd_names_are_refused_and_shown_as_they_are() {
    let book = Fixture::new();
    for (command, name) in [
        ("run", "a\u{1b}[2J"),
        ("check", "../\u{9b}x"),
        ("record", "x; rm"),
        ("bench", "\r"),
    ] {
        let output = workbook(book.root(), &[command, name]);
        assert_refused(&output, "there is no ");
        assert!(
            !errors(&output).contains(['\u{1b}', '\u{9b}', '\r']),
            "{command}"
        );
    }
    for (args, why) in [
        (&["record", ""][..], "there is no program"),
        (&["fork", "s00-one", ""], "is no name"),
    ] {
        let output = workbook(book.root(), args);
        assert_refused(&output, why);
        assert!(
            !errors(&output).contains("did you mean"),
            "{}",
            errors(&output)
        );
    }
}
