//! The structural index of a block: where its lines end, and the bits of its quotes and path ends.

use crate::masks::{Marks, Masks, Take};

/// What is indexed at once, in bytes: the block and its index fit the L1 cache together.
pub const BLOCK_BYTES: usize = 16 * 1024;

/// How many bits [`Bits::from`] is sure of.
pub const SEEN: usize = 57;

/// The index of one block.
#[derive(Debug)]
pub struct Index {
    /// The offsets of the newlines, and how many of the entries are.
    line_ends: Box<[u32]>,
    lines: usize,
    /// Where the quotes are.
    pub quotes: Bits,
    /// Where the bytes are that end a path.
    pub path_ends: Bits,
}

/// One bit for each byte of a block, and zeros behind the last.
#[derive(Debug)]
pub struct Bits(Box<[[u8; 8]; WORDS]>);

const WORDS: usize = BLOCK_BYTES / 64 + 1;

impl Index {
    /// Of nothing.
    pub fn new() -> Index {
        let bits = || Bits(Box::new([[0; 8]; WORDS]));
        Index {
            // Two are written at once, whether there are two or not.
            line_ends: vec![0; BLOCK_BYTES + 2].into(),
            lines: 0,
            quotes: bits(),
            path_ends: bits(),
        }
    }

    /// Makes this the index of the bytes.
    ///
    /// # Panics
    ///
    /// If they are more than a block.
    pub fn index(&mut self, bytes: &[u8], masks: Masks) {
        assert!(bytes.len() <= BLOCK_BYTES, "a block is no larger");
        let mut filling = Filling {
            index: self,
            number: 0,
            lines: 0,
        };
        masks.of(bytes, &mut filling);
        let Filling { number, lines, .. } = filling;
        self.quotes.0[number] = [0; 8];
        self.path_ends.0[number] = [0; 8];
        self.lines = lines;
    }

    /// The offsets of the newlines.
    pub fn line_ends(&self) -> &[u32] {
        &self.line_ends[..self.lines]
    }
}

/// An index that is being made.
struct Filling<'a> {
    index: &'a mut Index,
    /// Of the next word of bits.
    number: usize,
    lines: usize,
}

impl Take for Filling<'_> {
    #[inline(always)]
    fn take(&mut self, marks: Marks) {
        let Filling {
            index,
            number,
            lines,
        } = self;
        index.quotes.0[*number] = marks.quotes.to_le_bytes();
        index.path_ends.0[*number] = marks.path_ends.to_le_bytes();
        let at = 64 * *number as u32;
        // In 64 bytes a log has nearly always no newline or one. Which of both cannot be guessed, so nothing
        // depends on it: an entry is written in any case, and counts if it is one.
        let (first, mut rest) = lowest(marks.line_ends);
        index.line_ends[*lines] = at + first;
        *lines += usize::from(marks.line_ends != 0);
        while rest != 0 {
            let (next, others) = lowest(rest);
            index.line_ends[*lines] = at + next;
            (*lines, rest) = (*lines + 1, others);
        }
        *number += 1;
    }
}

impl Default for Index {
    fn default() -> Index {
        Index::new()
    }
}

impl Bits {
    /// The bits from a byte's on, the lowest for that byte. At least [`SEEN`] of them are those of the block; any
    /// that is set is one.
    #[inline(always)]
    pub fn from(&self, at: usize) -> u64 {
        let word = self
            .0
            .as_flattened()
            .get(at / 8..)
            .and_then(|bits| bits.first_chunk());
        word.map_or(0, |word| u64::from_le_bytes(*word) >> (at % 8))
    }
}

/// The number of the lowest bit, and the word without it.
#[inline(always)]
fn lowest(word: u64) -> (u32, u64) {
    (word.trailing_zeros(), word & word.wrapping_sub(1))
}
