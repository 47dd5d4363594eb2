//! A simulated network: messages are under way for a time that is drawn, and arrive in the order of their times.

use std::collections::BTreeMap;

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
    /// By the time of arrival, and by how many were sent before.
    under_way: BTreeMap<(u64, u64), String>,
}

impl Network {
    /// A network on which nothing is under way.
    pub fn new(_seed: u64) -> Network {
        Network {
            dice: Dice(7),
            now_ms: 0,
            sent: 0,
            under_way: BTreeMap::new(),
        }
    }

    /// Sends a message.
    pub fn send(&mut self, message: &str) {
        let due_ms = self.now_ms + self.dice.roll(DELAY_MAX_MS);
        self.under_way
            .insert((due_ms, self.sent), message.to_owned());
        self.sent += 1;
    }

    /// Goes on to the next arrival: the time, and what arrives. Nothing if nothing is under way.
    pub fn arrive(&mut self) -> Option<(u64, String)> {
        let ((due_ms, _), message) = self.under_way.pop_first()?;
        self.now_ms = due_ms;
        Some((due_ms, message))
    }
}
