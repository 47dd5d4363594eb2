mod broken;

use std::path::Path;
use std::time::SystemTime;

use project::exercises;

use super::*;

/// The variable that says which of the book's exercises are judged here: `all`, or some by their names, with commas.
const WHICH: &str = "EXERCISES";

/// Without it, so many days go by until each was judged once: all at once take too long for each change.
const DAYS: usize = 14;

const DAY_S: u64 = 24 * 60 * 60;

fn project() -> Project {
    Project::at(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
}

/// The book's exercises that are judged: all in CI, else those that are asked for, or whose turn it is.
fn chosen(project: &Project) -> Vec<Exercise> {
    let all = exercises::exercises(project).expect("exercises");
    let which = std::env::var(WHICH).unwrap_or_default();
    let is_ci = std::env::var_os("CI").is_some();
    if which == "all" || (which.is_empty() && is_ci) {
        return all;
    }
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let today = since.map_or(0, |since| since.as_secs() / DAY_S) as usize;
    let asked: Vec<&str> = which.split(',').collect();
    let some = all.into_iter().enumerate().filter(|(place, exercise)| {
        let is_its_turn = which.is_empty() && (place + today).is_multiple_of(DAYS);
        is_its_turn || asked.contains(&&*exercise.name)
    });
    some.map(|(_, exercise)| exercise).collect()
}

/// The judge of judges, on the book's own exercises.
#[test]
fn every_judge_knows_right_from_wrong() {
    let project = project();
    let some = chosen(&project);
    assert!(!some.is_empty(), "{WHICH} names no exercise");
    let names: Vec<&str> = some.iter().map(|one| one.name.as_str()).collect();
    eprintln!("{WHICH}={} ({WHICH}=all judges all)", names.join(","));
    let problems = prove(&project, &some, &Interrupt::never()).expect("judged");
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}
