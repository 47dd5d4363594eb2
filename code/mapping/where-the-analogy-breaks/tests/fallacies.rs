//! Each experiment shows what the chapter says that it shows.

use std::time::Duration;

use clap::Parser;
use where_the_analogy_breaks::report::{Options, counted, timed};
use where_the_analogy_breaks::versions::{self, Version};
use where_the_analogy_breaks::{
    bandwidth, clock, equal, latency, reliable, topology, transport, trust,
};

#[test]
fn what_was_accepted_may_be_lost_and_what_was_answered_is_not() {
    assert_eq!(reliable::channel(1000, 16).lost(), 6);
    assert_eq!(reliable::tcp(1000).lost(), 990);
    let answered = reliable::acknowledged(1000);
    assert_eq!((answered.accepted, answered.lost()), (10, 0));
}

#[test]
fn every_place_of_a_ring_is_on_the_way() {
    let ring = latency::Ring::new(8 * 1024);
    let places = 8 * 1024 / size_of::<usize>();
    assert_eq!(ring.walk(places), 0);
    assert!((1..places).all(|steps| ring.walk(steps) != 0));
}

#[test]
fn everything_arrives() {
    // Both assert it themselves.
    assert!(bandwidth::memory(2, 1024) > 0.0);
    assert!(bandwidth::tcp(1024 * 1024) > 0.0);
}

#[test]
fn a_stranger_is_served_where_nobody_asks() {
    assert_eq!(
        (
            trust::channel(),
            trust::tcp(None),
            trust::tcp(Some("open sesame"))
        ),
        (2, 3, 2)
    );
}

#[test]
fn by_rendezvous_a_key_moves_only_to_the_new_node() {
    for key in 0..10_000 {
        let (before, after) = (topology::rendezvous(key, 8), topology::rendezvous(key, 9));
        assert!(
            before == after || after == 8,
            "{key} went from {before} to {after}"
        );
    }
    let moved = topology::moved(10_000, 8, topology::rendezvous);
    assert!(
        (900..1350).contains(&moved),
        "{moved}: a ninth would be right"
    );
    assert!(topology::moved(10_000, 8, topology::remainder) > 8_500);
}

#[test]
fn tolerant_readers_survive_an_upgrade_and_strict_ones_do_not() {
    assert_eq!(versions::refused(4, versions::strict), [0, 6, 8, 6, 0]);
    assert_eq!(versions::refused(4, versions::tolerant), [0; 5]);
    assert_eq!(versions::tolerant(Version::Old, "nonsense"), None);
}

#[test]
fn what_is_encoded_is_what_is_decoded() {
    let hits = transport::hits(300);
    assert_eq!(transport::decode(&transport::encode(&hits)), Some(hits));
    assert_eq!(transport::decode(b"half a li"), None);
}

#[test]
fn nothing_arrives_before_it_was_sent_by_one_clock_or_by_counting() {
    assert_eq!(clock::backwards(1000, Duration::ZERO), 0);
    assert_eq!(clock::logical(1000), 0);
    assert_eq!(clock::backwards(100, Duration::from_secs(3600)), 100);
}

#[test]
fn equal_jobs_are_sorted() {
    let spread = equal::spread(100, 100);
    assert!(spread.median_ns <= spread.p99_ns && spread.p99_ns <= spread.slowest_ns);
}

#[test]
fn it_prints_what_the_chapter_shows() {
    let printed = counted(&Options::parse_from(["where-the-analogy-breaks"]));
    assert_eq!(printed, include_str!("../output.txt"));
}

/// The chapter includes lines by their numbers.
#[test]
fn the_chapter_shows_the_right_lines() {
    let lines: Vec<&str> = include_str!("../output.txt").lines().collect();
    for (number, begin) in [
        (3, "1. "),
        (9, "4. "),
        (15, "5. "),
        (20, "6. "),
        (25, "7. "),
        (30, "9. "),
    ] {
        assert!(
            lines[number - 1].starts_with(begin),
            "{number}: {}",
            lines[number - 1]
        );
    }
    assert_eq!(lines.len(), 34);
}

#[test]
fn a_senseless_number_is_refused() {
    for bad in [
        ["--messages", "10"],
        ["--capacity", "0"],
        ["--nodes", "65"],
        ["--memory-mib", "100000"],
        ["--rounds", "0"],
        ["--behind-ms", "-1"],
    ] {
        let arguments = ["where-the-analogy-breaks"].into_iter().chain(bad);
        assert!(Options::try_parse_from(arguments).is_err(), "{bad:?}");
    }
}

#[test]
fn what_is_timed_is_printed_too() {
    let little = [
        "where-the-analogy-breaks",
        "--memory-mib",
        "1",
        "--rounds",
        "20",
    ];
    let printed = timed(&Options::parse_from(little));
    for fallacy in ["\n2. ", "\n3. ", "\n7. ", "\n8. "] {
        assert!(printed.contains(fallacy), "{printed}");
    }
}
