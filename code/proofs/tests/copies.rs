//! Copies are the same: what is proven of one step's file holds for the steps that took it over.
//!
//! Steps are whole programs, so a file that a step does not change stands in it again. Files of one name in
//! several steps are therefore equal to the byte, and what is proven is proven of the first of them; or the
//! reason why not is here.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// Where steps are.
const PARTS: [&str; 2] = ["evolution", "network"];

/// The files that each step has its own of, with the reason.
const OWN: [(&str, &str); 10] = [
    ("arrows.rs", "what crosses a process in the step"),
    (
        "job.rs",
        "what a stage is asked, which has a form on the wire where it leaves its process",
    ),
    ("lib.rs", "what the step changes"),
    ("main.rs", "what its command line takes"),
    (
        "peer.rs",
        "what a run gives to a worker elsewhere, and what it hears of it",
    ),
    ("serve.rs", "what a worker elsewhere does for a run"),
    ("start.rs", "what a worker elsewhere is told first"),
    ("sync.rs", "what its own files share, and no more"),
    (
        "work.rs",
        "what a worker does with its part of a log, which the step decides",
    ),
    ("worker.rs", "how a worker is started, and how it ends"),
];

/// The copies that nothing is proven of, with the reason.
const UNPROVEN: [(&str, &str); 25] = [
    (
        "ask.rs",
        "a task for each call, and a semaphore around them",
    ),
    (
        "channel.rs",
        "two traits, and channels of others behind them: nothing in it is shared",
    ),
    ("child.rs", "one process's own"),
    ("coded.rs", "a message's form: nothing in it is shared"),
    (
        "columns.rs",
        "one worker's own batch: nothing in it is shared",
    ),
    ("contract.rs", "a trait and what it says"),
    (
        "front.rs",
        "shares a map behind one lock, each look at it whole",
    ),
    (
        "hello.rs",
        "two lines on a connection: nothing in it is shared",
    ),
    ("here.rs", "one connection, which is the directory's"),
    (
        "index.rs",
        "one worker's own block: nothing in it is shared",
    ),
    ("keys.rs", "files, made once"),
    (
        "lookup.rs",
        "shares a map behind one lock, each look at it whole; which task asks is flight.rs's, and proven",
    ),
    (
        "masks.rs",
        "chosen once, by what the processor has: nothing in it is shared",
    ),
    ("place.rs", "reads a flag"),
    ("process.rs", "one process's own"),
    ("ranges.rs", "cuts lines: nothing in it is shared"),
    ("reach.rs", "makes connections, one after the other"),
    (
        "remote.rs",
        "one connection, and the channels of a library in front of it",
    ),
    (
        "service.rs",
        "a task for each connection, and what a library does there",
    ),
    (
        "tally.rs",
        "a worker's own, which it hands over when it has ended: threads share nothing of it",
    ),
    ("ticket.rs", "one task's own, until its answers are there"),
    ("tls.rs", "what a library is told: nothing in it is shared"),
    ("transport.rs", "a message's form: nothing in it is shared"),
    (
        "wire.rs",
        "two traits, and channels of others behind them: nothing in it is shared",
    ),
    ("words.rs", "arithmetic: nothing in it is shared"),
];

/// Files in `tests/common` that stand in several steps of the network: the tests of a step are its own, as its
/// source is. What differs in the others of that name is what their tests ask for.
const HELPERS: [(&str, &[&str]); 2] = [
    (
        "program.rs",
        &["n01-remote-channels", "n02-rpc", "n04-shards", "n06-engine"],
    ),
    ("joined.rs", &["n01-remote-channels", "n03-failure"]),
];

fn code() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Whether a folder is named as steps are, by a letter and two digits; what stands beside them is no step.
fn is_numbered(folder: &OsStr) -> bool {
    let digits = folder.as_encoded_bytes().get(1..3);
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
}

/// The files of all steps by their paths in `src`, those that each step has its own of left out; each with the
/// steps in their order.
fn files() -> BTreeMap<PathBuf, Vec<PathBuf>> {
    let mut files: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    let parts = PARTS.map(|part| code().join(part));
    for part in parts.iter().filter(|part| part.is_dir()) {
        for entry in WalkDir::new(part).sort_by_file_name() {
            let path = entry.expect("a folder that can be read").into_path();
            let inside = path.strip_prefix(part).expect("it is in there");
            let mut components = inside.components();
            let is_step = components
                .next()
                .is_some_and(|folder| is_numbered(folder.as_os_str()));
            let is_source = (components.next()).is_some_and(|folder| folder.as_os_str() == "src");
            let name = components.as_path().to_owned();
            let is_own = OWN.iter().any(|(own, _)| name == Path::new(own));
            if path.is_file() && is_step && is_source && !is_own {
                files.entry(name).or_default().push(path);
            }
        }
    }
    files
}

#[test]
fn files_of_one_name_are_one_file() {
    let mut compared = 0;
    for (name, places) in files() {
        let (first, others) = places.split_first().expect("each file is somewhere");
        for other in others {
            assert!(
                read(first) == read(other),
                "{} and {} differ: take the change over, or give one of them another name",
                first.display(),
                other.display()
            );
            compared += 1;
        }
        println!("{} in {} steps", name.display(), places.len());
    }
    assert!(compared > 0, "there are no copies");
}

#[test]
fn what_the_tests_of_several_steps_share_is_one_file() {
    for (file, steps) in HELPERS {
        let place = |step: &str| {
            code()
                .join("network")
                .join(step)
                .join("tests/common")
                .join(file)
        };
        let texts: Vec<String> = steps.iter().map(|step| read(&place(step))).collect();
        assert!(
            texts.windows(2).all(|two| two[0] == two[1]),
            "tests/common/{file} differs in {steps:?}: take the change over, or tell them apart here"
        );
    }
}

#[test]
fn of_each_copied_file_something_is_proven_or_there_is_a_reason() {
    let proofs: String = WalkDir::new(code().join("proofs/tests"))
        .into_iter()
        .map(|entry| entry.expect("a folder that can be read").into_path())
        .filter(|path| path.is_file())
        .map(|path| read(&path))
        .collect();
    for (name, places) in files().into_iter().filter(|(_, places)| places.len() > 1) {
        let is_proven = places.iter().any(|place| {
            let place = place.strip_prefix(code()).expect("it is in code/");
            proofs.contains(&format!("#[path = \"../../{}\"]", place.display()))
        });
        let has_reason = UNPROVEN.iter().any(|(file, _)| name == Path::new(file));
        assert!(
            is_proven != has_reason,
            "{}: proven {is_proven}, a reason why not {has_reason}",
            name.display()
        );
    }
}
