//! The dictionary: each route has a number, in the order in which the worker met them.
//!
//! Dictionary encoding is what column stores do with texts that return (Abadi, Madden and Ferreira, *Integrating
//! Compression and Execution in Column-Oriented Database Systems*, 2006): to count numbers is to add to an array.
//!
//! A route that is not longer than 56 bytes is compared as eight words: its bytes, zeros behind them, and its length.
//! So no comparison has a loop whose end depends on the route. Collisions cannot be made by a client that asks for
//! chosen routes: what the words are mixed with is drawn by chance, as in foldhash.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::columns::{BATCH, Columns, ROUTE_BYTES_MAX, ROUTE_WINDOW};

/// The bytes of a short route, zeros behind them, and its length.
type Words = [u64; 8];

/// Numbers for routes.
#[derive(Debug)]
pub struct Routes {
    seeds: Words,
    /// An open-addressed table of at most half its length: the upper half of a route's hash, and its number plus 1;
    /// 0 where there is none.
    slots: Vec<u64>,
    /// By number: the words of a route, or zeros of a long one.
    words: Vec<Words>,
    texts: Vec<Arc<[u8]>>,
    long: HashMap<Arc<[u8]>, u32, RandomState>,
}

impl Routes {
    /// No routes.
    pub fn new() -> Routes {
        let random = RandomState::default();
        Routes {
            seeds: std::array::from_fn(|number| random.hash_one(number)),
            slots: vec![0; 1024],
            words: Vec::new(),
            texts: Vec::new(),
            long: HashMap::default(),
        }
    }

    /// How many routes have a number.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The route of this number.
    pub fn text(&self, number: usize) -> &[u8] {
        &self.texts[number]
    }

    /// The number of a route, whatever its length.
    pub fn number(&mut self, route: &[u8]) -> u32 {
        if route.len() <= ROUTE_BYTES_MAX {
            let mut window = [0; ROUTE_WINDOW];
            window[..route.len()].copy_from_slice(route);
            return self.number_short((&window, route.len()));
        }
        match self.long.get(route) {
            Some(&number) => number,
            None => {
                let number = self.add([0; 8], route);
                let text = self.texts[number as usize].clone();
                self.long.insert(text, number);
                number
            }
        }
    }

    /// The number of a route of at most [`ROUTE_BYTES_MAX`] bytes, which the window begins with.
    #[inline(always)]
    pub fn number_short(&mut self, (window, len): (&[u8; ROUTE_WINDOW], usize)) -> u32 {
        let words = words(window, len);
        let hash = self.hash(&words);
        let mut at = hash as usize;
        loop {
            at &= self.slots.len() - 1;
            let slot = self.slots[at];
            if slot == 0 {
                return self.add_short(words, hash, &window[..len]);
            }
            let number = slot as u32 - 1;
            if (slot ^ hash) >> 32 == 0 && is_same(&self.words[number as usize], &words) {
                return number;
            }
            at += 1;
        }
    }

    // ANCHOR: numbers
    /// The numbers of the routes of a batch, which are as many as there are places for them.
    ///
    /// First the hashes of all, then the slots of all, then the words of each: a slot that is far away is asked for
    /// before its line is waited for.
    #[inline(always)]
    pub fn numbers(&mut self, columns: &Columns, bytes: &[u8], numbers: &mut [u32]) {
        let (mut hashes, mut slots) = ([0; BATCH], [0; BATCH]);
        let lines = numbers.len();
        for (line, hash) in hashes[..lines].iter_mut().enumerate() {
            let (window, len) = columns.route(bytes, line);
            *hash = self.hash(&words(window, len));
        }
        let mask = self.slots.len() - 1;
        for (slot, hash) in slots[..lines].iter_mut().zip(&hashes) {
            *slot = self.slots[*hash as usize & mask];
        }
        for (line, number) in numbers.iter_mut().enumerate() {
            let (window, len) = columns.route(bytes, line);
            let (slot, hash) = (slots[line], hashes[line]);
            *number = (slot as u32).wrapping_sub(1);
            // A slot of another route, or of none: then the long way.
            let known = self.words.get(*number as usize);
            let is_same = known.is_some_and(|known| is_same(known, &words(window, len)));
            if (slot ^ hash) >> 32 != 0 || !is_same {
                *number = self.number_short((window, len));
            }
        }
    }
    // ANCHOR_END: numbers

