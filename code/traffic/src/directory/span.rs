//! An answer, and how far it holds: what it is, and how it stands in a line.

use std::io::{self, Write};
use std::net::IpAddr;
use std::ops::RangeInclusive;

use super::protocol;
use super::table::address;
use crate::Holder;

/// What the directory says about a client, and for whom else it would say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// All the addresses that have this answer in common, of the client's family; nothing if the
    /// client is no address: then the answer is the client's alone.
    ///
    /// The addresses are those that [`address`](super::address) makes of clients: an IPv6 address
    /// that wraps an IPv4 one belongs to the range of that, whatever an IPv6 range may enclose.
    pub range: Option<RangeInclusive<IpAddr>>,
    /// The answer.
    pub holder: Holder,
}

/// Writes the answer to one key with how far it holds.
pub(super) fn encode(out: &mut impl Write, key: &[u8], span: &Span) -> io::Result<()> {
    out.write_all(key)?;
    match &span.range {
        Some(range) => write!(out, " {} {} ", range.start(), range.end())?,
        None => out.write_all(b" - - ")?,
    }
    writeln!(out, "{}", span.holder)
}

/// The range and the holder in an answer line, if the line is an answer to this key.
///
/// One that claims to hold for others but not for the key, or for another family, is none.
pub(super) fn decode<'a>(
    line: &'a [u8],
    key: &[u8],
) -> Option<(Option<RangeInclusive<IpAddr>>, &'a str)> {
    let rest = line.strip_prefix(key)?.strip_prefix(b" ")?;
    let mut words = rest.splitn(3, |&byte| byte == b' ');
    let (first, last) = (words.next()?, words.next()?);
    let range = match address(key) {
        Some(address) => Some(range_around(address, first, last)?),
        None if first == b"-" && last == b"-" => None,
        None => return None,
    };
    Some((range, protocol::decode_holder(words.next()?)?))
}

fn range_around(key: IpAddr, first: &[u8], last: &[u8]) -> Option<RangeInclusive<IpAddr>> {
    let address = |word| std::str::from_utf8(word).ok()?.parse::<IpAddr>().ok();
    let (first, last) = (address(first)?, address(last)?);
    let is_one_family = [first, last]
        .iter()
        .all(|end| end.is_ipv4() == key.is_ipv4());
    // A range that is reversed contains nothing, and so not the key.
    (is_one_family && (first..=last).contains(&key)).then_some(first..=last)
}
