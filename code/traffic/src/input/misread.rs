//! Logs whose lines are read, and not as they were meant: told by the first lines.
//!
//! What stands in front of a client is taken for it, and a file whose lines end in carriage returns alone is one line. Such
//! lines are hits by the rules and are counted; the counts alone would not say why they look so odd.

use std::fmt;
use std::net::IpAddr;

use super::format::lines;
use crate::hit::Hit;

/// How lines are misread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misread {
    /// Something stands in front of the client, as a system's log writes it.
    Prefixed,
    /// Lines end as they did on old Macintoshes.
    CarriageReturns,
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Misread::Prefixed => {
                "most lines have something in front of the client, as syslog writes it, and its first word is taken for the \
                 client; `sed` takes it off, as in `sed 's/^.*nginx: //'`"
            }
            Misread::CarriageReturns => {
                "its lines end in carriage returns alone, and are taken for one line; `tr '\\r' '\\n'` turns them into lines"
            }
        })
    }
}

/// How a log that begins so is misread, if it is.
pub(super) fn misread(sample: &[u8]) -> Option<Misread> {
    let lines = lines(sample);
    let most =
        |is: fn(&[u8]) -> bool| 2 * lines.iter().filter(|line| is(line)).count() > lines.len();
    if most(holds_several) {
        Some(Misread::CarriageReturns)
    } else if most(is_prefixed) {
        Some(Misread::Prefixed)
    } else {
        None
    }
}

/// Whether what stands in front of the first lone carriage return is a hit, and what stands behind it begins with an
/// address: the last of them may be cut.
fn holds_several(line: &[u8]) -> bool {
    let mut parts = line.split(|&byte| byte == b'\r');
    let (Some(first), Some(second)) = (parts.next(), parts.next()) else {
        return false;
    };
    Hit::parse(first).is_ok() && words(second).next().is_some_and(is_address)
}

/// Whether a whole line in the Common Log Format, with an address in front, stands behind other words.
fn is_prefixed(line: &[u8]) -> bool {
    /// Identity and user follow the client, and then comes the date.
    const DATE_AT: usize = 3;
    let words: Vec<&[u8]> = words(line).collect();
    let Some(date) = words.iter().position(|word| word.starts_with(b"[")) else {
        return false;
    };
    // What is understood (a virtual host, a list of proxies) has an address for its client.
    let is_understood = Hit::parse(line).map_or(true, |hit| is_address(hit.client));
    date > DATE_AT && is_address(words[date - DATE_AT]) && !is_understood
}

fn words(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|byte| matches!(byte, b' ' | b'\t'))
        .filter(|word| !word.is_empty())
}

fn is_address(word: &[u8]) -> bool {
    str::from_utf8(word).is_ok_and(|word| word.parse::<IpAddr>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HIT: &str = r#"1.2.3.4 - - [10/Oct/2026:13:55:36 +0000] "GET / HTTP/1.1" 200 5"#;

    #[test]
    fn what_is_counted_and_not_meant_so_is_told() {
        let combined = format!("{HIT} \"-\" \"agent\"");
        for (sample, how) in [
            (
                format!("Dec  1 00:00:01 host nginx: {HIT}\n").repeat(3),
                Some(Misread::Prefixed),
            ),
            (
                format!("<190>1 2026-12-01T00:00:01Z host nginx - - - {HIT}\n"),
                Some(Misread::Prefixed),
            ),
            (
                format!("2026-12-01T00:00:01Z stdout F {HIT}"),
                Some(Misread::Prefixed),
            ),
            (
                format!("{HIT}\r{HIT}\r{HIT}\r"),
                Some(Misread::CarriageReturns),
            ),
            (
                format!("{combined}\r{combined}\r"),
                Some(Misread::CarriageReturns),
            ),
            (format!("{HIT}\r\n{combined}\r\n"), None),
            (format!("{HIT}\n{HIT}\n"), None),
            (format!("example.org:443 {HIT}\n"), None),
            (HIT.replace("1.2.3.4 -", "host.example 1.2.3.4"), None),
            (HIT.replace("1.2.3.4", "8.8.8.8, 10.0.0.1, 10.0.0.2"), None),
            (HIT.replace("- -", "- \"a user\""), None),
            (String::new(), None),
            ("[ ] [".to_owned(), None),
        ] {
            assert_eq!(misread(sample.as_bytes()), how, "{sample:?}");
        }
    }
}
