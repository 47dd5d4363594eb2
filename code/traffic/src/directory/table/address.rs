//! From the text of an address to its number.

use std::net::{IpAddr, Ipv4Addr};

use crate::directory::limits::ADDRESS_BYTES_MAX;

/// The address that this text is, if it is one.
pub(super) fn parse_ip(text: &[u8]) -> Option<IpAddr> {
    if let Some(bits) = parse_ipv4(text) {
        return Some(Ipv4Addr::from_bits(bits).into());
    }
    if text.len() > ADDRESS_BYTES_MAX {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// The address that a client is looked up as, if it is one: an IPv6 address that wraps an IPv4 one
/// (`::ffff:1.2.3.4`) is that.
///
/// A cache of ranges has to agree with the directory about what an address is.
pub fn address(client: &[u8]) -> Option<IpAddr> {
    parse_ip(client).map(|address| address.to_canonical())
}

/// An IPv4 address of 8 to 15 bytes, as all but the shortest are; nothing for any other text.
///
/// Nearly every client of a log is one, and a program that has the table at hand would spend a good part of a
/// line's work on a loop over its digits, whose every turn is a guess for the processor: the numbers are one,
/// two or three digits long without any order. So eight bytes are looked at together, and what branches there
/// are nearly always go the same way.
fn parse_ipv4(text: &[u8]) -> Option<u32> {
    if !(8..16).contains(&text.len()) {
        return None;
    }
    // Where the text is shorter than both together, some bytes are seen twice.
    let first = dots(*text.first_chunk()?)?;
    let last = dots(*text.last_chunk()?)?;
    let dots = first | last << (text.len() - 8);
    let all_but_two = without_lowest(without_lowest(dots));
    if all_but_two == 0 || without_lowest(all_but_two) != 0 {
        return None;
    }
    // The four numbers end at the dots and at the end of the text.
    let mut ends = dots | 1 << text.len();
    let (mut address, mut start) = (0, 0);
    for _ in 0..4 {
        let end = ends.trailing_zeros() as usize;
        ends = without_lowest(ends);
        // A digit that is not of this number counts nothing, wherever it is from.
        let [least, hundred, ten] = *PLACES.get(end - start)?;
        let digit = |from_end| u32::from(text[end.saturating_sub(from_end)] & 0x0f);
        let octet = hundred * digit(3) + ten * digit(2) + digit(1);
        if octet < least || octet > 255 {
            return None;
        }
        address = address << 8 | octet;
        start = end + 1;
    }
    Some(address)
}

/// For numbers of no, one, two and three digits: the least without a zero in front, and what the third and
/// the second digit from the end count.
const PLACES: [[u32; 3]; 4] = [[256, 0, 0], [0, 0, 0], [10, 0, 10], [100, 100, 10]];

/// Which of the bytes are dots, the lowest bit for the first; nothing if any is neither dot nor digit.
fn dots(bytes: [u8; 8]) -> Option<u32> {
    const fn each(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    let bytes = u64::from_le_bytes(bytes);
    // A digit is 0x30 to 0x39. A dot is 0x2e: it lacks the bit 0x10.
    let dots = !bytes & each(0x10);
    let zeros_and_dots = each(0x30) ^ (dots | dots >> 1 | dots >> 2 | dots >> 3);
    let digits = bytes ^ zeros_and_dots;
    let is_above_9 = (digits | digits.wrapping_add(each(0x80 - 10))) & each(0x80);
    let is_no_dot = digits & (dots - (dots >> 4));
    // The product gathers the eight bits in its highest byte.
    let gathered = (dots >> 4).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    (is_above_9 | is_no_dot == 0).then_some(gathered as u32)
}

/// The number with its lowest bit cleared.
fn without_lowest(bits: u32) -> u32 {
    bits & bits.wrapping_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_address_is_what_the_standard_library_says(
            octets in prop::collection::vec(prop_oneof!["[0-9]{0,4}", "25[0-9]", "[0-9.:]{0,3}"], 3..6),
            end in prop_oneof![8 => "", 1 => "[ -~]"],
        ) {
            let text = octets.join(".") + &end;
            prop_assert_eq!(parse_ip(text.as_bytes()), text.parse().ok());
        }

        #[test]
        fn one_wrong_byte_is_seen(bits: u32, at: usize, byte: u8) {
            let mut text = Ipv4Addr::from_bits(bits).to_string().into_bytes();
            let at = at % text.len();
            text[at] = byte;
            let expected = str::from_utf8(&text).ok().and_then(|text| text.parse().ok());
            prop_assert_eq!(parse_ip(&text), expected);
        }

        #[test]
        fn every_address_is_one(bits: u32) {
            let address = Ipv4Addr::from_bits(bits);
            let text = address.to_string();
            prop_assert_eq!(parse_ip(text.as_bytes()), Some(address.into()));
            prop_assert_eq!(parse_ipv4(text.as_bytes()).is_some(), text.len() > 7);
        }
    }
}
