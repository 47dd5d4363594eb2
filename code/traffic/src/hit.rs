//! One line of an access log, taken apart without copying.
//!
//! Common Log Format, Combined, and anything that only adds fields behind them. Real logs are messy,
//! so the parser is on bytes and asks for no more than the report needs: the client in front, the quoted
//! request behind the date, the status and the size behind that. Fields are apart by spaces or tabs. The
//! date itself is not looked at, and may be missing.

mod client;
mod request;

use std::time::Instant;

use memchr::memchr2;

/// What the report wants to know of one request, borrowed from its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The address that asked, without port, brackets and zone; a host name or any other text where the line
    /// has no address.
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
    /// The client's address, or another text.
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
    /// Nothing before the first blank, or no blank at all.
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
        let (client, rest) = client::split(line).ok_or(Malformed::Client)?;
        let (request, rest) = request::split(rest).ok_or(Malformed::Request)?;
        let (status, bytes) = answer(rest)?;
        Ok(Hit {
            client,
            route: request::route(request),
            status,
            bytes,
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

/// The status and the size that follow a request.
fn answer(rest: &[u8]) -> Result<(u16, u64), Malformed> {
    let (status, rest) = status(rest).ok_or(Malformed::Status)?;
    Ok((status, size(rest).ok_or(Malformed::Size)?))
}

/// Exactly three digits behind at least one blank, and what follows them.
fn status(rest: &[u8]) -> Option<(u16, &[u8])> {
    if !starts_with_blank(rest) {
        return None;
    }
    let &[a, b, c, ref rest @ ..] = skip_blanks(rest) else {
        return None;
    };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
    let status = digit(a)? * 100 + digit(b)? * 10 + digit(c)?;
    ends_a_word(rest).then_some((status, rest))
}

/// `-` for nothing, or a decimal number that fits 64 bits.
fn size(rest: &[u8]) -> Option<u64> {
    let word = skip_blanks(rest);
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
    rest.is_empty() || starts_with_blank(rest)
}

fn starts_with_blank(text: &[u8]) -> bool {
    matches!(text, [b' ' | b'\t', ..])
}

/// The text from its first byte that is no blank on. Nearly always there is one blank.
fn skip_blanks(text: &[u8]) -> &[u8] {
    match text {
        [b' ', rest @ ..] if !starts_with_blank(rest) => rest,
        _ => {
            let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
            &text[text.iter().take_while(is_blank).count()..]
        }
    }
}

/// The first word and what follows it, beginning with a blank; all of the text if it has none.
fn split_word(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(memchr2(b' ', b'\t', text).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests;
