//! The structural index of a block: where its lines end, and the bits of its quotes and path ends.

use crate::masks::Masks;

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
pub struct Bits(Box<[u8; BITS_BYTES]>);

const BITS_BYTES: usize = BLOCK_BYTES / 8 + 8;

impl Index {
    /// Of nothing.
    pub fn new() -> Index {
        let bits = || Bits(Box::new([0; BITS_BYTES]));
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
        let (mut at, mut lines) = (0, 0);
        let line_ends = &mut self.line_ends;
        masks.of(bytes, |marks| {
            self.quotes.0[at / 8..at / 8 + 8].copy_from_slice(&marks.quotes.to_le_bytes());
            self.path_ends.0[at / 8..at / 8 + 8].copy_from_slice(&marks.path_ends.to_le_bytes());
            // In 64 bytes a log has nearly always no newline or one. Which of both cannot be guessed, so nothing
            // depends on it: an entry is written in any case, and counts if it is one.
            let (first, others) = lowest(marks.line_ends);
            line_ends[lines] = at as u32 + first;
            lines += usize::from(marks.line_ends != 0);
            let mut rest = others;
            while rest != 0 {
                let (next, others) = lowest(rest);
                line_ends[lines] = at as u32 + next;
                (lines, rest) = (lines + 1, others);
            }
            at += 64;
        });
        for bits in [&mut self.quotes, &mut self.path_ends] {
            bits.0[at / 8..at / 8 + 8].fill(0);
        }
        self.lines = lines;
    }

    /// The offsets of the newlines.
    pub fn line_ends(&self) -> &[u32] {
        &self.line_ends[..self.lines]
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
        let word = self.0.get(at / 8..).and_then(|bits| bits.first_chunk());
        word.map_or(0, |word| u64::from_le_bytes(*word) >> (at % 8))
    }
}

/// The number of the lowest bit, and the word without it.
fn lowest(word: u64) -> (u32, u64) {
    (word.trailing_zeros(), word & word.wrapping_sub(1))
}
