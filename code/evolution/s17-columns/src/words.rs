//! Eight bytes at a time: numbers and addresses are read from words, without a loop over their digits.
//!
//! SIMD within a register (Lamport, *Multiple Byte Processing with Full-Word Instructions*, 1975). A loop over
//! digits ends after one, two or three turns without any order, and each end is a guess for the processor; a wrong
//! one costs as much as twenty instructions. Here every number costs the same few instructions, whatever it is.

/// Eight times the same byte.
pub const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Eight bytes, the first one lowest; nothing where there are not so many.
#[inline(always)]
pub fn word(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The highest bit of each byte that is no digit. Behind a byte that is no ASCII the next one may be told wrong.
#[inline(always)]
pub const fn non_digits(word: u64) -> u64 {
    let digits = word ^ each(b'0');
    (digits.wrapping_add(each(0x80 - 10)) | digits) & each(0x80)
}

/// The highest bits of the eight bytes as one byte, that of the first byte lowest. The product gathers them.
#[inline(always)]
pub const fn gathered(highest: u64) -> u64 {
    (highest >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The number that the first so many bytes spell, fewer than eight and all of them digits; 0 for none.
///
/// Three multiplications, each of which joins neighbours: digits, pairs, and pairs of pairs.
#[inline(always)]
pub const fn number(word: u64, len: u32) -> u32 {
    // Zeros stand in front of it: the first byte is the lowest.
    let digits = (word & each(0x0f)) << (8 * (7 - (len & 7))) << 8;
    let pairs = (digits.wrapping_mul(10 << 8 | 1) >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100 << 16 | 1) >> 16) & 0x0000_ffff_0000_ffff;
    (fours.wrapping_mul(10_000 << 32 | 1) >> 32) as u32
}

/// An IPv4 address in front of a blank and a hyphen, as it stands at the begin of nearly every line: its number,
/// the first octet highest, and its length; nothing for anything else.
#[inline(always)]
pub fn address(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let others =
        gathered(non_digits(word(bytes, at)?)) | gathered(non_digits(word(bytes, at + 8)?)) << 8;
    // Where the four numbers end; where there are fewer, something beyond the address, which is then refused.
    let first = others.trailing_zeros() as usize;
    let others = others & others.wrapping_sub(1);
    let second = others.trailing_zeros() as usize;
    let others = others & others.wrapping_sub(1);
    let third = others.trailing_zeros() as usize;
    let others = others & others.wrapping_sub(1);
    let fourth = others.trailing_zeros() as usize;
    // Each number with two digits in front of its last one and the byte behind it. There may be nothing in front of
    // the first.
    let behind = |end: usize| {
        let from = (at + end).wrapping_sub(3);
        Some(u32::from_be_bytes(*bytes.get(from..)?.first_chunk()?))
    };
    let front = u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?);
    let (a, a_fits) = octet(
        front >> (24_usize.wrapping_sub(8 * first) & 31),
        first,
        b'.',
    );
    let (b, b_fits) = octet(behind(second)?, second.wrapping_sub(first + 1), b'.');
    let (c, c_fits) = octet(behind(third)?, third.wrapping_sub(second + 1), b'.');
    let (d, d_fits) = octet(behind(fourth)?, fourth.wrapping_sub(third + 1), b' ');
    let is_alone = *bytes.get(at + fourth + 1)? == b'-';
    let fits = a_fits & b_fits & c_fits & d_fits & is_alone;
    fits.then_some((a << 24 | b << 16 | c << 8 | d, fourth))
}

/// The number that so many digits spell, the last of them in front of the lowest byte; and whether it is an octet,
/// written without a zero in front and followed by this byte.
#[inline(always)]
const fn octet(text: u32, len: usize, behind: u8) -> (u32, bool) {
    // As binary-coded decimals they are in the order of the numbers.
    const MOST: u32 = 0x02_05_05;
    const LEAST: [u32; 4] = [0, 0, 0x01_00, 0x01_00_00];
    const KEPT: [u32; 4] = [0, 0x0f, 0x0f_0f, 0x0f_0f_0f];
    let digits = text >> 8 & KEPT[len & 3];
    let is_one = digits.wrapping_sub(LEAST[len & 3]) <= MOST - LEAST[len & 3];
    let value = 100 * (digits >> 16) + 10 * (digits >> 8 & 0xff) + (digits & 0xff);
    (
        value,
        is_one & (len.wrapping_sub(1) < 3) & (text as u8 == behind),
    )
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn every_number_of_up_to_seven_digits_is_read() {
        for value in (0..10_000).chain((0..10_000_000).step_by(977)) {
            let text = format!("{value} 4567890");
            let word = word(text.as_bytes(), 0).unwrap();
            let len = non_digits(word).trailing_zeros() / 8;
            assert_eq!(
                (number(word, len), len as usize),
                (value, value.to_string().len())
            );
        }
        assert_eq!(number(u64::from_le_bytes(*b"- \"-\" \"M"), 0), 0);
    }

    #[test]
    fn every_octet_is_read_wherever_it_stands() {
        for octet in 0..=u8::MAX {
            for octets in [
                [octet, 1, 22, 133],
                [7, octet, 1, 9],
                [200, 255, octet, 0],
                [0, 9, 99, octet],
            ] {
                let address = Ipv4Addr::from_octets(octets);
                for front in ["", "12", "12345"] {
                    let text = format!("{front}{address} - - [d] \"GET / HTTP/1.1\"");
                    let len = address.to_string().len();
                    let read = super::address(text.as_bytes(), front.len());
                    assert_eq!(read, Some((address.to_bits(), len)), "{text}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "256.1.1.1",
            "1.1.1.300",
            "1.1.1.999",
            "01.1.1.1",
            "1.1.1.00",
            "1.1.1",
            "1.1.1.1.1",
            "1..1.1",
            ".1.1.1",
            "1.1.1.",
            "1111.1.1.1",
            "1.1.1.1111",
            "1.1.1.1,",
            "1.1.1.1:80",
            "1.1.1.1/8",
            "a.1.1.1",
            "1.1.1\u{e9}.1",
            "::1",
            "-",
            "",
        ] {
            for front in ["", "99999"] {
                let line = format!("{front}{text} - - [d] \"GET / HTTP/1.1\"");
                assert_eq!(address(line.as_bytes(), front.len()), None, "{text}");
            }
        }
        assert_eq!(address(b"1.1.1.1  - [d] \"GET", 0), None);
        assert_eq!(address(b"1.1.1.1 x - [d] \"GET", 0), None);
    }
}