    /// Multiplies neighbours and folds the halves of the products onto each other, as foldhash and wyhash do.
    #[inline(always)]
    fn hash(&self, words: &Words) -> u64 {
        let folded = |at: usize| {
            let (a, b) = (
                words[at] ^ self.seeds[at],
                words[at + 1] ^ self.seeds[at + 1],
            );
            let product = u128::from(a) * u128::from(b);
            product as u64 ^ (product >> 64) as u64
        };
        folded(0) ^ folded(2) ^ folded(4) ^ folded(6)
    }

    #[cold]
    fn add_short(&mut self, words: Words, hash: u64, route: &[u8]) -> u32 {
        let number = self.add(words, route);
        if 2 * self.len() > self.slots.len() {
            self.grow();
        }
        self.put(hash, number);
        number
    }

    fn add(&mut self, words: Words, route: &[u8]) -> u32 {
        self.words.push(words);
        self.texts.push(route.into());
        u32::try_from(self.texts.len() - 1).expect("memory is full before")
    }

    fn put(&mut self, hash: u64, number: u32) {
        let mut at = hash as usize & (self.slots.len() - 1);
        while self.slots[at] != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = hash >> 32 << 32 | u64::from(number + 1);
    }

    fn grow(&mut self) {
        self.slots = vec![0; 2 * self.slots.len()];
        // The one that was added last is put in its place by its caller.
        for number in 0..self.len() - 1 {
            if self.words[number] != [0; 8] {
                self.put(self.hash(&self.words[number]), number as u32);
            }
        }
    }
}

impl Default for Routes {
    fn default() -> Routes {
        Routes::new()
    }
}

/// All eight are compared, because where two texts differ cannot be guessed.
#[inline(always)]
fn is_same(a: &Words, b: &Words) -> bool {
    let differences = std::iter::zip(a, b).map(|(a, b)| a ^ b);
    differences.fold(0, |all, one| all | one) == 0
}

/// The first bytes of the window, zeros behind them, and how many they are in the last byte.
#[inline(always)]
fn words(window: &[u8; ROUTE_WINDOW], len: usize) -> Words {
    const KEPT: [u8; 2 * ROUTE_WINDOW] = {
        let mut kept = [0; 2 * ROUTE_WINDOW];
        let mut at = 0;
        while at < ROUTE_WINDOW {
            kept[at] = 0xff;
            at += 1;
        }
        kept
    };
    let (window, _) = window.as_chunks::<8>();
    let (kept, _) = KEPT[ROUTE_WINDOW - len.min(ROUTE_WINDOW)..].as_chunks::<8>();
    let mut words: Words = [0; 8];
    for (at, word) in words.iter_mut().enumerate() {
        *word = u64::from_ne_bytes(window[at]) & u64::from_ne_bytes(kept[at]);
    }
    words[7] |= (len as u64) << 56;
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_route_has_one_number_and_keeps_it() {
        let mut routes = Routes::new();
        let mut texts: Vec<Vec<u8>> = (0..5_000).map(|n| format!("/{n}").into_bytes()).collect();
        for len in 0..200 {
            // They differ in their length alone, and in their last byte.
            texts.push(vec![b'a'; len]);
            texts.push([vec![b'a'; len], vec![0]].concat());
        }
        for _ in 0..2 {
            for (number, text) in texts.iter().enumerate() {
                assert_eq!(routes.number(text) as usize, number);
                assert_eq!(routes.text(number), text);
            }
        }
        assert_eq!(routes.len(), texts.len());
    }

    #[test]
    fn what_stands_behind_a_short_route_means_nothing() {
        let mut routes = Routes::new();
        for len in 0..=ROUTE_BYTES_MAX {
            let numbers = [0, b'a', 0xff].map(|behind| {
                let mut window = [behind; ROUTE_WINDOW];
                window[..len].fill(b'/');
                routes.number_short((&window, len))
            });
            assert_eq!(numbers, [len as u32; 3]);
        }
    }
}
