//! One line of an access log, taken apart without copying.
//!
//! Common Log Format, Combined, and anything that only adds fields behind them. Real logs are messy,
//! so the parser is on bytes and asks for no more than the report needs: the client before the first
//! space, the first quoted field, the status and the size behind it. The date is not looked at.

use std::time::Instant;

use memchr::{memchr, memchr2, memchr3};

/// What the report wants to know of one request, borrowed from its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<'a> {
    /// Everything before the first space: an address or a host name, unchecked.
    pub client: &'a [u8],
    /// The target's path, or `-` when the request was not one. Neither decoded nor UTF-8.
    pub route: &'a [u8],
    /// Three digits, `000` to `999`.
    pub status: u16,
    /// The size of the answer; 0 where the log has `-`.
    pub bytes: u64,
}

/// A hit that owns its text, so that it can travel to another thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitBuf {
    /// The client, unchecked.
    pub client: Vec<u8>,
    /// The path, or `-`.
    pub route: Vec<u8>,
    /// Three digits.
    pub status: u16,
    /// The size of the answer.
    pub bytes: u64,
    /// When its line arrived, if the input has a pace.
    pub due: Option<Instant>,
}

/// Why a line is not a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Nothing before the first space, or no space at all.
    #[error("no client")]
    Client,
    /// No quoted field, or one that never ends.
    #[error("no closed quoted request")]
    Request,
    /// Behind the request there are not exactly three digits.
    #[error("no three-digit status after the request")]
    Status,
    /// Behind the status there is neither `-` nor a number of 64 bits.
    #[error("no size after the status")]
    Size,
}

impl<'a> Hit<'a> {
    /// Parses one line, given without its line ending.
    ///
    /// # Errors
    ///
    /// [`Malformed`] says which part is missing; an empty line lacks its client.
    ///
    /// # Examples
    ///
    /// ```
    /// let line = br#"8.8.8.8 - - [10/Oct/2000:13:55:36 -0700] "GET /a?b HTTP/1.0" 200 2326"#;
    /// let hit = traffic::Hit::parse(line).unwrap();
    /// assert_eq!(hit.client, b"8.8.8.8");
    /// assert_eq!(hit.route, b"/a");
    /// assert_eq!((hit.status, hit.bytes), (200, 2326));
    /// ```
    pub fn parse(line: &'a [u8]) -> Result<Hit<'a>, Malformed> {
        let client_end = memchr(b' ', line).ok_or(Malformed::Client)?;
        if client_end == 0 {
            return Err(Malformed::Client);
        }
        let (request, rest) = quoted(&line[client_end..]).ok_or(Malformed::Request)?;
        let (status, rest) = status(rest).ok_or(Malformed::Status)?;
        Ok(Hit {
            client: &line[..client_end],
            route: route(request),
            status,
            bytes: size(rest).ok_or(Malformed::Size)?,
        })
    }
}

impl Hit<'_> {
    /// The same hit with text of its own.
    pub fn to_buf(&self, due: Option<Instant>) -> HitBuf {
        HitBuf {
            client: self.client.to_vec(),
            route: self.route.to_vec(),
            status: self.status,
            bytes: self.bytes,
            due,
        }
    }
}

impl HitBuf {
    /// The same hit, borrowed.
    pub fn as_hit(&self) -> Hit<'_> {
        Hit {
            client: &self.client,
            route: &self.route,
            status: self.status,
            bytes: self.bytes,
        }
    }
}

/// The first quoted field and what follows it. A field starts behind a space, so a quote inside an
/// unquoted user name starts none.
fn quoted(mut rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut from = 0;
    loop {
        let open = from + memchr(b'"', &rest[from..])?;
        from = open + 1;
        if open == 0 || rest[open - 1] != b' ' {
            continue;
        }
        let field = &rest[from..];
        let close = closing_quote(field)?;
        let after = &field[close + 1..];
        // Apache writes an empty user name as `""`: a quoted field with the date behind it.
        if close == 0 && after.starts_with(b" [") {
            (rest, from) = (after, 0);
            continue;
        }
        return Some((&field[..close], after));
    }
}

