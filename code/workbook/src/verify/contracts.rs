//! What crosses a process has a contract, its chapter shows it, and each of its clauses has its test.

use pages::{arrows, contract};
use project::{Part, Problem, Program, Project};
use walkdir::WalkDir;

use super::texts::Text;

/// What stands in the source of a step that has parts in other processes: it starts or reaches them.
const CROSSES: [&str; 6] = [
    "process::Command",
    "TcpListener",
    "TcpStream",
    "UnixListener",
    "UnixStream",
    "UdpSocket",
];

/// What the steps and their chapters lack of contracts.
pub fn check(project: &Project, texts: &[Text], programs: &[Program]) -> Vec<Problem> {
    let steps = programs.iter().filter(|step| has_arrows(step.part));
    steps
        .flat_map(|step| of_step(project, texts, step))
        .collect()
}

/// Whether the steps of a part may have arrows that cross processes. What Parts I and II ask is one server, and the
/// way to it is the same for all: it is described once.
fn has_arrows(part: Part) -> bool {
    match part {
        Part::Network => true,
        Part::Mapping | Part::Evolution | Part::Fork => false,
    }
}

fn of_step(project: &Project, texts: &[Text], step: &Program) -> Vec<Problem> {
    let folder = project.root.join(&step.path);
    let in_code = |message| Problem {
        file: step.path.join(contract::FILE),
        line: None,
        message,
    };
    let contracts = match contract::of_step(&folder) {
        Ok(contracts) => contracts,
        // The sentence begins with the file, which is told in front of it.
        Err(why) => {
            let start = format!("{}: ", contract::FILE);
            return vec![in_code(why.trim_start_matches(&start).to_owned())];
        }
    };
    let mut problems = Vec::new();
    for contract in &contracts {
        for clause in &contract.clauses {
            if let Err(why) = contract::find_test(&folder, &clause.test) {
                problems.push(in_code(format!("{}, {}: {why}", contract.name, clause.of)));
            }
        }
    }
    let crosses = match crosses(&folder.join("src")) {
        Ok(crosses) => crosses,
        Err(error) => return vec![in_code(format!("cannot read the step: {error}"))],
    };
    if crosses && contracts.is_empty() {
        problems.push(in_code(
            "the step has parts in other processes, and no arrow has a contract here".to_owned(),
        ));
    }
    let chapter = texts.iter().find(|text| text.chapter.name == step.name);
    if let Some(chapter) = chapter
        && !contracts.is_empty()
        && !shows(chapter, step)
    {
        let number = step.name.split('-').next().unwrap_or(&step.name);
        let what = format!("the contracts of its step's arrows (`{{{{#arrows {number}}}}}`)");
        problems.push(chapter.lacks(0, &what));
    }
    problems
}

fn shows(chapter: &Text, step: &Program) -> bool {
    let mut shown = chapter.directives("arrows");
    shown.any(|(_, argument)| arrows::is_named(step, argument))
}

/// Whether a step starts or reaches other processes by itself.
fn crosses(source: &std::path::Path) -> std::io::Result<bool> {
    for entry in WalkDir::new(source) {
        let path = entry?.into_path();
        if path.extension().is_some_and(|ending| ending == "rs") {
            let text = project::read_text(path)?;
            if CROSSES.iter().any(|word| text.contains(word)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::verify::texts;

    const CONTRACT: &str = "const A: Arrow = Arrow {\n    name: \"jobs\",\n    item: \"Job\",\n    order: (\"kept\", \"wire::one\"),\n    \
        duplicates: (\"none\", \"wire::one\"),\n    loss: (\"none\", \"wire::one\"),\n    bound: (\"1\", \"wire::one\"),\n    \
        deadline: (\"5 s\", \"wire::one\"),\n    end: (\"None\", \"wire::one\"),\n    failure: (\"Err\", \"wire::one\"),\n    \
        dies: (\"both\", \"wire::one\"),\n};\n";

    /// What is told of a step with this code, these contracts and this chapter; its one test is `wire::one`.
    fn told(code: &str, contracts: Option<&str>, chapter: &str) -> Vec<String> {
        let folder: TempDir = tempfile::tempdir().expect("a folder");
        let step = folder.path().join("code/network/n01-two");
        for name in ["src", "tests"] {
            std::fs::create_dir_all(step.join(name)).expect("created");
        }
        std::fs::write(step.join("src/lib.rs"), code).expect("written");
        std::fs::write(step.join("tests/wire.rs"), "#[test]\nfn one() {}\n").expect("written");
        if let Some(contracts) = contracts {
            std::fs::write(step.join(contract::FILE), contracts).expect("written");
        }
        let program = Program {
            name: "n01-two".into(),
            part: Part::Network,
            title: "Two".into(),
            description: String::new(),
            path: "code/network/n01-two".into(),
            parent: None,
            is_dead_end: false,
        };
        let chapter = texts::text("network/n01-two.md", chapter);
        let problems = check(&Project::at(folder.path()), &[chapter], &[program]);
        problems.iter().map(ToString::to_string).collect()
    }

    const SHOWN: &str = "# Two\n\n{{#arrows n01}}\n";
    const FILE: &str = "code/network/n01-two/src/arrows.rs";

    #[test]
    fn contracts_that_are_shown_and_held_are_well() {
        let code = "use tokio::net::UnixStream;";
        assert_eq!(told(code, Some(CONTRACT), SHOWN), [""; 0]);
        let by_name = SHOWN.replace("n01", "n01-two");
        assert_eq!(told(code, Some(CONTRACT), &by_name), [""; 0]);
        assert_eq!(told("fn run() {}", None, "# Two\n"), [""; 0]);
    }

    #[test]
    fn what_crosses_a_process_needs_a_contract() {
        let expected = format!(
            "{FILE}: the step has parts in other processes, and no arrow has a contract here"
        );
        for code in ["use tokio::net::UnixStream;", "std::process::Command::new"] {
            for contracts in [None, Some("// none\n")] {
                assert_eq!(told(code, contracts, SHOWN), [expected.as_str()]);
            }
        }
    }

    #[test]
    fn a_clause_needs_its_test() {
        let gone = CONTRACT.replacen("wire::one", "wire::gone", 1);
        assert_eq!(
            told("", Some(&gone), SHOWN),
            [format!(
                "{FILE}: jobs, order: there is no test `gone` in tests/wire.rs"
            )]
        );
        let without = CONTRACT.replace("    end: (\"None\", \"wire::one\"),\n", "");
        assert_eq!(
            told("", Some(&without), SHOWN),
            [format!("{FILE}: A: it has no clause `end`")]
        );
    }

    #[test]
    fn the_chapter_shows_them() {
        let expected = "book/network/n01-two.md:1: the chapter lacks the contracts of its step's arrows (`{{#arrows n01}}`)";
        for chapter in [
            "# Two\n",
            "# Two\n\n`{{#arrows n01}}`\n",
            "# Two\n\n{{#arrows n02}}\n",
        ] {
            assert_eq!(told("", Some(CONTRACT), chapter), [expected]);
        }
    }
}
