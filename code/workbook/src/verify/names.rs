//! A chapter, its crate and its results bear one name: who knows one knows all three.

use project::Chapter;
use project::Part;
use project::Problem;
use project::Program;
use project::Project;
use results::Suite;

/// Holds programs, chapters and results against each other.
pub fn check(project: &Project, chapters: &[Chapter], programs: &[Program]) -> Vec<Problem> {
    let mut problems = without_chapter(chapters, programs);
    problems.extend(without_program(chapters, programs));
    problems.extend(without_parent(programs));
    problems.extend(no_branches(programs));
    problems.extend(nameless_results(project, programs));
    problems
}

/// The chapter of a program stands in its part, or among the appendices: the phrasebook is a program, too.
fn is_of(chapter: &Chapter, program: &Program) -> bool {
    let folder = chapter.folder();
    let is_its_part = folder == Some(program.part.name());
    chapter.name == program.name && (is_its_part || folder == Some("appendix"))
}

fn without_chapter(chapters: &[Chapter], programs: &[Program]) -> Vec<Problem> {
    let alone = programs
        .iter()
        .filter(|program| !chapters.iter().any(|chapter| is_of(chapter, program)));
    let problems = alone.map(|program| Problem {
        file: program.path.join("Cargo.toml"),
        line: None,
        message: format!(
            "the program has no chapter book/{}/{}.md in the summary",
            program.part, program.name
        ),
    });
    let misnamed = programs
        .iter()
        .filter(|program| !program.path.ends_with(&program.name));
    let misnamed = misnamed.map(|program| Problem {
        file: program.path.join("Cargo.toml"),
        line: None,
        message: format!("the crate is named {}, its folder is not", program.name),
    });
    problems.chain(misnamed).collect()
}

fn without_program(chapters: &[Chapter], programs: &[Program]) -> Vec<Problem> {
    let alone = chapters.iter().filter(|chapter| {
        // Where programs are numbered, a chapter without a number is about several of them.
        let is_about_one = |part: Part| !part.is_numbered() || chapter.is_numbered();
        chapter.part().is_some_and(is_about_one)
            && !chapter.is_first_page()
            && !programs.iter().any(|program| program.name == chapter.name)
    });
    let problems = alone.map(|chapter| Problem {
        file: std::path::Path::new("book").join(&chapter.path),
        line: None,
        message: format!(
            "there is no program code/{}",
            chapter.path.with_extension("").display()
        ),
    });
    problems.collect()
}

fn without_parent(programs: &[Program]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for program in programs {
        let Some(parent) = &program.parent else {
            continue;
        };
        if !programs.iter().any(|other| other.name == *parent) {
            problems.push(Problem {
                file: program.path.join("Cargo.toml"),
                line: None,
                message: format!("its parent {parent} is no program of the book"),
            });
        }
    }
    problems
}

/// Steps that call themselves branches and are none, or need not: only of the last step the parents do not tell.
fn no_branches(programs: &[Program]) -> Vec<Problem> {
    let last = (programs.iter()).rfind(|program| program.part == Part::Evolution);
    let last = last.map(|step| &step.name);
    let called_so = programs.iter().filter(|program| program.is_dead_end);
    let problems = called_so.filter_map(|program| {
        let stands = |other: &&Program| other.parent.as_ref() == Some(&program.name);
        let message = if let Some(child) = programs.iter().find(stands) {
            format!("it says `branch = true`, but {} stands on it", child.name)
        } else if last != Some(&program.name) {
            "it says `branch = true`, which is for the last step of the evolution: of others the parents tell".to_owned()
        } else {
            return None;
        };
        Some(Problem {
            file: program.path.join("Cargo.toml"),
            line: None,
            message,
        })
    });
    problems.collect()
}

/// Results of programs that are no longer there. Cases outside the parts of the book are about no program of it.
fn nameless_results(project: &Project, programs: &[Program]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for path in results::files(&project.results()) {
        let file = project.shown(&path).to_path_buf();
        let suite = match Suite::read(&path) {
            Ok(suite) => suite,
            Err(error) => {
                problems.push(Problem {
                    file,
                    line: None,
                    message: format!("{error:#}"),
                });
                continue;
            }
        };
        for case in suite.cases.keys() {
            let Some((part, name)) = subject(case) else {
                continue;
            };
            // A step of another part may stand beside those that grew from it.
            let known = programs.iter().any(|program| {
                program.name == name && (program.part == part || part == Part::Network)
            });
            // What the programs are compared with stands beside their benchmarks.
            let reference = format!("code/bench/benches/{part}/{name}.rs");
            let known = known || project.root.join(reference).is_file();
            if !known {
                let message = format!("the case {case} is about no program of the book");
                problems.push(Problem {
                    file: file.clone(),
                    line: None,
                    message,
                });
            }
        }
    }
    problems
}

/// The part of the book and the program that a case is about. The cases of a concept have names of their own behind
/// its name, and its twin in Go is measured as a part of it: `go/channels-are-queues/send[capacity=64]`.
fn subject(case: &str) -> Option<(Part, &str)> {
    let (suite, name) = case.split('[').next()?.split_once('/')?;
    let part = match suite {
        "go" => Part::Mapping,
        _ => Part::named(suite)?,
    };
    // What comes behind is what of it was measured: no program has such a stroke in its name.
    Some((part, name.split('/').next()?))
}

#[cfg(test)]
mod tests {
    use super::{Part, Program, no_branches, subject};

    fn step(part: Part, name: &str, parent: Option<&str>, is_dead_end: bool) -> Program {
        Program {
            name: name.into(),
            part,
            title: String::new(),
            description: String::new(),
            path: part.folder().into(),
            parent: parent.map(str::to_owned),
            is_dead_end,
        }
    }

    #[test]
    fn only_a_last_step_on_which_none_stands_calls_itself_a_branch() {
        let told = |first, second, third, network: Option<(&str, bool)>| {
            let (one, two) = (Some("s00-one"), Some("s01-two"));
            let mut programs = vec![
                step(Part::Evolution, "s00-one", None, first),
                step(Part::Evolution, "s01-two", one, second),
                step(Part::Evolution, "s02-three", two, third),
            ];
            let after = network.map(|(parent, is_dead_end)| {
                step(Part::Network, "n00-four", Some(parent), is_dead_end)
            });
            programs.extend(after);
            let problems = no_branches(&programs).into_iter();
            problems.map(|problem| problem.message).collect::<Vec<_>>()
        };
        assert!(told(false, false, true, None).is_empty());
        assert!(told(false, false, true, Some(("s01-two", false))).is_empty());
        let [said] = &told(false, true, true, None)[..] else {
            panic!("one of the two is no branch");
        };
        assert!(said.ends_with("but s02-three stands on it"), "{said}");
        let said = told(false, false, true, Some(("s02-three", false)));
        assert!(said[0].ends_with("but n00-four stands on it"), "{said:?}");
        let said = told(false, false, false, Some(("s01-two", true)));
        assert!(
            said[0].contains("for the last step of the evolution"),
            "{said:?}"
        );
    }

    #[test]
    fn a_case_is_about_a_program() {
        for (case, about) in [
            (
                "evolution/s04-release[workers=8]",
                Some((Part::Evolution, "s04-release")),
            ),
            (
                "mapping/queues/send[capacity=64]",
                Some((Part::Mapping, "queues")),
            ),
            ("go/queues/send", Some((Part::Mapping, "queues"))),
            ("mapping/queues", Some((Part::Mapping, "queues"))),
            ("peers/duckdb", None),
            ("nothing", None),
        ] {
            assert_eq!(subject(case), about, "{case}");
        }
    }
}
