//! What every exercise has: a place in its chapter, hints, a solution, and mutants that its judge knows.

use std::collections::BTreeSet;
use std::path::PathBuf;

use project::exercises::{Exercise, FOLDER};
use project::{Problem, Project};

use super::texts::Text;

/// How many hints an exercise has: a nudge, a direction, and nearly the solution.
const HINTS: std::ops::RangeInclusive<usize> = 2..=3;

/// How many minutes one may take.
const MINUTES: std::ops::RangeInclusive<u32> = 10..=40;

/// So few mistakes do not tell whether a judge can judge.
const MUTANTS_MIN: usize = 2;

/// What the exercises lack, as far as it can be read; whether their judges can judge is found by running them.
pub fn check(project: &Project, texts: &[Text], exercises: &[Exercise]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for exercise in exercises {
        let told = lacks(project, texts, exercise);
        problems.extend(told.into_iter().map(|message| Problem {
            file: exercise.file("exercise.toml"),
            line: None,
            message,
        }));
    }
    problems
}

fn lacks(project: &Project, texts: &[Text], exercise: &Exercise) -> Vec<String> {
    let (name, about) = (&exercise.name, &exercise.about);
    let mut lacks = Vec::new();
    match texts.iter().find(|text| text.chapter.name == about.chapter) {
        None => lacks.push(format!("there is no chapter `{}`", about.chapter)),
        Some(text)
            if !text
                .directives("exercise")
                .any(|(_, argument)| argument == name) =>
        {
            lacks.push(format!(
                "the chapter {} does not show it (`{{{{#exercise {name}}}}}`)",
                text.file.display()
            ));
        }
        Some(_) => {}
    }
    if !HINTS.contains(&about.hints.len()) || about.hints.iter().any(|hint| hint.trim().is_empty())
    {
        lacks.push(format!(
            "it has {} hints, and should have {} or {}: a nudge, and nearly the solution",
            about.hints.len(),
            HINTS.start(),
            HINTS.end()
        ));
    }
    if !MINUTES.contains(&about.minutes) {
        lacks.push(format!(
            "it takes {} minutes, and should take {} to {}",
            about.minutes,
            MINUTES.start(),
            MINUTES.end()
        ));
    }
    let read = |file: &str| std::fs::read_to_string(project.root.join(exercise.file(file)));
    for file in ["given.rs", "solution.rs", "judge.rs"] {
        if read(file).is_err() {
            lacks.push(format!("it has no {file}"));
        }
    }
    lacks.extend(mutants(
        project,
        exercise,
        &read("judge.rs").unwrap_or_default(),
    ));
    lacks
}

/// What is wrong with the mutants: each is a file and an entry, and names a promise of the judge.
fn mutants(project: &Project, exercise: &Exercise, judge: &str) -> Vec<String> {
    let mut lacks = Vec::new();
    let described = &exercise.about.mutants;
    if described.len() < MUTANTS_MIN {
        lacks.push(format!(
            "it has fewer than {MUTANTS_MIN} mutants, by which its judge is judged"
        ));
    }
    let there: BTreeSet<PathBuf> = (project
        .root
        .join(FOLDER)
        .join(&exercise.name)
        .join("mutants"))
    .read_dir()
    .into_iter()
    .flatten()
    .filter_map(|entry| Some(entry.ok()?.path()))
    .collect();
    for (name, mutant) in described {
        if !there.contains(&project.root.join(exercise.mutant(name))) {
            lacks.push(format!("there is no {}", exercise.mutant(name).display()));
        }
        if !judge.contains(&format!("name: \"{}\"", mutant.found_by)) {
            lacks.push(format!(
                "the mutant {name} is to be found by `{}`, which is no promise of judge.rs",
                mutant.found_by
            ));
        }
    }
    for path in there {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if !described.contains_key(&*name) {
            lacks.push(format!(
                "the mutant {name} is not described: [mutants.{name}]"
            ));
        }
    }
    lacks
}

#[cfg(test)]
mod tests {
    use std::fs;

    use project::exercises;

    use super::*;
    use crate::verify::texts;

    const ABOUT: &str = "title = \"T\"\nchapter = \"a\"\nminutes = 10\nkind = \"repair\"\ntask = \"Do.\"\n\
         hints = [\"Look.\", \"There.\"]\nexplanation = \"So.\"\n\
         [mutants.one]\nmistake = \"M.\"\nfound_by = \"it-ends\"\n[mutants.two]\nmistake = \"M.\"\nfound_by = \"it-ends\"\n";

    const FILES: [(&str, &str); 6] = [
        ("exercise.toml", ABOUT),
        ("given.rs", ""),
        ("solution.rs", ""),
        ("judge.rs", "Promise { name: \"it-ends\" }"),
        ("mutants/one.rs", ""),
        ("mutants/two.rs", ""),
    ];

    /// What is said of an exercise with one file changed, or without it.
    fn said(chapter: &str, changed: &str, text: Option<&str>) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let project = Project::at(folder.path());
        for (file, content) in FILES {
            let path = folder.path().join(FOLDER).join("e-f").join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("created");
            let content = if file == changed { text } else { Some(content) };
            if let Some(content) = content {
                fs::write(path, content).expect("written");
            }
        }
        let exercises = exercises::exercises(&project).expect("exercises");
        let problems = check(&project, &[texts::text("a.md", chapter)], &exercises);
        problems
            .into_iter()
            .map(|problem| problem.message)
            .collect()
    }

    #[test]
    fn a_whole_exercise_lacks_nothing() {
        assert_eq!(said("# A\n\n{{#exercise e-f}}\n", "", None), [""; 0]);
    }

    #[test]
    fn what_is_missing_is_told() {
        let shown = "# A\n\n{{#exercise e-f}}\n";
        let one_hint = ABOUT.replace("\"Look.\", ", "");
        let hours = ABOUT.replace("10", "100");
        let no_chapter = ABOUT.replace("\"a\"", "\"b\"");
        let other = ABOUT.replace("[mutants.two]", "[mutants.three]");
        for (chapter, changed, text, told) in [
            ("# A\n", "", None, "does not show it"),
            (shown, "given.rs", None, "it has no given.rs"),
            (shown, "solution.rs", None, "it has no solution.rs"),
            (
                shown,
                "judge.rs",
                Some("name: \"else\""),
                "is no promise of judge.rs",
            ),
            (shown, "exercise.toml", Some(&one_hint), "it has 1 hints"),
            (shown, "exercise.toml", Some(&hours), "should take 10 to 40"),
            (
                shown,
                "exercise.toml",
                Some(&no_chapter),
                "there is no chapter `b`",
            ),
            (
                shown,
                "exercise.toml",
                Some(&other),
                "the mutant two is not described",
            ),
            (
                shown,
                "mutants/one.rs",
                None,
                "there is no code/exercises/e-f/mutants/one.rs",
            ),
        ] {
            let said = said(chapter, changed, text.map(|text: &str| text));
            assert!(
                said.iter().any(|said| said.contains(told)),
                "{told}: {said:?}"
            );
        }
    }
}