/// Where the field ends: the first quote that no backslash escapes.
fn closing_quote(field: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr2(b'"', b'\\', field.get(from..)?)?;
        if field[at] == b'"' {
            return Some(at);
        }
        from = at + 2; // the backslash and whatever it escapes
    }
}

/// Exactly three digits behind at least one space, and what follows them.
fn status(rest: &[u8]) -> Option<(u16, &[u8])> {
    if !rest.starts_with(b" ") {
        return None;
    }
    let &[a, b, c, ref rest @ ..] = skip_spaces(rest) else {
        return None;
    };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
    let status = digit(a)? * 100 + digit(b)? * 10 + digit(c)?;
    ends_a_word(rest).then_some((status, rest))
}

/// `-` for nothing, or a decimal number that fits 64 bits.
fn size(rest: &[u8]) -> Option<u64> {
    let word = skip_spaces(rest);
    let digits = word.iter().map(|byte| byte.wrapping_sub(b'0'));
    let (mut size, mut len) = (0_u64, 0);
    for digit in digits.take_while(|digit| *digit < 10) {
        size = size.checked_mul(10)?.checked_add(digit.into())?;
        len += 1;
    }
    if len == 0 {
        len = usize::from(word.starts_with(b"-"));
    }
    (len > 0 && ends_a_word(&word[len..])).then_some(size)
}

fn ends_a_word(rest: &[u8]) -> bool {
    matches!(rest, [] | [b' ', ..])
}

fn skip_spaces(text: &[u8]) -> &[u8] {
    match text {
        [b' ', b' ', ..] => {
            let spaces = text.iter().take_while(|byte| **byte == b' ').count();
            &text[spaces..]
        }
        [b' ', rest @ ..] => rest, // nearly always
        _ => text,
    }
}

/// The path that a request asks for: `METHOD target [version]`, or `-` for anything else.
fn route(request: &[u8]) -> &[u8] {
    path(request).unwrap_or(b"-")
}

/// The path in the target of a request, without query string and fragment, neither decoded nor case-folded.
fn path(request: &[u8]) -> Option<&[u8]> {
    let request = skip_spaces(request);
    // Methods are short: a loop is done before a search has begun.
    let method_end = request
        .iter()
        .position(|byte| !byte.is_ascii_alphabetic())?;
    let (method, behind) = request.split_at(method_end);
    if method.is_empty() || behind[0] != b' ' {
        return None;
    }
    let target = skip_spaces(behind);
    let path_end = memchr3(b' ', b'?', b'#', target).unwrap_or(target.len());
    let (path, behind) = target.split_at(path_end);
    let version = &behind[memchr(b' ', behind).unwrap_or(behind.len())..];
    if target.is_empty() || !is_at_most_a_word(version) {
        return None;
    }
    match without_authority(path) {
        b"" => Some(b"/"),
        path => Some(path),
    }
}

fn is_at_most_a_word(text: &[u8]) -> bool {
    let word = skip_spaces(text);
    word == b"HTTP/1.1" // nearly all of them
        || skip_spaces(&word[memchr(b' ', word).unwrap_or(word.len())..]).is_empty()
}

/// `http://host/a` is `/a`; a target that is not in absolute form is itself.
fn without_authority(target: &[u8]) -> &[u8] {
    if target.first() == Some(&b'/') {
        return target; // nearly all of them
    }
    let Some(colon) = memchr(b':', target) else {
        return target;
    };
    let scheme = &target[..colon];
    let is_scheme = scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte));
    match target[colon..].strip_prefix(b"://") {
        Some(rest) if is_scheme => &rest[memchr(b'/', rest).unwrap_or(rest.len())..],
        _ => target,
    }
}

#[cfg(test)]
mod tests;
