//! What the book shows is what the program prints, and what it cannot use it refuses.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_maps-are-caches");
    let output = Command::new(program).args(arguments).output();
    output.expect("the program starts")
}

#[test]
fn the_book_shows_what_is_printed() {
    let output = run(&["--questions", "1000"]);
    let printed = String::from_utf8(output.stdout).expect("it prints text");
    let shown = include_str!("which-asks.txt");
    assert!(printed.contains(&format!("\n{shown}\n")), "{printed}");
}

#[test]
fn what_cannot_be_used_is_refused_at_once() {
    for arguments in [
        ["--keys", "0"],
        ["--keys", "1000001"],
        ["--questions", "99999999999"],
        ["--change-every", "0"],
        ["--threads", "257"],
        ["--seed", "x"],
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}
