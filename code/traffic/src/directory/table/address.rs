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

/// Four numbers up to 255 with dots between them and no leading zeros: what `Ipv4Addr` would parse too.
///
/// Nearly every client of a log is one, and for a program that has the table at hand the general parser,
/// with its check for UTF-8, would be a large part of a line's work.
#[inline]
fn parse_ipv4(text: &[u8]) -> Option<u32> {
    let (mut bits, mut octet, mut digits, mut dots) = (0_u32, 0_u32, 0, 0);
    for &byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            if digits > 0 && octet == 0 {
                return None;
            }
            octet = octet * 10 + u32::from(digit);
            digits += 1;
            if octet > 255 {
                return None;
            }
        } else if byte == b'.' && digits > 0 && dots < 3 {
            bits = bits << 8 | octet;
            (octet, digits, dots) = (0, 0, dots + 1);
        } else {
            return None;
        }
    }
    (digits > 0 && dots == 3).then_some(bits << 8 | octet)
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
        fn every_address_is_one(bits: u32) {
            let address = Ipv4Addr::from_bits(bits);
            prop_assert_eq!(parse_ipv4(address.to_string().as_bytes()), Some(bits));
        }
    }
}
