//! The command line: what it prints, and how it ends.

use std::path::Path;
use std::process::{Command, Output};

fn simulation(arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_simulation"));
    program.args(arguments).output().expect("it can be run")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// The seed that the chapter shows.
const SEED: &str = include_str!("../output/seed.txt");

/// Compares what was printed with what the chapter shows of it.
fn shows(file: &str, printed: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("output")
        .join(file);
    let printed = printed.trim_end();
    if std::env::var_os("SIMULATION_OUTPUT").is_some() {
        std::fs::write(&file, format!("{printed}\n")).expect("it can be written");
    }
    let shown = std::fs::read_to_string(&file).expect("what the chapter shows");
    assert_eq!(
        shown.trim_end(),
        printed,
        "SIMULATION_OUTPUT=1 writes it anew"
    );
}

#[test]
fn the_chapter_shows_what_is_printed() {
    let seed = SEED.trim();
    for (repair, file, code) in [("naive", "naive.txt", 1), ("fenced", "fenced.txt", 0)] {
        let output = simulation(&["--seed", seed, "--repair", repair]);
        let printed = text(&output.stdout);
        assert_eq!(output.status.code(), Some(code), "{printed}");
        // The trace is another one with another library; it is held by the tests of seeds.
        let (printed, trace) = printed.trim_end().rsplit_once('\n').expect("two lines");
        assert!(trace.starts_with("trace "), "{trace}");
        shows(file, printed);
    }
}

#[test]
fn a_search_says_which_seeds_are_wrong() {
    let seed = SEED.trim();
    let output = simulation(&["--seeds", "5", "--naive"]);
    let printed = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{printed}");
    assert!(
        printed.contains(&format!("seed {seed}: WRONG")),
        "the seed that the chapter tells of is among the first: {printed}"
    );
    shows("search.txt", &printed);
    let output = simulation(&["--seed", seed, "--seeds", "2", "--nodes", "5"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
}

#[test]
fn a_wrong_flag_is_one_clear_sentence_before_any_work() {
    for (arguments, why) in [
        (&["--nodes", "0"][..], "0 is not in"),
        (&["--seeds", "none"], "invalid"),
        (&["--repair", "some"], "there is `fenced`"),
        (&["--naive", "--repair", "fenced"], "cannot be used with"),
        (&["rate"], "--processes"),
    ] {
        let output = simulation(arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(why), "{arguments:?}: {said}");
        assert!(output.stdout.is_empty());
    }
}
