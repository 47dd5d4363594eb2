//! Exercises that are broken on purpose: each rule of the judge of judges is broken once.

use std::fs;
use std::path::PathBuf;

use project::exercises::{self, FOLDER};
use project::{Part, Project};

use super::super::prove;
use crate::interrupt::Interrupt;

const JUDGE: &str = "// A judge.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use NAME::number;

const PROMISES: &[Promise] = &[
    Promise {
        name: \"it-is-even\",
        says: \"It is even.\",
        check: it_is_even,
    },
    Promise {
        name: \"it-is-two\",
        says: \"It is two.\",
        check: it_is_two,
    },
];

fn it_is_even() -> Verdict {
    if number().is_multiple_of(2) {
        return Ok(());
    }
    Err(\"Expected: an even number.\".into())
}

fn it_is_two() -> Verdict {
    if number() == 2 {
        return Ok(());
    }
    Err(\"Expected: two.\".into())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
";

/// A version with this number.
fn code(number: &str) -> String {
    format!("//! A number.\n\n/// The number.\npub fn number() -> u32 {{\n    {number}\n}}\n")
}

/// A project with nothing in it but the book's `drill`, in a place that stays, so that what is compiled for it is there the
/// next time. What was compiled for the book is used.
struct Small(Project);

impl Small {
    fn new() -> Small {
        let book = super::project().root;
        let book = fs::canonicalize(book).expect("the book is there");
        let root = book.join("target/broken-exercises");
        let _ = fs::remove_dir_all(root.join(FOLDER));
        fs::create_dir_all(root.join("target")).expect("created");
        fs::create_dir_all(root.join("code")).expect("created");
        fs::create_dir_all(book.join("target/debug")).expect("created");
        let linked = ["code/drill", "target/debug", "Cargo.toml"];
        for path in linked {
            let link = root.join(path);
            if fs::read_link(&link).is_err() {
                std::os::unix::fs::symlink(book.join(path), link).expect("linked");
            }
        }
        fs::copy(book.join("Cargo.lock"), root.join("Cargo.lock")).expect("copied");
        Small(Project::at(&root))
    }

    /// An exercise with these numbers: as it is given, as it is solved, and of its one mutant.
    fn exercise(&self, name: &str, [given, solution, mutant]: [&str; 3]) {
        let folder = self.0.root.join(FOLDER).join(name);
        let about = "title = \"T\"\nchapter = \"c\"\nminutes = 10\nkind = \"repair\"\ntask = \"Do.\"\n\
                     hints = [\"a\", \"b\"]\nexplanation = \"So.\"\n\
                     [mutants.one]\nmistake = \"M.\"\nfound_by = \"it-is-two\"\n";
        let files: [(PathBuf, String); 5] = [
            ("exercise.toml".into(), about.to_owned()),
            (
                "judge.rs".into(),
                JUDGE.replace("NAME", &name.replace('-', "_")),
            ),
            ("given.rs".into(), code(given)),
            ("solution.rs".into(), code(solution)),
            ("mutants/one.rs".into(), code(mutant)),
        ];
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("created");
            fs::write(path, text).expect("written");
        }
    }

    fn problems(&self) -> Vec<String> {
        let all = exercises::exercises(&self.0).expect("exercises");
        let problems = prove(&self.0, &all, &Interrupt::never()).expect("judged");
        let mut told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        told.sort();
        told
    }
}

#[test]
fn each_rule_can_be_broken_and_it_is_told() {
    let small = Small::new();
    small.exercise("sound-one", ["1", "2", "4"]);
    assert_eq!(small.problems(), [""; 0]);

    small.exercise("given-passes", ["2", "2", "4"]);
    small.exercise("mutant-elsewhere", ["1", "2", "3"]);
    small.exercise("mutant-passes", ["1", "2", "2"]);
    small.exercise("not-compiled", ["1", "2", "two"]);
    small.exercise("solution-fails", ["1", "4", "4"]);
    small.exercise("ugly-solution", ["1", "{2 }", "4"]);
    let problems = small.problems();
    let expected = [
        (
            "",
            "not formatted: code/exercises/ugly-solution/solution.rs",
        ),
        ("", "a solution or a judge does not compile without lints"),
        (
            "/given-passes/given.rs",
            "as it is given, it passes its judge",
        ),
        (
            "/mutant-elsewhere/mutants/one.rs",
            "the mutant is found by `it-is-even`, and exercise.toml says by `it-is-two`",
        ),
        (
            "/mutant-passes/mutants/one.rs",
            "the mutant passes the judge",
        ),
        (
            "/not-compiled",
            "a version of this exercise does not compile",
        ),
        (
            "/solution-fails/solution.rs",
            "the solution breaks the promise `it-is-two`: Expected: two.",
        ),
    ];
    for (file, message) in expected {
        let start = format!("{FOLDER}{file}: {message}");
        let told = problems.iter().any(|problem| problem.starts_with(&start));
        assert!(told, "{start}\n\n{problems:#?}");
    }
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    assert!(
        !small.0.root.join(Part::Fork.folder()).exists(),
        "nothing else is made"
    );
}
