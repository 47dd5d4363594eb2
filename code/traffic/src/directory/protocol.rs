//! The language of the directory: one query a line, one answer a line.
//!
//! Lines end with `\n`; a `\r` before it is tolerated. A **key** is a client's address or host name:
//! 1 to 255 bytes of visible ASCII that do not start with a hyphen (see [`is_key`]).
//!
//! | query | answer |
//! |---|---|
//! | `get KEY` | `KEY HOLDER` |
//! | `KEY` | the same, for people with netcat; our client never sends it, as a host may be called `table` |
//! | `range KEY` | `KEY FIRST LAST HOLDER`: so far the answer holds; `-` and `-` for the key alone |
//! | `bulk KEY KEY ...` | `KEY HOLDER` for each key in that order, after one delay |
//! | `table` | `table VERSION ROWS`, then so many lines `first,last,holder` in CSV |
//! | `version` | `version VERSION`: what `table` would say, without the table |
//! | anything else | `-ERR` and a sentence |
//!
//! The holder is the rest of the line and may contain spaces. A key that the table does not cover
//! has the holder `unknown`. Answers on one connection may overtake one another: the key in front
//! says whose answer it is, and lets a client recognise what is no answer at all. The lines of one
//! `bulk` or `table` answer stay together.
//!
//! A **range** is how far an answer holds: every address from FIRST to LAST has this holder, those two
//! included. It is of the key's family, where an IPv6 address that wraps an IPv4 one counts as that,
//! and it contains the key. A gap of the table is a range, too, with the holder `unknown`. A key that
//! is no address has an answer for itself only: FIRST and LAST are `-`. It is what DNS does for
//! answers that depend on the asker's address (RFC 7871): they carry the length of the prefix that
//! they hold for, and a resolver may reuse them within it.
//!
//! Here is only the encoding, without input or output, for clients that block and for others.

use std::io::{self, Write};

use super::limits::{BULK_KEYS_MAX, HOLDER_BYTES_MAX, KEY_BYTES_MAX, QUERY_BYTES_MAX, ROWS_MAX};
use super::table::Row;

/// The query for the whole table.
pub const TABLE_QUERY: &[u8] = b"table\n";

/// The query for the table's version.
pub const VERSION_QUERY: &[u8] = b"version\n";

