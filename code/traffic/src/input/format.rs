//! What a file is that is no access log: told by its first lines.
//!
//! A line that is malformed is counted and goes by. When nearly all of a file's are, then it is not the log that
//! was meant, and the counts alone would not say why.

use std::fmt;

use crate::encoding::{Wide, wide};
use crate::hit::Hit;

/// A form that logs have, and that is not read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    Json,
    /// W3C Extended Log Format, as IIS and CloudFront write it.
    W3c,
    /// Columns with `|` between them.
    Pipes,
    /// Columns with tabs between them.
    Tabs,
    /// Any text in wide characters.
    Wide(Wide),
    /// Bytes that are no text.
    Binary,
    /// Lines of another form.
    Unknown,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Json => "it looks like JSON lines",
            Format::W3c => "it looks like the W3C Extended Log Format of IIS",
            Format::Pipes => "it looks like columns separated by pipes",
            Format::Tabs => "it looks like columns separated by tabs",
            Format::Wide(wide) => {
                return write!(
                    f,
                    "it looks like {wide}, which {} turns into text",
                    wide.pipe()
                );
            }
            Format::Binary => "it looks like binary data",
            Format::Unknown => "they have another form",
        })
    }
}

/// So many columns are no chance.
const COLUMNS_MIN: usize = 5;

/// What a log looks like that begins so, if most of its lines are malformed.
pub(super) fn wrong(sample: &[u8]) -> Option<Format> {
    if sample.is_empty() {
        return None;
    }
    if let Some(wide) = wide(sample) {
        return Some(Format::Wide(wide));
    }
    let lines = lines(sample);
    let malformed: Vec<&[u8]> = (lines.iter().copied())
        .filter(|line| Hit::parse(line).is_err())
        .collect();
    (2 * malformed.len() > lines.len()).then(|| looks_like(&malformed))
}

/// The lines of a beginning, without their endings.
pub(super) fn lines(sample: &[u8]) -> Vec<&[u8]> {
    // The last line may be cut; if it is the only one, it has to do.
    let (whole, last) = match memchr::memrchr(b'\n', sample) {
        Some(at) => (&sample[..at], &sample[at + 1..]),
        None => (&b""[..], sample),
    };
    let lines = match whole {
        b"" => last,
        _ => whole,
    };
    lines
        .split(|&byte| byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .collect()
}

/// What most of these lines are.
fn looks_like(lines: &[&[u8]]) -> Format {
    let most =
        |is: fn(&[u8]) -> bool| 2 * lines.iter().filter(|line| is(line)).count() > lines.len();
    let directives: [&[u8]; 4] = [b"#Software:", b"#Version:", b"#Fields:", b"#Date:"];
    if lines.iter().any(|line| {
        directives
            .iter()
            .any(|directive| line.starts_with(directive))
    }) {
        Format::W3c
    } else if most(|line| line.trim_ascii().starts_with(b"{")) {
        Format::Json
    } else if most(|line| columns(line, b'|') >= COLUMNS_MIN) {
        Format::Pipes
    } else if most(|line| columns(line, b'\t') >= COLUMNS_MIN) {
        Format::Tabs
    } else if most(|line| line.contains(&0)) {
        Format::Binary
    } else {
        Format::Unknown
    }
}

fn columns(line: &[u8], separator: u8) -> usize {
    memchr::memchr_iter(separator, line).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const HIT: &str = r#"1.2.3.4 - - [10/Oct/2026:13:55:36 +0000] "GET / HTTP/1.1" 200 5"#;

    #[test]
    fn what_is_no_access_log_is_told() {
        let utf16 = |mark: &[u8], order: fn(u16) -> [u8; 2]| {
            [mark.to_vec(), HIT.encode_utf16().flat_map(order).collect()].concat()
        };
        let utf32 = |mark: &[u8], order: fn(u32) -> [u8; 4]| {
            let text = HIT.chars().map(u32::from).flat_map(order).collect();
            [mark.to_vec(), text].concat()
        };
        let (wide16, wide32) = (Format::Wide(Wide::Utf16), Format::Wide(Wide::Utf32));
        for (sample, format) in [
            (b"{\"a\":1}\n{\"a\":2}\n".to_vec(), Format::Json),
            (b" {\"a\":1}".to_vec(), Format::Json),
            (b"#Version: 1.0\r\n#Fields: date time\r\n2026-12-01 00:00:01 10.0.0.1 GET / - 80\r\n".to_vec(), Format::W3c),
            (b"1.2.3.4|x|GET|/|200|5\n".repeat(3), Format::Pipes),
            (b"1.2.3.4\tx\tGET\t/\t200\t5\n".repeat(3), Format::Tabs),
            (b"some\nwords\nmore".to_vec(), Format::Unknown),
            (b"a\0\x01b\n\0\0\n".to_vec(), Format::Binary),
            (utf16(b"\xff\xfe", u16::to_le_bytes), wide16),
            (utf16(b"\xfe\xff", u16::to_be_bytes), wide16),
            (utf16(b"", u16::to_le_bytes), wide16),
            (utf16(b"", u16::to_be_bytes), wide16),
            (utf32(b"\xff\xfe\0\0", u32::to_le_bytes), wide32),
            (utf32(b"\0\0\xfe\xff", u32::to_be_bytes), wide32),
            (utf32(b"", u32::to_le_bytes), wide32),
            (utf32(b"", u32::to_be_bytes), wide32),
        ] {
            assert_eq!(wrong(&sample), Some(format), "{}", sample.escape_ascii());
        }
    }

    #[test]
    fn an_access_log_is_one_whatever_stands_between_its_lines() {
        for log in [
            String::new(),
            HIT.to_owned(),
            format!("{HIT}\n"),
            format!("junk\n{HIT}\n{{\n{HIT}\n{HIT}"),
            format!("{HIT}\n{HIT}\n{}", &HIT[..20]),
        ] {
            assert_eq!(wrong(log.as_bytes()), None, "{log}");
        }
        // The hole that a rotation leaves.
        assert_eq!(
            wrong(&[vec![0; 100], format!("\n{HIT}\n{HIT}").into_bytes()].concat()),
            None
        );
    }
}
