//! What the program says is so.

use channels_are_queues::scenes::{delivery, order, pressure};
use channels_are_queues::{Plan, report};
use clap::Parser;

#[test]
fn a_larger_queue_moves_the_waiting_and_does_no_more() {
    let mut waiting = Vec::new();
    for capacity in [1, 8, 64] {
        let places = pressure::run(capacity, 60, 3);
        assert_eq!(places.done, 20);
        assert!(places.queue <= capacity as u64);
        waiting.push(places.queue + places.door);
    }
    assert_eq!(waiting, [40, 40, 40]);
}

#[test]
fn all_arrives_in_each_senders_order() {
    for capacity in [0, 1, 8] {
        assert_eq!(order::run(capacity, 300), (600, true));
    }
}

#[test]
fn what_was_sent_to_the_dead_is_lost() {
    assert_eq!(delivery::run(), (5, 2, false));
}

/// The same in every run and on every machine, or neither its twin nor the book could say what it prints.
#[test]
fn the_program_prints_what_the_book_shows() {
    let mut out = Vec::new();
    report(&Plan::parse_from(["channels-are-queues"]), &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), include_str!("printed.txt"));
}