/// A query as it stands in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Query<'a> {
    /// The holder of one key.
    Get(&'a [u8]),
    /// The holder of one key, and how far that answer holds.
    Range(&'a [u8]),
    /// The holders of several keys: the rest of the line, to be taken apart by [`keys`].
    Bulk(&'a [u8]),
    /// The whole table.
    Table,
    /// The table's version.
    Version,
}

/// Whether these bytes could be an address or a host name.
///
/// What could not is never sent: the directory would answer `unknown`, so the client does. No host
/// name starts with a hyphen, but error lines do.
pub fn is_key(bytes: &[u8]) -> bool {
    (1..=KEY_BYTES_MAX).contains(&bytes.len())
        && bytes[0] != b'-'
        && bytes.iter().all(u8::is_ascii_graphic)
}

/// Understands a line without its line end.
///
/// # Errors
///
/// The sentence to answer after `-ERR`.
pub fn decode_query(line: &[u8]) -> Result<Query<'_>, &'static str> {
    let line = line.trim_ascii();
    let (word, rest) = match line.iter().position(|&byte| byte == b' ') {
        Some(space) => (&line[..space], line[space..].trim_ascii_start()),
        None if line == b"table" => return Ok(Query::Table),
        None if line == b"version" => return Ok(Query::Version),
        None if is_key(line) => return Ok(Query::Get(line)),
        None => {
            return Err(
                "expected get KEY, range KEY, bulk KEY KEY ..., table, version, or a key alone",
            );
        }
    };
    match word {
        b"get" if is_key(rest) => Ok(Query::Get(rest)),
        b"range" if is_key(rest) => Ok(Query::Range(rest)),
        b"get" | b"range" => Err("not a key: 1 to 255 bytes of visible ASCII, no hyphen in front"),
        b"bulk" if keys(rest).count() > BULK_KEYS_MAX => Err("more than 4096 keys"),
        b"bulk" if keys(rest).all(is_key) => Ok(Query::Bulk(rest)),
        b"bulk" => Err("not all keys: 1 to 255 bytes of visible ASCII, no hyphen in front"),
        _ => Err("expected get KEY, range KEY, bulk KEY KEY ..., table, version, or a key alone"),
    }
}

/// The keys of a bulk query.
pub fn keys(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    list.split(|&byte| byte == b' ')
        .filter(|key| !key.is_empty())
}

/// Puts the query for one key into `line`.
pub fn encode_get(key: &[u8], line: &mut Vec<u8>) {
    line.clear();
    line.extend_from_slice(b"get ");
    line.extend_from_slice(key);
    line.push(b'\n');
}

/// Puts the query for one key and how far its answer holds into `line`.
pub fn encode_range(key: &[u8], line: &mut Vec<u8>) {
    line.clear();
    line.extend_from_slice(b"range ");
    line.extend_from_slice(key);
    line.push(b'\n');
}

/// Puts a bulk query for the first of the keys into `line`, as many as fit, and says how many.
pub fn encode_bulk<'a>(keys: impl Iterator<Item = &'a [u8]>, line: &mut Vec<u8>) -> usize {
    line.clear();
    line.extend_from_slice(b"bulk");
    let mut count = 0;
    for key in keys.take(BULK_KEYS_MAX) {
        if line.len() + 1 + key.len() > QUERY_BYTES_MAX {
            break;
        }
        line.push(b' ');
        line.extend_from_slice(key);
        count += 1;
    }
    line.push(b'\n');
    count
}

/// Writes the answer to one key.
pub fn encode_answer(out: &mut impl Write, key: &[u8], holder: &str) -> io::Result<()> {
    out.write_all(key)?;
    out.write_all(b" ")?;
    out.write_all(holder.as_bytes())?;
    out.write_all(b"\n")
}

/// The holder in an answer line, if the line is an answer to this key.
pub fn decode_answer<'a>(line: &'a [u8], key: &[u8]) -> Option<&'a str> {
    decode_holder(line.strip_prefix(key)?.strip_prefix(b" ")?)
}

/// A holder as it ends an answer line, if it can be one.
pub fn decode_holder(bytes: &[u8]) -> Option<&str> {
    let holder = std::str::from_utf8(bytes).ok()?;
    let is_name = (1..=HOLDER_BYTES_MAX).contains(&holder.len());
    (is_name && !holder.contains(char::is_control)).then_some(holder)
}

/// Writes the answer to a line that is no query.
pub fn encode_error(out: &mut impl Write, sentence: &str) -> io::Result<()> {
    writeln!(out, "-ERR {sentence}")
}

/// Writes the line in front of a table.
pub fn encode_table_head(out: &mut impl Write, version: u64, rows: usize) -> io::Result<()> {
    writeln!(out, "table {version} {rows}")
}

/// The version and the number of rows in the line in front of a table.
pub fn decode_table_head(line: &[u8]) -> Option<(u64, u64)> {
    let line = std::str::from_utf8(line).ok()?.strip_prefix("table ")?;
    let (version, rows) = line.split_once(' ')?;
    Some((
        version.parse().ok()?,
        rows.parse().ok().filter(|&rows| rows <= ROWS_MAX)?,
    ))
}

/// Writes the table's version.
pub fn encode_version(out: &mut impl Write, version: u64) -> io::Result<()> {
    writeln!(out, "version {version}")
}

/// The version in an answer line.
pub fn decode_version(line: &[u8]) -> Option<u64> {
    let line = std::str::from_utf8(line).ok()?;
    line.strip_prefix("version ")?.parse().ok()
}

/// Writes one row of a table.
pub fn encode_row(out: &mut impl Write, row: Row<'_>) -> io::Result<()> {
    write!(out, "{},{},", row.first, row.last)?;
    let holder = row.holder.as_str();
    // A name has no line ends, so only these two need quotes around it.
    if holder.contains(['"', ',']) {
        writeln!(out, "\"{}\"", holder.replace('"', "\"\""))
    } else {
        writeln!(out, "{holder}")
    }
}
