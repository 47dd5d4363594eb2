use std::path::Path;

use project::exercises;

use super::*;

fn project() -> Project {
    Project::at(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
}

/// The judge of judges, on the book's own exercises.
#[test]
fn every_judge_knows_right_from_wrong() {
    let project = project();
    let all = exercises::exercises(&project).expect("exercises");
    assert!(!all.is_empty());
    let problems = prove(&project, &all, &Interrupt::never()).expect("judged");
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}
