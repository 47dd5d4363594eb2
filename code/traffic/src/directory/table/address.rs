//! From the text of an address to its number.

use std::net::{IpAddr, Ipv4Addr};

/// The longest text that can be an IP address: an IPv6 address that ends in an IPv4 one.
const ADDRESS_BYTES_MAX: usize = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".len();

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

/// An IPv4 address of 8 to 15 bytes, as all but the shortest are; nothing for any other text.
///
/// Nearly every client of a log is one, and a program that has the table at hand would spend a good part of a
/// line's work on a loop over its digits, whose every turn is a guess for the processor: the numbers are one,
/// two or three digits long without any order. So all bytes are looked at together, as one number of 128 bits,
/// and the few branches nearly always go the same way.
fn parse_ipv4(text: &[u8]) -> Option<u32> {
    if !(8..16).contains(&text.len()) {
        return None;
    }
    // The first byte is the lowest. The two halves overlap where the text is shorter than both together.
    let end = 8 * text.len() as u32;
    let low = u64::from_le_bytes(*text.first_chunk()?);
    let high = u64::from_le_bytes(*text.last_chunk()?);
    let bytes = u128::from(low) | u128::from(high) << (end - 64);

    // A digit is 0x30 to 0x39, and a dot is 0x2e: it lacks the bit 0x10.
    let inside = (1 << end) - 1;
    let dots = !bytes & each(0x10) & inside;
    let zeros_and_dots = each(0x30) ^ (dots | dots >> 1 | dots >> 2 | dots >> 3);
    let mut digits = (bytes ^ zeros_and_dots) & inside;
    let is_above_9 = (digits | digits.wrapping_add(each(0x80 - 10))) & each(0x80);
    let is_no_dot = digits & (dots - (dots >> 4));

    // What ends the four numbers: three dots, and the end of the text.
    let mut ends = dots | 0x10 << end;
    if is_above_9 | is_no_dot != 0 || ends.count_ones() != 4 {
        return None;
    }
    let mut address = 0;
    for _ in 0..4 {
        let len = ends.trailing_zeros() / 8;
        // The last digit is moved to the third place, and zeros come in front of it.
        let number = (digits as u32).checked_shl(24_u32.checked_sub(8 * len)?)?;
        let [hundreds, tens, ones, _] = number.to_le_bytes().map(u32::from);
        let octet = 100 * hundreds + 10 * tens + ones;
        // Longer than it must be, it has a zero in front, or is empty.
        if octet < [256, 0, 10, 100][len as usize] || octet > 255 {
            return None;
        }
        address = address << 8 | octet;
        digits >>= 8 * len + 8;
        ends >>= 8 * len + 8;
    }
    Some(address)
}

/// The same byte in all sixteen places.
const fn each(byte: u8) -> u128 {
    u128::from_ne_bytes([byte; 16])
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
