//! What the program says, to those who ask it well and to those who do not.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_traits-are-rpc"));
    command.args(arguments).output().expect("the program")
}

/// The chapter shows what the program prints: this file.
#[test]
fn the_chapter_shows_what_is_printed() {
    let output = run(&["--time", "1ms"]);
    let printed = String::from_utf8(output.stdout).expect("text");
    let shown = include_str!("shown.txt");
    assert!(
        printed.ends_with(shown),
        "{printed}\nends otherwise than\n{shown}"
    );
    assert!(output.status.success());
}

#[test]
fn bad_input_is_one_sentence_and_exit_code_2() {
    for arguments in [
        ["--client", "::1"],
        ["--region", "2s"],
        ["--country", "-1s"],
        ["--patience", "0s"],
        ["--time", "1h"],
        ["--time", "99999999999999999999s"],
        ["--listen", "127.0.0.1"],
        // Nobody listens at this port of this machine, and nobody may.
        ["--server", "127.0.0.1:0"],
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            output.stdout.is_empty(),
            "{arguments:?} is no work to begin with"
        );
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("panicked") && !said.is_empty(), "{said}");
    }
}
