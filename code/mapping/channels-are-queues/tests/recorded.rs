//! The events that the book plays are what the channel does.

use channels_are_queues::scenes::pressure;
use crossbeam_channel::bounded;
use serde_json::Value;

const RECORDED: &str = include_str!("../../../../book/queues/channels-are-queues.jsonl");

/// The experiment of `scenes/pressure.rs`, told tick by tick: how many items were taken, and how many found a place.
fn events(capacity: usize, ticks: usize, serve: u64) -> (String, String) {
    let (sender, receiver) = bounded(capacity);
    let (mut taken, mut sent) = (String::new(), String::new());
    let mut door = 0;
    for tick in 1..=ticks as u64 {
        door += 1;
        let is_taken = tick % serve == 0 && receiver.try_recv().is_ok();
        taken.push(if is_taken { '1' } else { '0' });
        let mut found = 0;
        while door > 0 && sender.try_send(()).is_ok() {
            (door, found) = (door - 1, found + 1);
        }
        sent.push(char::from_digit(found, 10).expect("one digit"));
    }
    (taken, sent)
}

fn sum(digits: &str) -> u64 {
    let values = digits.chars().filter_map(|digit| digit.to_digit(10));
    values.map(u64::from).sum()
}

#[test]
fn what_the_book_plays_is_what_the_channel_does() {
    let mut runs = 0;
    for line in RECORDED.lines() {
        let run: Value = serde_json::from_str(line).expect("JSON");
        let number = |name: &str| run[name].as_u64().expect("a number");
        let text = |name: &str| run[name].as_str().expect("a text").to_owned();
        let (capacity, serve) = (number("capacity"), number("serve"));
        let (taken, sent) = (text("taken"), text("sent"));
        let items = taken.len();
        assert_eq!(
            events(capacity as usize, items, serve),
            (taken.clone(), sent.clone()),
            "{line}"
        );
        // And the experiment itself ends there.
        let places = pressure::run(capacity as usize, items as u64, serve);
        let (done, sent) = (sum(&taken), sum(&sent));
        assert_eq!(
            (places.done, places.queue, places.door),
            (done, sent - done, items as u64 - sent),
            "{line}"
        );
        runs += 1;
    }
    assert_eq!(runs, 9);
}
