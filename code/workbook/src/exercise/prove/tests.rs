use std::path::Path;

use project::exercises;

use super::*;

/// The variable that says which of the book's exercises are judged here: `all`, or some by their names, with commas.
const WHICH: &str = "EXERCISES";

fn project() -> Project {
    Project::at(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
}

/// The book's exercises that are judged: those that are asked for.
fn chosen(project: &Project) -> Vec<Exercise> {
    let mut all = exercises::exercises(project).expect("exercises");
    assert!(!all.is_empty());
    match std::env::var(WHICH).as_deref() {
        Ok("all") | Err(_) => all,
        Ok(names) => {
            let names: Vec<&str> = names.split(',').collect();
            all.retain(|exercise| names.contains(&&*exercise.name));
            all
        }
    }
}

/// The judge of judges, on the book's own exercises.
#[test]
fn every_judge_knows_right_from_wrong() {
    let project = project();
    let some = chosen(&project);
    let began = std::time::Instant::now();
    let problems = prove(&project, &some, &Interrupt::never()).expect("judged");
    eprintln!("{:?}", began.elapsed());
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}
