//! Tests of which none of us wrote a line, run against our channel.
//!
//! crossbeam-channel ships its tests inside its package, among them a port of Go's channel tests and one
//! of the standard library's. They lie where cargo has put the package, and are read from there; nothing
//! of them is in this repository. Our channel has no select, which many of them need: a small one, made of the
//! channel's own operations, stands in `published/stand_in.rs`. What still cannot be run is left out, by
//! [`split::keep`], named with its reason, and counted. The rest is compiled in a workspace of its own, in cargo's
//! folder for temporary files, in which our channel bears the name `crossbeam_channel`.
//!
//! Each file prints what the collector files: `also published/array passed 25 tests`.

#[path = "published/package.rs"]
mod package;
#[path = "published/split.rs"]
mod split;

use std::path::Path;
use std::{fs, thread};

/// The files of which a test can be run against our channel.
const TAKEN: [&str; 6] = ["array", "golang", "iter", "list", "mpsc", "zero"];

/// The files of which none can, with what they are about.
const NOT_TAKEN: [(&str, &str); 8] = [
    ("after", "channels that deliver a moment"),
    ("never", "a channel that never delivers"),
    ("ready", "waiting until an operation would not wait"),
    ("same_channel", "asking whether two ends are of one channel"),
    ("select", "select, as functions"),
    ("select_macro", "select, as a macro"),
    ("thread_locals", "select while a thread ends"),
    ("tick", "channels that deliver a moment now and then"),
];

/// The test that nothing may run beside.
const ALONE: &str = "select2::main";

/// What one file came to.
struct Outcome {
    file: &'static str,
    passed: usize,
    left_out: usize,
}

#[test]
fn published_tests_pass_on_our_channel() {
    let ours = Path::new(env!("CARGO_TARGET_TMPDIR")).join("published");
    package::create(&ours);
    let theirs = package::folder(&ours, "crossbeam-channel").join("tests");
    let mut expected = Vec::new();
    for file in TAKEN {
        let text = fs::read_to_string(theirs.join(file).with_extension("rs"))
            .expect("the package holds its tests");
        let kept = split::keep(file, &text);
        for (name, why) in &kept.left_out {
            println!("left out: {file}::{name}: {why}");
        }
        package::write(
            &ours.join("tests/tests").join(file).with_extension("rs"),
            &kept.text,
        );
        expected.push((file, kept.tests, kept.left_out.len()));
    }
    let programs = package::build(&ours);
    let outcomes: Vec<Outcome> = thread::scope(|scope| {
        let running: Vec<_> = (expected.iter())
            .map(|&(file, tests, left_out)| {
                let program = &programs[file];
                scope.spawn(move || {
                    // One of Go's tests counts the memory of the whole program, and so has one to itself.
                    let passed = package::run(program, &["--skip", ALONE])
                        + package::run(program, &["--exact", ALONE]);
                    assert_eq!(passed, tests, "{file}: not all that were kept have passed");
                    Outcome {
                        file,
                        passed,
                        left_out,
                    }
                })
            })
            .collect();
        let finished = running.into_iter().map(thread::ScopedJoinHandle::join);
        finished
            .map(|outcome| outcome.expect("its tests pass"))
            .collect()
    });
    report(&outcomes, &theirs);
}

/// Prints the counts, a line each, and that nothing of the package was overlooked.
fn report(outcomes: &[Outcome], theirs: &Path) {
    let (mut passed, mut left_out) = (0, 0);
    for outcome in outcomes {
        say(outcome.file, "passed", outcome.passed);
        say(outcome.file, "left_out", outcome.left_out);
        passed += outcome.passed;
        left_out += outcome.left_out;
    }
    for (file, about) in NOT_TAKEN {
        let text = fs::read_to_string(theirs.join(file).with_extension("rs"))
            .expect("the package holds its tests");
        let tests = split::tests(&text);
        println!("left out: {file}: {about}");
        say(file, "left_out", tests);
        left_out += tests;
    }
    say("all", "passed", passed);
    say("all", "left_out", left_out);
    say("all", "tests", passed + left_out);
    let files = fs::read_dir(theirs).expect("the package holds its tests");
    assert_eq!(
        files.count(),
        TAKEN.len() + NOT_TAKEN.len(),
        "the package has files that are neither run nor named here"
    );
}

fn say(file: &str, metric: &str, count: usize) {
    println!("also published/{file} {metric} {count} tests");
}
