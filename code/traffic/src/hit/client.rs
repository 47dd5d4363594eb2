//! The client in front of a line, in the forms in which servers and proxies write it.
//!
//! What is looked up and remembered is the address alone, and it is borrowed from the line: `203.0.113.9`
//! of `203.0.113.9:4711`, of `::ffff:203.0.113.9`, and of `203.0.113.9, 10.0.0.1`.

use std::net::IpAddr;

use memchr::{memchr, memrchr};

use super::blanks::{skip_blanks, split_word};
use crate::directory::address;

/// What an editor leaves in front of a file, and in the middle of files that were joined.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

// What a byte says of its field.
const BLANK: u8 = 1;
const COLON: u8 = 2;
const DOT: u8 = 4;
const OTHER: u8 = 8;

const MARKS: [u8; 256] = {
    let mut marks = [0; 256];
    marks[b' ' as usize] = BLANK;
    marks[b'\t' as usize] = BLANK;
    marks[b':' as usize] = COLON;
    marks[b'.' as usize] = DOT;
    marks[b',' as usize] = OTHER;
    marks[b'[' as usize] = OTHER;
    marks[b'%' as usize] = OTHER;
    marks
};

/// A field that begins with a hyphen, as nearly every identity does. No address does so: there is no virtual
/// host in front.
const NO_ADDRESS: &[u8] = b" -";

/// The client and what follows it, beginning with a blank; nothing if there is no client.
pub(super) fn split(line: &[u8]) -> Option<(&[u8], &[u8])> {
    match plain_len(line) {
        Some(len) => Some(line.split_at(len)),
        None => split_any(line),
    }
}

/// The length of a client that is made of dots, slashes and digits alone: in nearly all lines it is an IPv4
/// address, and whatever it is, it is nothing more.
///
/// Sixteen bytes are looked at together, and the answer comes without a loop whose end the processor would
/// have to guess.
fn plain_len(line: &[u8]) -> Option<usize> {
    const fn each(byte: u8) -> u128 {
        u128::from_ne_bytes([byte; 16])
    }
    let bytes = u128::from_le_bytes(*line.first_chunk()?);
    // The highest bit of each byte that is below the dot, above the nine, or no ASCII. No byte borrows from
    // another, or carries into it.
    let is_below = !((bytes | each(0x80)) - each(b'.'));
    let is_above = (bytes & each(0x7f)) + each(0x80 - b':');
    let others = (is_below | is_above | bytes) & each(0x80);
    let len = others.trailing_zeros() as usize / 8;
    (len > 0 && line[len..].starts_with(NO_ADDRESS)).then_some(len)
}

/// As [`split`], whatever stands there.
fn split_any(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = without_hole(line);
    let (len, marks) = first_field(line);
    let (mut field, mut rest) = line.split_at(len);
    if field.is_empty() || rest.is_empty() {
        return None;
    }
    if !may_be_composed(marks) && rest.starts_with(NO_ADDRESS) {
        return Some((field, rest));
    }
    let name = first_of_list(field);
    let mut client = address_in(name);
    // A virtual host may stand in front of the client, and proxies behind it.
    while client.is_none() || field.ends_with(b",") {
        let (next, behind) = split_word(skip_blanks(rest));
        let Some(address) = address_in(first_of_list(next)) else {
            break;
        };
        client.get_or_insert(address);
        (field, rest) = (next, behind);
    }
    let client = client.unwrap_or(name);
    (!client.is_empty()).then_some((client, rest))
}

/// The length of the field in front, and which marks it has.
fn first_field(line: &[u8]) -> (usize, u8) {
    let mut marks = 0;
    let len = line.iter().position(|byte| {
        let mark = MARKS[usize::from(*byte)];
        marks |= mark;
        mark == BLANK
    });
    (len.unwrap_or(line.len()), marks)
}

/// Whether a field with these marks can be a list, or hold brackets, a zone, a port, or an IPv4 address within an
/// IPv6 one.
fn may_be_composed(marks: u8) -> bool {
    marks & OTHER != 0 || marks & (COLON | DOT) == COLON | DOT
}

/// The line behind a hole and a byte order mark: when a log is cut while its server writes on, the file
/// system fills the place up to there with zeros.
fn without_hole(mut line: &[u8]) -> &[u8] {
    loop {
        let zeros = line.iter().take_while(|byte| **byte == 0).count();
        match line[zeros..].strip_prefix(BYTE_ORDER_MARK) {
            Some(rest) => line = rest,
            None => return &line[zeros..],
        }
    }
}

fn first_of_list(field: &[u8]) -> &[u8] {
    &field[..memchr(b',', field).unwrap_or(field.len())]
}

/// The address in `v4`, `v4:port`, `v6`, `v6%zone`, `[v6]` or `[v6]:port`.
fn address_in(text: &[u8]) -> Option<&[u8]> {
    if let Some(bracketed) = text.strip_prefix(b"[") {
        let (inside, port) = split_at_byte(b']', bracketed)?;
        let ends_well = port.is_empty() || port.strip_prefix(b":").is_some_and(is_port);
        return v6(inside).filter(|_| ends_well);
    }
    match split_at_byte(b':', text) {
        Some((host, port)) if is_port(port) => v4(host),
        Some(_) => v6(text),
        None => v4(text),
    }
}

fn v4(text: &[u8]) -> Option<&[u8]> {
    let is_v4 = memchr(b':', text).is_none() && address(text).is_some();
    is_v4.then_some(text)
}

/// An IPv6 address without its zone, or the IPv4 address that it wraps.
fn v6(text: &[u8]) -> Option<&[u8]> {
    // As a server writes it that listens to both families with one socket.
    if let Some(wrapped) = text.strip_prefix(b"::ffff:").and_then(v4) {
        return Some(wrapped);
    }
    let text = &text[..memchr(b'%', text).unwrap_or(text.len())];
    let behind_colons = memrchr(b':', text)? + 1;
    match address(text)? {
        // It may also be written in hexadecimal digits; then there is nothing to borrow.
        IpAddr::V4(_) if text.contains(&b'.') => Some(&text[behind_colons..]),
        _ => Some(text),
    }
}

fn is_port(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_digit)
        && str::from_utf8(text).is_ok_and(|digits| digits.parse::<u16>().is_ok())
}

/// What is before the first such byte, and what is behind it.
fn split_at_byte(byte: u8, text: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = memchr(byte, text)?;
    Some((&text[..at], &text[at + 1..]))
}
