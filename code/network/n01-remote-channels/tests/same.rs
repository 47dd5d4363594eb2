//! What is the same as in the parent, byte for byte, and what is as in the step that both come from.

use std::path::Path;

fn assert_same(step: &str, files: &[&str]) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in files {
        let read = |folder: &Path| {
            let path = folder.join("src").join(file);
            std::fs::read_to_string(&path).unwrap_or_else(|err| panic!("{}: {err}", path.display()))
        };
        let theirs = here.join("../..").join(step);
        assert!(
            read(here) == read(&theirs),
            "{file} differs from that of {step}"
        );
    }
}

#[test]
fn the_stage_is_the_same_file_wherever_it_is_placed() {
    let files = [
        "lookup.rs",
        "channel.rs",
        "ticket.rs",
        "batch.rs",
        "bulk.rs",
        "flight.rs",
    ];
    assert_same("network/n00-tasks", &files);
}

#[test]
fn batches_and_flights_are_those_of_the_threads() {
    let files = ["batch.rs", "bulk.rs", "flight.rs", "sync.rs"];
    assert_same("evolution/s09-batch", &files);
}
