//! Channels: what they hold, how they end, who may do what with them.

use std::thread;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

pub fn unbuffered() -> String {
    // ANCHOR: unbuffered
    let (sender, receiver) = bounded(0);
    thread::spawn(move || sender.send("hello")); // waits until it is taken
    let word = receiver.recv().expect("a word is sent");
    // ANCHOR_END: unbuffered
    word.to_owned()
}

pub fn buffered() -> String {
    // ANCHOR: buffered
    let (sender, receiver) = bounded(2);
    sender.send(1).expect("there is room");
    sender.send(2).expect("there is room");
    let full = matches!(sender.try_send(3), Err(TrySendError::Full(3)));
    let (held, room) = (receiver.len(), receiver.capacity());
    // ANCHOR_END: buffered
    format!("{held} of {}, full: {full}", room.unwrap_or_default())
}

pub fn close() -> String {
    // ANCHOR: close
    let (sender, receiver) = bounded(3);
    for number in 1..=3 {
        sender.send(number).expect("there is room");
    }
    drop(sender); // the last sender closes it
    let mut sum = 0;
    for number in &receiver {
        sum += number; // what was sent is still received
    }
    let closed = receiver.recv().is_err();
    // ANCHOR_END: close
    format!("{sum}, closed: {closed}")
}

pub fn directions() -> String {
    // ANCHOR: directions
    fn produce(numbers: Sender<u32>) {
        (1..=4).for_each(|number| numbers.send(number).expect("the other thread lives"));
    }
    fn add_up(numbers: Receiver<u32>) -> u32 {
        numbers.iter().sum()
    }
    let (sender, receiver) = bounded(1);
    thread::spawn(move || produce(sender));
    let sum = add_up(receiver);
    // ANCHOR_END: directions
    sum.to_string()
}

pub fn reply() -> String {
    // ANCHOR: reply
    struct Question {
        number: u32,
        reply: Sender<u32>,
    }
    let (ask, questions) = bounded::<Question>(1);
    thread::spawn(move || {
        for question in questions {
            // The asker may have stopped waiting.
            let _ = question.reply.send(question.number * 2);
        }
    });
    let (reply, answer) = bounded(1);
    ask.send(Question { number: 21, reply })
        .expect("an answer comes");
    let answer = answer.recv().expect("an answer");
    // ANCHOR_END: reply
    answer.to_string()
}
