//! Malformed lines: no client, no closed request, no status of three digits after it, or then
//! neither `-` nor a number of 64 bits. A truncated line may be valid by luck, as in real logs.

use super::super::site::{Site, Visit};

/// Whole lines that are no hits.
const LINES: [&[u8]; 20] = [
    // Twice, because empty lines are the most frequent of all.
    b"",
    b"",
    b" ",
    b"\t",
    b"-",
    b"\"",
    b"\"\" \"\" \"\"",
    b"# Fields: date time c-ip cs-method cs-uri-stem sc-status",
    b"GET / HTTP/1.1",
    b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    b"\xef\xbb\xbf",
    b"\0\0\0\0 - - [d] \"GET / HTTP/1.1\" 200 17",
    b"\xff\xfe\x80\"\xc3\x28",
    // A list without a first; a word; two addresses and nothing else.
    b",192.0.2.1 - - [d] \"GET / HTTP/1.1\" 200 17",
    b"192.0.2.1",
    b"192.0.2.1, 10.0.0.7",
    // A user, and no request that is closed, or closed where a backslash escapes the quote.
    br#"192.0.2.1 - "alice" [06/Jan/2025:00:00:00 +0000] GET / HTTP/1.1 200 17"#,
    br#"192.0.2.1 - "alice [06/Jan/2025:00:00:00 +0000] "GET / HTTP/1.1" 200 17"#,
    br#"192.0.2.1 - - [06/Jan/2025:00:00:00 +0000] "GET /\" 200 17"#,
    b"[Mon Jan 06 00:00:00 2025] [error] client denied",
];

/// What makes a line malformed in the place of ` status bytes`.
const ANSWERS: [&[u8]; 22] = [
    b"",
    b" ",
    b" 200",
    b" 200 ",
    b" - -",
    b"200 17",
    b" \"200\" 17",
    b" 20 17",
    b" 2000 17",
    b" 2x0 17",
    b" +20 17",
    b" OK 17",
    b" 200 -5",
    b" 200 +5",
    b" 200 --",
    b" 200 17k",
    b" 200 1.5",
    b" 200 0x1f",
    b" 200 1e3",
    // One more than fits; much more than fits.
    b" 200 18446744073709551616",
    b" 200 99999999999999999999999999999999",
    b" 200 \xd9\xa1\xd9\xa2",
];

/// Appends a malformed line, without a line ending.
pub fn line(visit: Visit, site: &mut Site, out: &mut Vec<u8>) {
    let start = out.len();
    match site.dice.below(8) {
        0 | 1 => out.extend_from_slice(site.dice.pick(&LINES)),
        2..5 => {
            let mut bits = site.dice.bits();
            site.clients.push(visit.client, out);
            site.identity_and_time(&mut bits, out);
            out.extend_from_slice(b" \"");
            site.request(visit.route, &mut bits, out);
            out.push(b'"');
            out.extend_from_slice(site.dice.pick(&ANSWERS));
            if site.dice.once_in(2) {
                site.trailer(visit, &mut bits, out);
            }
        }
        // No client: the line begins with the space after it.
        5 => {
            out.push(b' ');
            site.line(visit, out);
        }
        // Cut off anywhere, as by a full disk.
        6 => {
            site.line(visit, out);
            let length = (out.len() - start) as u32;
            out.truncate(start + site.dice.below(length) as usize);
        }
        // The request's quote is never closed.
        _ => {
            site.line(visit, out);
            let line = out.split_off(start);
            let opening = line.iter().position(|&byte| byte == b'"');
            let (head, rest) = line.split_at(opening.map_or(line.len(), |at| at + 1));
            out.extend_from_slice(head);
            out.extend(rest.iter().filter(|&&byte| byte != b'"'));
        }
    }
}
