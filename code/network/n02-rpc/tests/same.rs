//! What is the same as in the parent, and as in the step that crosses by channels: byte for byte.

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
fn what_is_counted_and_what_a_stage_may_know_is_the_parents() {
    assert_same("network/n00-tasks", &["channel.rs", "ticket.rs"]);
}

#[test]
fn what_crosses_and_who_may_ask_is_as_where_channels_cross() {
    let files = ["coded.rs", "hello.rs", "job.rs", "keys.rs", "tls.rs"];
    assert_same("network/n01-remote-channels", &files);
}
