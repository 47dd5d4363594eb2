//! All shapes count the same, and what no compiler sees really happens.

use std::time::Duration;

use clap::Parser;
use composition::counts::{Counted, Counts, Locked, Owned, Sharded};
use composition::report::{Options, mistakes, shapes};
use composition::shape::count;
use composition::unseen;
use composition::words::Words;

/// Words counted in one loop.
fn oracle(words: usize) -> Counted {
    let mut counted = Counted::new();
    for word in Words::new(1).take(words) {
        *counted.entry(word.to_owned()).or_default() += 1;
    }
    counted
}

#[test]
fn every_shape_counts_the_same() {
    let all: [fn() -> Box<dyn Counts>; 4] = [
        || Box::new(Locked::default()),
        || Box::new(Owned::new()),
        || {
            Box::new(Sharded(vec![
                Locked::default(),
                Locked::default(),
                Locked::default(),
            ]))
        },
        // The interface composes: shards of shards.
        || {
            Box::new(Sharded(vec![
                Sharded(vec![Owned::new(), Owned::new()]),
                Sharded(vec![Owned::new()]),
            ]))
        },
    ];
    for words in [0, 1, 63, 64, 65, 10_000] {
        for workers in [1, 2, 5] {
            for shape in all {
                let counted = count(words, workers, shape().as_ref());
                assert_eq!(
                    counted,
                    oracle(words as usize),
                    "{words} words, {workers} workers"
                );
            }
        }
    }
}

#[test]
fn who_asks_sees_what_it_added() {
    let owned = Owned::new();
    for number in 1..=1000 {
        owned.add("word");
        assert_eq!(owned.counted()["word"], number);
    }
}

#[test]
fn it_prints_what_the_chapter_shows() {
    let printed = shapes(&Options::parse_from(["composition"])) + &mistakes();
    assert_eq!(printed, include_str!("../output.txt"));
}

/// The chapter includes lines by their numbers.
#[test]
fn the_chapter_shows_the_right_lines() {
    let lines: Vec<&str> = include_str!("../output.txt").lines().collect();
    assert!(lines[0].ends_with("one program around four counts:"));
    assert!(lines[5].starts_with("many maps, each with an owner"));
    assert_eq!(lines[45], "Three that neither of them sees:");
    assert!(lines[49].starts_with("- a task waits for the end"));
    assert_eq!(lines.len(), 50);
}

#[test]
fn a_senseless_number_is_refused() {
    for bad in [
        ["--words", "0"],
        ["--workers", "65"],
        ["--shards", "0"],
        ["--words", "-1"],
    ] {
        let arguments = ["composition"].into_iter().chain(bad);
        assert!(Options::try_parse_from(arguments).is_err(), "{bad:?}");
    }
}

#[test]
fn what_no_compiler_sees_happens() {
    assert_eq!(unseen::lost_update(), 1);
    assert_eq!(unseen::crossed_locks(), 0);
    assert!(!unseen::own_end(Duration::from_millis(1)));
}
