//! The program and its Go twin print the same, but for a panic that is not watched.

use std::path::Path;
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_tasks-are-nodes");
const NAME: &str = "tasks-are-nodes";

#[test]
fn both_print_the_same() {
    let all_arguments: [&[&str]; 4] = [
        &[],
        &["--strategy", "one-for-all", "--messages", "10"],
        &["--nodes", "2", "--messages", "0"],
        &["--nodes", "500", "--messages", "7", "--timed"],
    ];
    twins::print_the_same(PROGRAM, NAME, &all_arguments);
}

#[test]
fn in_go_an_unwatched_death_is_everybodys() {
    let Some(go) = twins::go_or_skip("an unwatched death in Go") else {
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let module = twins::root().join(twins::FOLDER).join(NAME);
    let twin = go.build(&module, folder).unwrap();
    let in_rust = run(Path::new(PROGRAM));
    let in_go = run(&twin);
    assert!(in_rust.succeeded && !in_go.succeeded);
    assert!(in_rust.output.starts_with(&in_go.output) && in_rust.output != in_go.output);
    // As the chapter shows it: the rest is where in the code it was.
    let shown = std::fs::read_to_string(module.join("unwatched.txt")).unwrap();
    let last_words = in_go.errors.lines().next().unwrap_or_default();
    assert_eq!(format!("{}{last_words}\n", in_go.output), shown);
}

fn run(program: &Path) -> twins::Ended {
    twins::run(Command::new(program).arg("--unwatched")).unwrap()
}
