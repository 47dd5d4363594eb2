//! Commands that are shown can be pasted: the program, package, test or folder that they name is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use project::Problem;
use project::Program;
use project::Project;
use project::exercises::Exercise;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use regex::{Captures, Regex};

use super::texts::{MARKDOWN, Text};

/// The tool, as it is called in the book, with what its command is about. A name in capitals stands for any.
static TOOL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\bworkbook|--release --) (run|fork|check|hint|solution|reset) ([a-z][\w-]*)(?: ([a-z][\w-]*))?")
        .expect("a valid pattern")
});

/// Cargo on one package, and perhaps one of its test files.
static CARGO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\bcargo \w+ (?:-[^p\n][^\n]*? )?-p ([\w-]+)(?:[^\n]*? --test ([\w-]+))?")
        .expect("a valid pattern")
});

/// Go in the folder of a twin.
static GO: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\bgo -C (\S+)").expect("a valid pattern"));

/// All commands of a chapter that name what is not there.
pub fn check(
    project: &Project,
    text: &Text,
    programs: &[Program],
    exercises: &[Exercise],
) -> Vec<Problem> {
    let commands = in_code(text);
    let mut names: BTreeSet<&str> = programs.iter().map(|one| one.name.as_str()).collect();
    names.extend(play::PLAYS.iter().map(|play| play.name));
    names.extend(exercises.iter().map(|exercise| exercise.name.as_str()));
    // A chapter may make a fork before it runs it.
    for (_, code) in &commands {
        let forks = TOOL.captures_iter(code).filter(|found| &found[1] == "fork");
        names.extend(forks.filter_map(|found| Some(found.get(3)?.as_str())));
    }
    let mut problems = Vec::new();
    for (start, code) in commands {
        let mut tell = |found: &Captures, message: Option<String>| {
            let at = start + found.get(0).expect("the whole match").start();
            problems.extend(message.map(|message| text.problem(at, message)));
        };
        for found in TOOL.captures_iter(code) {
            let name = &found[2];
            let message = format!("there is no `{name}` to {}", &found[1]);
            tell(&found, (!names.contains(name)).then_some(message));
        }
        for found in CARGO.captures_iter(code) {
            let test = found.get(2).map(|test| test.as_str());
            tell(&found, without_package(project, &found[1], test));
        }
        for found in GO.captures_iter(code) {
            let message = format!("there is no folder `{}`", &found[1]);
            let is_there = project.root.join(&found[1]).is_dir();
            tell(&found, (!is_there).then_some(message));
        }
    }
    problems
}

/// What is in code, in blocks of a shell's language and in the text, with its place.
fn in_code(text: &Text) -> Vec<(usize, &str)> {
    let mut shell = false;
    let mut found = Vec::new();
    for (event, range) in Parser::new_ext(&text.markdown, MARKDOWN).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                shell = ["sh", "console", "text", ""].contains(&&*language);
            }
            Event::End(TagEnd::CodeBlock) => shell = false,
            Event::Text(_) if shell => found.push((range.start, &text.markdown[range])),
            Event::Code(_) => found.push((range.start, &text.markdown[range])),
            _ => {}
        }
    }
    found
}

/// What is wrong with the package of a command, or with the test of it.
fn without_package(project: &Project, name: &str, test: Option<&str>) -> Option<String> {
    let Some(folder) = package(&project.root, name) else {
        return Some(format!("there is no package `{name}` in the project"));
    };
    let test = test?;
    let path = folder.join("tests").join(format!("{test}.rs"));
    (!path.is_file()).then(|| format!("the package `{name}` has no test `{test}`"))
}

/// The folder of a package of the project: it bears its name, and lies in `code/` or one folder deeper.
fn package(root: &Path, name: &str) -> Option<PathBuf> {
    let code = root.join("code");
    let parts = std::fs::read_dir(&code).ok()?.flatten();
    let mut folders = parts.map(|part| part.path().join(name));
    let direct = std::iter::once(code.join(name));
    direct
        .chain(&mut folders)
        .find(|folder| folder.join("Cargo.toml").is_file())
}

#[cfg(test)]
mod tests {
    use project::Part;

    use super::*;
    use crate::verify::texts;

    fn messages(markdown: &str) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        for path in [
            "code/proofs/Cargo.toml",
            "code/mapping/queues/Cargo.toml",
            "code/mapping/queues/tests/little.rs",
            "code/go/queues/main.go",
        ] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("created");
            std::fs::write(path, "").expect("written");
        }
        let project = Project::at(folder.path());
        let queues = Program {
            name: "queues".into(),
            part: Part::Mapping,
            title: "Queues".into(),
            description: String::new(),
            path: "code/mapping/queues".into(),
            parent: None,
            is_dead_end: false,
        };
        let problems = check(&project, &texts::text("a.md", markdown), &[queues], &[]);
        problems.iter().map(ToString::to_string).collect()
    }

    fn in_a_block(command: &str) -> String {
        format!("# A\n\n```sh\necho\n{command}\n```\n")
    }

    #[test]
    fn what_is_there_can_be_named() {
        for command in [
            "cargo run --release -- run queues -- --capacity 8",
            "cargo run --release -- list",
            "cargo run --release",
            "cargo test --workspace",
            "cargo test -p proofs",
            "cargo test --release -p queues --test little -- --nocapture",
            "go -C code/go/queues run .",
            "workbook run NAME",
            "cargo run --release -- fork queues mine\ncargo run --release -- run mine",
        ] {
            assert_eq!(messages(&in_a_block(command)), [""; 0], "{command}");
        }
        assert_eq!(messages("```rust\n// cargo test -p gone\n```\n"), [""; 0]);
    }

    #[test]
    fn what_is_not_there_is_told_with_its_line() {
        for (command, told) in [
            (
                "cargo run --release -- run queue -- --capacity 8",
                "there is no `queue` to run",
            ),
            ("workbook fork gone mine", "there is no `gone` to fork"),
            (
                "cargo test -p gone",
                "there is no package `gone` in the project",
            ),
            (
                "cargo test -p queues --test litle",
                "the package `queues` has no test `litle`",
            ),
            (
                "go -C code/go/gone run .",
                "there is no folder `code/go/gone`",
            ),
        ] {
            let expected = format!("book/a.md:5: {told}");
            assert_eq!(messages(&in_a_block(command)), [expected], "{command}");
            assert_eq!(messages(&format!("In `{command}`.")).len(), 1, "{command}");
        }
    }
}
