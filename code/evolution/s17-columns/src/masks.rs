//! Where in a block the bytes stand that divide it: one bit a byte, 64 bytes at a time.
//!
//! The first stage of simdjson (Langdale and Lemire, *Parsing Gigabytes of JSON per Second*, 2019). It looks at each
//! byte once and decides nothing, so it runs at the same speed whatever the log says.
//!
//! What a processor has for this differs, and no program may demand it: [`Masks`] says which way is taken, and the
//! tests take each of them.

use traffic::Error;

use crate::words::{each, gathered};

/// A way to make the masks that this processor has.
///
/// Only [`Masks::all`] makes those that a processor may lack, after it has asked: that is why it is safe to use them.
/// The functions behind are safe in all else; they load from slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Masks(Way);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Eight bytes at a time in ordinary registers: on any processor.
    Plain,
    /// 32 bytes at a time.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// 64 bytes at a time, and the comparison is the mask.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

// ANCHOR: marks
/// For 64 bytes, the lowest bit for the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// `\n`.
    pub line_ends: u64,
    /// `"`.
    pub quotes: u64,
    /// `?` and `#`, which end a path.
    pub path_ends: u64,
}
// ANCHOR_END: marks

/// What is done with marks. A trait and no closure, because a method can be said to be inlined, and what is inlined
/// is translated for the processor of the function around it.
pub trait Take {
    /// Takes those of the next 64 bytes.
    fn take(&mut self, marks: Marks);
}

/// Work that a processor's own instructions may be used for; its method has to be inlined, as that of [`Take`].
pub trait Work {
    /// What comes of it.
    type Done;

    /// Does it.
    fn work(self) -> Self::Done;
}

impl Masks {
    /// All that there are here, the fastest first; the last one is the plain one.
    pub fn all() -> Vec<Masks> {
        let mut all = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            let has_avx2 = is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("bmi1")
                && is_x86_feature_detected!("bmi2")
                && is_x86_feature_detected!("lzcnt")
                && is_x86_feature_detected!("popcnt");
            let has_avx512 = has_avx2
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl");
            if has_avx512 {
                all.push(Masks(Way::Avx512));
            }
            if has_avx2 {
                all.push(Masks(Way::Avx2));
            }
        }
        all.push(Masks::PLAIN);
        all
    }

    /// The one that asks nothing of a processor.
    pub const PLAIN: Masks = Masks(Way::Plain);

    /// Its name: `plain`, `avx2` or `avx512`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Way::Plain => "plain",
            #[cfg(target_arch = "x86_64")]
            Way::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Way::Avx512 => "avx512",
        }
    }

    /// The fastest; or the one that the environment names in `S17_MASKS`.
    ///
    /// # Errors
    ///
    /// If none of this name is here: which ones are.
    pub fn chosen() -> Result<Masks, Error> {
        let all = Masks::all();
        let Some(name) = std::env::var_os("S17_MASKS") else {
            return Ok(all[0]);
        };
        let name = name.to_string_lossy();
        Masks::named(&name).ok_or_else(|| {
            let names: Vec<_> = all.into_iter().map(Masks::name).collect();
            Error::Refused(format!(
                "S17_MASKS is `{name}`, and this processor has {}",
                names.join(", ")
            ))
        })
    }

    /// The one of this name, if it is here.
    pub fn named(name: &str) -> Option<Masks> {
        Masks::all().into_iter().find(|masks| masks.name() == name)
    }

    /// The marks of all bytes, 64 at a time in their order; behind the last byte there are none.
    #[expect(
        unsafe_code,
        reason = "instructions that a processor may lack can be called in no other way"
    )]
    pub fn of(self, bytes: &[u8], take: &mut impl Take) {
        match self.0 {
            Way::Plain => in_blocks(bytes, take, plain),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: its instructions are there, or `all` had not made this.
            Way::Avx2 => unsafe { x86::avx2(bytes, take) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: its instructions are there, or `all` had not made this.
            Way::Avx512 => unsafe { x86::avx512(bytes, take) },
        }
    }

    /// Does some work, which the compiler may translate for the same processor: what is inlined there is.
    #[expect(
        unsafe_code,
        reason = "instructions that a processor may lack can be called in no other way"
    )]
    #[inline(always)]
    pub fn run<W: Work>(self, work: W) -> W::Done {
        match self.0 {
            Way::Plain => work.work(),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: its instructions are there, or `all` had not made this.
            Way::Avx2 => unsafe { x86::run_avx2(work) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: its instructions are there, or `all` had not made this.
            Way::Avx512 => unsafe { x86::run_avx512(work) },
        }
    }
}

