//! One line of an access log, taken apart without copying.
//!
//! Common Log Format, Combined, and anything that only adds fields behind them. Real logs are messy,
//! so the parser is on bytes and asks for no more than the report needs: the client in front, the quoted
//! request behind the date, the status and the size behind that. Fields are apart by spaces or tabs. The
//! date itself is not looked at, and may be missing.

mod answer;
mod blanks;
mod client;
mod malformed;
mod request;

use std::time::Instant;

pub use malformed::Malformed;

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
        let (status, bytes) = answer::parse(rest)?;
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

#[cfg(test)]
mod tests;
