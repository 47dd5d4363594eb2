//! The variable that chooses a way to make masks.

use s17_columns::masks::Masks;
use traffic::testing::process::{program, report, run, told};

fn with_masks(name: &str) -> std::process::Output {
    let mut command = program(traffic::step_program!());
    run(command
        .args(["--lines", "100", "--format", "json"])
        .env("S17_MASKS", name))
}

#[test]
fn each_way_that_is_here_can_be_chosen() {
    for masks in Masks::all() {
        assert_eq!(report(&with_masks(masks.name())).lines, 100);
    }
}

#[test]
fn a_way_that_is_not_here_is_refused_in_a_sentence() {
    for name in ["sse9", ""] {
        let output = with_masks(name);
        let told = told(&output);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(output.stdout.is_empty());
        assert_eq!(told.lines().count(), 1, "{told}");
        assert!(told.contains("plain"), "{told}");
    }
}
