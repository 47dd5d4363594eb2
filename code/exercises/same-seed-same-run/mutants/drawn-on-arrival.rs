//! A simulated network: messages are under way for a time that is drawn, and arrive in the order of their times.

use std::collections::HashMap;

/// A message is under way for at least a millisecond, and at most for so many.
pub const DELAY_MAX_MS: u64 = 10;

/// Dice that fall the same way for the same seed: SplitMix64.
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// A number from 1 to `most`.
    pub fn roll(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        1 + (bits ^ (bits >> 31)) % most
    }
}

/// The network, and its time.
#[derive(Debug)]
pub struct Network {
    dice: Dice,
    now_ms: u64,
    sent: u64,
    /// By how many were sent before: when it was sent, when it arrives if that is drawn already, and what it is.
    under_way: HashMap<u64, (u64, Option<u64>, String)>,
}

impl Network {
    /// A network on which nothing is under way.
    pub fn new(seed: u64) -> Network {
        Network {
            dice: Dice(seed),
            now_ms: 0,
            sent: 0,
            under_way: HashMap::new(),
        }
    }

    /// Sends a message.
    pub fn send(&mut self, message: &str) {
        let message = (self.now_ms, None, message.to_owned());
        self.under_way.insert(self.sent, message);
        self.sent += 1;
    }

    /// Goes on to the next arrival: the time, and what arrives. Nothing if nothing is under way.
    pub fn arrive(&mut self) -> Option<(u64, String)> {
        for (sent_ms, due_ms, _) in self.under_way.values_mut() {
            due_ms.get_or_insert_with(|| *sent_ms + self.dice.roll(DELAY_MAX_MS));
        }
        let order = |number: &u64| (self.under_way[number].1, *number);
        let number = self.under_way.keys().copied().min_by_key(order)?;
        let (_, due_ms, message) = self.under_way.remove(&number)?;
        let due_ms = due_ms?;
        self.now_ms = due_ms;
        Some((due_ms, message))
    }
}
