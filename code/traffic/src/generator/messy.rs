//! `messy`: everything that is valid and odd, and some lines that are malformed.
//!
//! Half of the lines are ordinary. In an odd one each part (client, user, request, answer,
//! trailer, line ending) is odd or not by itself, so that oddities meet. What each part may be is
//! listed in `oddities`; what makes a line malformed is in `broken`.

use super::decimal;
use super::site::{Site, Visit};

mod broken;
mod oddities;

/// One line in a million bytes, at this place of every so many lines: rare, and yet every log of
/// 10,000 lines has one.
const MEGABYTE_PERIOD: u64 = 50_000;
const MEGABYTE_PLACE: u64 = 7_777;
const MEGABYTE: usize = 1 << 20;

/// One line in so many is long, up to 64 KiB.
const LONG_ONCE_IN: u32 = 1_000;

/// Appends the line of this number, counted from 0, *with* a line ending, which may be CRLF.
pub fn line(line: u64, site: &mut Site, out: &mut Vec<u8>) {
    let visit = site.visit();
    if line % MEGABYTE_PERIOD == MEGABYTE_PLACE {
        long_line(visit, MEGABYTE, site, out);
    } else if site.dice.once_in(LONG_ONCE_IN) {
        let length = site.dice.below(1 << 16) as usize;
        long_line(visit, length, site, out);
    } else {
        match site.dice.below(100) {
            0..50 => site.line(visit, out),
            50..95 => odd_line(visit, site, out),
            _ => broken::line(visit, site, out),
        }
    }
    let ending: &[u8] = if site.dice.once_in(8) { b"\r\n" } else { b"\n" };
    out.extend_from_slice(ending);
}

/// A line whose parts are each odd half of the time.
fn odd_line(visit: Visit, site: &mut Site, out: &mut Vec<u8>) {
    let mut bits = site.dice.bits();
    if site.dice.once_in(2) {
        oddities::client(site, out);
    } else {
        site.clients.push(visit.client, out);
    }
    if site.dice.once_in(8) {
        oddities::identity(site, out);
    } else {
        site.identity_and_time(&mut bits, out);
    }
    out.extend_from_slice(b" \"");
    if site.dice.once_in(2) {
        out.extend_from_slice(site.dice.pick(&oddities::REQUESTS));
    } else {
        site.request(visit.route, &mut bits, out);
    }
    out.extend_from_slice(b"\" ");
    if site.dice.once_in(2) {
        oddities::answer(site, out);
    } else {
        site.answer(visit.route, &mut bits, out);
    }
    if site.dice.once_in(2) {
        out.extend_from_slice(site.dice.pick(&oddities::TRAILERS));
    } else {
        site.trailer(visit, &mut bits, out);
    }
}

/// A line of somewhat more than `length` bytes, in the query of its request or in its agent.
fn long_line(visit: Visit, length: usize, site: &mut Site, out: &mut Vec<u8>) {
    let mut bits = site.dice.bits();
    let in_request = site.dice.once_in(2);
    site.clients.push(visit.client, out);
    site.identity_and_time(&mut bits, out);
    out.extend_from_slice(b" \"GET ");
    out.extend_from_slice(site.routes[visit.route as usize].path.as_bytes());
    out.extend_from_slice(b"?session=");
    if in_request {
        filler(length, out);
    }
    out.extend_from_slice(b" HTTP/1.1\" 414 ");
    decimal::push(u64::from(bits.take(12)), out);
    out.extend_from_slice(b" \"-\" \"");
    if !in_request {
        filler(length, out);
    }
    out.push(b'"');
}

/// Text with an escaped quote from time to time.
fn filler(length: usize, out: &mut Vec<u8>) {
    let words = br#"0123456789abcdef%20\"quoted\"+and+so+on&"#;
    for _ in 0..length.div_ceil(words.len()) {
        out.extend_from_slice(words);
    }
}
