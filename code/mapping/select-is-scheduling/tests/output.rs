//! What the program prints is what the chapter shows, and what the twin in Go must print.

use clap::Parser;
use select_is_scheduling::report::{Options, report};

#[test]
fn it_prints_what_the_chapter_shows() {
    let printed = report(&Options::parse_from(["select-is-scheduling"]));
    assert_eq!(printed, include_str!("../output.txt"));
}
