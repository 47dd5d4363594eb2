//! Many channels on one wire: this is the side of their receivers.

use std::collections::{BTreeMap, VecDeque};

/// How many channels there may be at a time: their numbers are one byte.
pub const CHANNELS: usize = 256;

/// What comes over the wire, with the number of its channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// An item.
    Item(u8, u32),
    /// The sender is gone: nothing will come with this number any more.
    End(u8),
}

/// What a receiver gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// An item.
    Item(u32),
    /// None has come yet.
    Nothing,
    /// None will come.
    End,
}

/// A receiver, known by a name that is never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Handle(u64);

/// All channels of a wire.
#[derive(Debug, Default)]
pub struct Wire {
    opened: u64,
    /// The channels whose sender may still send, by the number that it uses.
    numbers: BTreeMap<u8, Handle>,
    /// What waits for each receiver that is there.
    waiting: BTreeMap<Handle, VecDeque<u32>>,
}

impl Wire {
    /// No channel is open.
    pub fn new() -> Wire {
        Wire::default()
    }

    /// Opens a channel: the number that goes to the other side in a message, and the receiver. None if all numbers are in use.
    pub fn open(&mut self) -> Option<(u8, Handle)> {
        let number = u8::try_from(self.opened).ok()?;
        let handle = Handle(self.opened);
        self.opened += 1;
        self.numbers.insert(number, handle);
        self.waiting.insert(handle, VecDeque::new());
        Some((number, handle))
    }

    /// A message has come.
    pub fn come(&mut self, message: &Message) {
        match message {
            Message::Item(number, item) => {
                // A number that is not known, or a receiver that has left: there is none to bring it to.
                let handle = self.numbers.get(number);
                if let Some(waiting) = handle.and_then(|handle| self.waiting.get_mut(handle)) {
                    waiting.push_back(*item);
                }
            }
            Message::End(number) => {
                self.numbers.remove(number);
            }
        }
    }

    /// What there is for a receiver.
    pub fn receive(&mut self, receiver: Handle) -> Received {
        let item = self
            .waiting
            .get_mut(&receiver)
            .and_then(VecDeque::pop_front);
        let is_open = self.numbers.values().any(|handle| *handle == receiver);
        match item {
            Some(item) => Received::Item(item),
            None if is_open => Received::Nothing,
            None => Received::End,
        }
    }

    /// A receiver is gone. Its number is in use until the sender has ended: items may be under way.
    pub fn drop_receiver(&mut self, receiver: Handle) {
        self.waiting.remove(&receiver);
    }
}
