//! The fields of many lines as columns of numbers: what all lines have of one kind lies side by side.
//!
//! MonetDB/X100 (Boncz, Zukowski and Nes, *Hyper-Pipelining Query Execution*, 2005) works so: on a few hundred rows
//! at a time, one short loop for each thing that is done, over columns that stay in the nearest cache. A loop over
//! one thing has few branches, and its turns do not wait for one another.
//!
//! Only a line of the usual shape is taken: `address - user [date] "GET /path?query HTTP/1.1" 200 5120 …`. What is
//! asked of it is enough for [`Hit::parse`](traffic::Hit::parse) to say the same; any other is *odd*, and left to
//! that.

use std::ops::Range;

use crate::index::{Index, SEEN};
use crate::words::{address, non_digits, number, word};

/// How many lines are taken together.
pub const BATCH: usize = 256;

/// The longest route that is taken.
pub const ROUTE_BYTES_MAX: usize = SEEN - 1;

/// As many bytes of a route are looked at together, whatever stands behind it.
pub const ROUTE_WINDOW: usize = 64;

/// A batch of lines.
#[derive(Debug)]
pub struct Columns {
    len: usize,
    /// IPv4 addresses, the first octet highest.
    pub clients: [u32; BATCH],
    /// Where the routes start.
    pub routes: [u32; BATCH],
    /// Their lengths.
    pub route_lens: [u8; BATCH],
    /// Whether the status was 500 or above: 1, or 0.
    pub errors: [u8; BATCH],
    /// The answers' sizes.
    pub sizes: [u32; BATCH],
}

/// One line of the usual shape.
struct Fields {
    client: u32,
    route: usize,
    route_len: usize,
    is_error: bool,
    size: u32,
}

impl Columns {
    /// No lines.
    pub fn new() -> Columns {
        Columns {
            len: 0,
            clients: [0; BATCH],
            routes: [0; BATCH],
            route_lens: [0; BATCH],
            errors: [0; BATCH],
            sizes: [0; BATCH],
        }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Takes the lines of these numbers, of which the first begins at `begin`, and says where the next one does; odd
    /// ones are handed over. Bytes behind the block may be looked at, and mean nothing.
    ///
    /// # Panics
    ///
    /// If they are more than a batch.
    #[inline(always)]
    pub fn take(
        &mut self,
        bytes: &[u8],
        index: &Index,
        begin: usize,
        lines: Range<usize>,
        mut odd: impl FnMut(Range<usize>),
    ) -> usize {
        let (mut begin, mut len) = (begin, 0);
        for &end in &index.line_ends()[lines] {
            let end = end as usize;
            match fields(bytes, index, begin, end) {
                Some(fields) => {
                    self.clients[len] = fields.client;
                    self.routes[len] = fields.route as u32;
                    self.route_lens[len] = fields.route_len as u8;
                    self.errors[len] = fields.is_error.into();
                    self.sizes[len] = fields.size;
                    len += 1;
                }
                None => odd(begin..end),
            }
            begin = end + 1;
        }
        self.len = len;
        begin
    }

    /// The route of a line: as many bytes from its first on as are looked at together, and its length.
    #[inline(always)]
    pub fn route<'a>(&self, bytes: &'a [u8], line: usize) -> (&'a [u8; ROUTE_WINDOW], usize) {
        let window = bytes[self.routes[line] as usize..].first_chunk();
        let window = window.expect("only such a line was taken");
        (window, self.route_lens[line].into())
    }
}

impl Default for Columns {
    fn default() -> Columns {
        Columns::new()
    }
}

/// The eight bytes of a text, the first one lowest.
const fn text(bytes: &[u8; 8]) -> u64 {
    u64::from_le_bytes(*bytes)
}

/// The fields of the line from `begin` to its newline; nothing if it is odd.
///
/// With an address and a request in it, all else is asked whatever the first answer was, and the answers together
/// decide: one branch that nearly always goes the same way.
#[inline(always)]
fn fields(bytes: &[u8], index: &Index, begin: usize, end: usize) -> Option<Fields> {
    let (client, _) = address(bytes, begin)?;
    let (open, close) = request(index, begin)?;
    if close >= end {
        return None;
    }
    // The date stands in front, so this is the request; and these are methods, so this is its path.
    let front = word(bytes, open.wrapping_sub(2))?;
    let is_short = front == text(b"] \"GET /");
    let is_long = (front == text(b"] \"POST ")) | (front == text(b"] \"HEAD "));
    let route = open + 5 + usize::from(is_long);
    let is_path = *bytes.get(route)? == b'/';
    // The version is the last word, with a digit's or a like sign's byte in front of the quote: that is not escaped.
    let version = word(bytes, close.wrapping_sub(9))?;
    let kept = text(b"\xff\xff\xff\xff\xff\xff\xf0\xff");
    let is_version = version & kept == text(b" HTTP/0.");
    let is_single = *bytes.get(close.wrapping_sub(10))? != b' ';
    let is_closed = *bytes.get(close.wrapping_sub(1))? & 0xf0 == b'0';
    let target_len = close.wrapping_sub(9).wrapping_sub(route);
    let path_ends = index.path_ends.from(route);
    let route_len = target_len.min(path_ends.trailing_zeros() as usize);
    let is_of_length = route_len.wrapping_sub(1) < ROUTE_BYTES_MAX;
    // Then a status, and a size: a number of up to seven digits, or a hyphen.
    let status = word(bytes, close + 1)?;
    let blanks = text(b"\xff\0\0\0\xff\0\0\0");
    let others =
        non_digits(status | !text(b"\0\xff\xff\xff\0\0\0\0")) & text(b"\0\x80\x80\x80\0\0\0\0");
    let is_status = (status & blanks == text(b" \0\0\0 \0\0\0")) & (others == 0);
    let size = word(bytes, close + 6)?;
    let size_len = non_digits(size).trailing_zeros() / 8;
    let behind = (size >> (8 * (size_len & 7))) as u8;
    let is_ended = (behind == b' ') | (behind == b'\n');
    let is_number = (size_len.wrapping_sub(1) < 7) & is_ended;
    let is_none =
        (size as u16 == u16::from_le_bytes(*b"- ")) | (size as u16 == u16::from_le_bytes(*b"-\n"));
    let is_usual = (is_short | is_long)
        & is_path
        & is_version
        & is_single
        & is_closed
        & (target_len <= end)
        & is_of_length
        & is_status
        & (is_number | is_none)
        & (route + ROUTE_WINDOW <= bytes.len());
    is_usual.then_some(Fields {
        client,
        route,
        route_len,
        is_error: (status >> 8) as u8 >= b'5',
        size: number(size, size_len),
    })
}

/// The first two quotes from a byte on, if they are not too far.
#[inline(always)]
fn request(index: &Index, begin: usize) -> Option<(usize, usize)> {
    let first = index.quotes.from(begin);
    let open = begin + first.trailing_zeros() as usize;
    let behind = open + 1;
    let near = index.quotes.from(behind);
    let far = index.quotes.from(behind + SEEN);
    let (near_at, far_at) = (
        near.trailing_zeros() as usize,
        far.trailing_zeros() as usize,
    );
    let at = if near != 0 { near_at } else { SEEN + far_at };
    ((first != 0) & (near | far != 0)).then_some((open, behind + at))
}