#[inline(always)]
fn in_blocks(bytes: &[u8], take: &mut impl Take, marks: impl Fn(&[u8; 64]) -> Marks) {
    let (blocks, rest) = bytes.as_chunks();
    let mut last = [0; 64];
    last[..rest.len()].copy_from_slice(rest);
    // One loop over both, so that what is done with the marks stands in the program once and is inlined.
    for number in 0..bytes.len().div_ceil(64) {
        take.take(marks(blocks.get(number).unwrap_or(&last)));
    }
}

#[inline(always)]
fn plain(block: &[u8; 64]) -> Marks {
    let mut marks = Marks::default();
    for (at, bytes) in block.as_chunks().0.iter().enumerate() {
        let word = u64::from_le_bytes(*bytes);
        let of = |byte| gathered(equal(word, byte)) << (8 * at);
        marks.line_ends |= of(b'\n');
        marks.quotes |= of(b'"');
        marks.path_ends |= of(b'?') | of(b'#');
    }
    marks
}

/// The highest bit of each byte that is this one.
fn equal(word: u64, byte: u8) -> u64 {
    let others = word ^ each(byte);
    !(((others & each(0x7f)) + each(0x7f)) | others) & each(0x80)
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{Marks, Take, Work, in_blocks};

    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    pub fn run_avx2<W: Work>(work: W) -> W::Done {
        work.work()
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx2,bmi1,bmi2,lzcnt,popcnt")]
    pub fn run_avx512<W: Work>(work: W) -> W::Done {
        work.work()
    }

    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    pub fn avx2(bytes: &[u8], take: &mut impl Take) {
        in_blocks(bytes, take, |block| {
            // The compiler makes one load of the four words.
            let half = |at: usize| {
                let word = |number: usize| {
                    let word = block[at + 8 * number..].first_chunk();
                    i64::from_le_bytes(*word.expect("it is within the 64"))
                };
                _mm256_setr_epi64x(word(0), word(1), word(2), word(3))
            };
            let (low, high) = (half(0), half(32));
            let bits = |of: __m256i| u64::from(_mm256_movemask_epi8(of) as u32);
            let equal = |byte: u8, bytes| _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte as i8));
            let either = |bytes| _mm256_or_si256(equal(b'?', bytes), equal(b'#', bytes));
            Marks {
                line_ends: bits(equal(b'\n', low)) | bits(equal(b'\n', high)) << 32,
                quotes: bits(equal(b'"', low)) | bits(equal(b'"', high)) << 32,
                path_ends: bits(either(low)) | bits(either(high)) << 32,
            }
        });
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx2,bmi1,bmi2,lzcnt,popcnt")]
    pub fn avx512(bytes: &[u8], take: &mut impl Take) {
        in_blocks(bytes, take, |block| {
            let word = |number: usize| {
                let word = block[8 * number..].first_chunk();
                i64::from_le_bytes(*word.expect("it is within the 64"))
            };
            let bytes = _mm512_setr_epi64(
                word(0),
                word(1),
                word(2),
                word(3),
                word(4),
                word(5),
                word(6),
                word(7),
            );
            let equal = |byte: u8| _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte as i8));
            Marks {
                line_ends: equal(b'\n'),
                quotes: equal(b'"'),
                path_ends: equal(b'?') | equal(b'#'),
            }
        });
    }
}
