//! What the program prints is what the chapter shows, and what the twin in Go must print.

use clap::Parser;
use select_is_scheduling::options::{Options, Shares};
use select_is_scheduling::report::parts;

/// The parts as the chapter includes them, one file each.
const SHOWN: [(&str, &str); 5] = [
    ("turns", include_str!("../output/turns.txt")),
    ("time", include_str!("../output/time.txt")),
    ("patience", include_str!("../output/patience.txt")),
    ("first", include_str!("../output/first.txt")),
    ("tenants", include_str!("../output/tenants.txt")),
];

#[test]
fn it_prints_what_the_chapter_shows() {
    for ((name, printed), (shown_name, shown)) in parts(&asked("")).into_iter().zip(SHOWN) {
        assert_eq!(name, shown_name);
        assert_eq!(
            printed, shown,
            "output/{name}.txt is not what the program prints"
        );
    }
}

#[test]
fn what_is_out_of_range_is_refused() {
    for wrong in [
        "--turns 99",
        "--turns 10000001",
        "--heavy 0",
        "--patience 0",
        "--deadline-ms 0",
        "--deadline-ms 10000",
        "--jobs 0",
        "--workers 0",
        "--workers 65",
        "--shares 3,0",
        "--shares 11",
        "--shares 1,,2",
        "--shares 1,1,1,1,1,1,1,1,1",
        "--shares three",
    ] {
        let refused = Options::try_parse_from(words(wrong)).expect_err(wrong);
        assert_eq!(refused.exit_code(), 2, "{wrong}");
    }
    assert_eq!(asked("--shares 1,10").shares, Shares(vec![1, 10]));
}

fn asked(arguments: &str) -> Options {
    Options::parse_from(words(arguments))
}

fn words(arguments: &str) -> impl Iterator<Item = &str> {
    std::iter::once("select-is-scheduling").chain(arguments.split_whitespace())
}
