//! Every step stands in the lists that name all steps: one that is left out of them is not missed by anything else.

use std::path::PathBuf;

use project::{Part, Problem, Program, Project};

/// A list of all steps.
struct List {
    /// The file, relative to the project's root.
    file: &'static str,
    /// What stands in front of a step's name there, and behind it.
    around: (&'static str, &'static str),
    /// What a step lacks that is not in it.
    without: &'static str,
}

/// The lists of the evolution.
const EVOLUTION: [List; 3] = [
    List {
        file: "code/bench/benches/evolution/cases.rs",
        around: ("\"", "\""),
        without: "it is not measured",
    },
    List {
        file: "book/evolution/summary.md",
        around: ("](", ".md)"),
        without: "it is not in the table of all steps",
    },
    List {
        file: "book/appendix/techniques.md",
        around: ("/evolution/", ".md"),
        without: "no reader finds it by its technique",
    },
];

/// What the lists lack; a project that does not have a list lacks nothing in it.
pub fn check(project: &Project, programs: &[Program]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for program in programs {
        for list in lists(program.part) {
            let Ok(text) = project::read_text(project.root.join(list.file)) else {
                continue;
            };
            let (before, behind) = list.around;
            if !text.contains(&format!("{before}{}{behind}", program.name)) {
                problems.push(Problem {
                    file: PathBuf::from(list.file),
                    line: None,
                    message: format!("{} is missing here: {}", program.name, list.without),
                });
            }
        }
    }
    problems
}

/// The lists in which the programs of a part stand. Where a list goes by what is there, nothing can be missing.
fn lists(part: Part) -> &'static [List] {
    match part {
        Part::Evolution => &EVOLUTION,
        // What a concept needs its chapter asks for.
        Part::Mapping | Part::Network | Part::Fork => &[],
    }
}

#[cfg(test)]
mod tests {
    use project::catalog;
    use project::testing::sample;

    use super::*;

    #[test]
    fn a_step_that_a_list_does_not_have_is_told() {
        let (_folder, project) = sample();
        let programs = catalog::programs(&project.root).expect("programs");
        let all = programs
            .iter()
            .filter(|program| program.part == Part::Evolution);
        let names: Vec<&str> = all.map(|program| program.name.as_str()).collect();
        let write = |names: &[&str]| {
            for list in &EVOLUTION {
                let (before, behind) = list.around;
                let lines = names.iter().map(|name| format!("{before}{name}{behind}\n"));
                let file = project.root.join(list.file);
                std::fs::create_dir_all(file.parent().expect("a folder")).expect("created");
                std::fs::write(file, lines.collect::<String>()).expect("written");
            }
        };
        assert!(check(&project, &programs).is_empty(), "there are no lists");
        write(&names);
        assert!(check(&project, &programs).is_empty());
        write(&names[1..]);
        let problems = check(&project, &programs);
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), EVOLUTION.len(), "{told:?}");
        for (told, list) in told.iter().zip(&EVOLUTION) {
            let wanted = format!(
                "{}: {} is missing here: {}",
                list.file, names[0], list.without
            );
            assert_eq!(*told, wanted);
        }
    }
}
