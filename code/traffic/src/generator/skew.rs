//! `skew`: what an equal division of lines, bytes or keys divides unequally.
//!
//! One client is most of the traffic, so one key's shard is hot. And one stretch of the log is far
//! slower to process: its clients are new, its lines are ten times as long, and their requests
//! are full of escaped quotes, so the worker that was given that part finishes long after the others.

use super::site::{CLIENTS, Site, Visit};

/// Of a hundred lines outside the slow stretch, those of the one client: well above half of all.
const HEAVY: u32 = 70;

/// The clients of the slow stretches: the first stretches bring new ones, the later ones repeat
/// them, so that the number of clients stays bounded.
const CLIENTS_SLOW: u64 = 20_000;

/// A slow line's query and agent repeat this so often.
const REPEAT: usize = 24;

/// Appends the line of this number, counted from 0, without a line ending.
pub fn line(line: u64, site: &mut Site, out: &mut Vec<u8>) {
    let mut visit = site.visit();
    if is_slow(line) {
        visit.client = CLIENTS + (line % CLIENTS_SLOW) as u32;
        return slow_line(visit, site, out);
    }
    if site.dice.below(100) < HEAVY {
        visit.client = 0;
    }
    site.line(visit, out);
}

/// Whether a line is in a slow stretch: from 10/8 to 11/8 of each power of two from 1,024 on.
///
/// So a log of any length has one stretch that outweighs the earlier ones together, and a log's
/// beginning does not depend on its length.
pub fn is_slow(line: u64) -> bool {
    let octave = line.max(1).ilog2();
    octave >= 10 && (line >> (octave - 3)) == 0b1010
}

fn slow_line(visit: Visit, site: &mut Site, out: &mut Vec<u8>) {
    let mut bits = site.dice.bits();
    site.clients.push(visit.client, out);
    site.identity_and_time(&mut bits, out);
    out.extend_from_slice(b" \"GET ");
    out.extend_from_slice(site.routes[visit.route as usize].path.as_bytes());
    out.extend_from_slice(b"?q=");
    for _ in 0..REPEAT {
        out.extend_from_slice(br#"\"\"%22tea\"%20OR%20\"cup\"\"+"#);
    }
    out.extend_from_slice(b" HTTP/1.1\" ");
    site.answer(visit.route, &mut bits, out);
    out.extend_from_slice(b" \"https://forum.example/read?quote=");
    for _ in 0..REPEAT {
        out.extend_from_slice(br#"\"so \\\"they\\\" said\" "#);
    }
    out.extend_from_slice(b"\" \"");
    for _ in 0..REPEAT {
        out.extend_from_slice(br#"(\"Reader\"; like \"Reader\") "#);
    }
    out.extend_from_slice(site.agent(visit.client).as_bytes());
    out.push(b'"');
}
