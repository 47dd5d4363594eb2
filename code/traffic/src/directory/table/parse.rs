//! From CSV text to a table.
//!
//! Tables come from many vendors, so the form is generous (headers, quotes, byte order marks, line
//! ends, order, further columns) and the content is strict: a range that is wrong is an error with
//! its line, because a report from half a table looks just like a report from a whole one.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::net::IpAddr;
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder, Terminator};

use super::Table;
use super::address::parse_ip;
use super::ranges::{Range, Ranges};
use crate::directory::limits::HOLDER_BYTES_MAX;
use crate::encoding::wide;
use crate::packed::unpacked;
use crate::{Error, Holder};

/// As much of a field as an error repeats, in bytes.
const QUOTED_BYTES_MAX: usize = 60;

/// As much of a table's beginning as its separator is told by, in bytes.
const HEAD_BYTES: u64 = 4096;

impl Table {
    /// Reads a table from a file of `first,last,holder` rows, which gzip may have packed.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is not such a table (see [`Table::parse`]).
    pub fn read(path: &Path) -> Result<Table, Error> {
        let failed = |source| Error::Read {
            path: path.to_owned(),
            source,
        };
        let file = BufReader::new(File::open(path).map_err(failed)?);
        let name = path.display().to_string();
        Table::parse(&name, unpacked(path, "/dev/stdin", file)?)
    }

    /// Reads a table from CSV text; `name` stands for it in errors.
    ///
    /// A row is `first,last,holder`, and further columns are ignored. Tabs or semicolons may stand for the
    /// commas, as spreadsheets write them. Addresses are IPv4, IPv6 or, as some vendors write IPv4, plain
    /// integers. Rows may stand in any order, and the first may be a header. A row without a holder's name
    /// covers its range with the holder `unknown`.
    ///
    /// # Errors
    ///
    /// A row that is too short, whose addresses are none, are of two families or are reversed; two
    /// rows that overlap; a quote that is not closed; no row at all; a text in UTF-16 or UTF-32; a failure of `input` itself.
    pub fn parse(name: &str, mut input: impl Read) -> Result<Table, Error> {
        let wrong = |line, problem| Error::Table {
            name: name.to_owned(),
            line,
            problem,
        };
        let mut head = Vec::new();
        let read = (&mut input).take(HEAD_BYTES).read_to_end(&mut head);
        read.map_err(|error| unreadable(name, error))?;
        if let Some(wide) = wide(&head) {
            let problem = format!("it is {wide}, which {} turns into a table", wide.pipe());
            return Err(wrong(1, problem));
        }
        let mut reader = ReaderBuilder::new()
            .buffer_capacity(64 * 1024)
            .has_headers(false)
            .flexible(true)
            .delimiter(separator(&head))
            // The reader's own CRLF mode stops before the LF and then counts lines one too low. Here a
            // CR is part of the last field, and is trimmed from it with the other white space.
            .terminator(Terminator::Any(b'\n'))
            // The added line end makes every row end with one; an empty line is no row.
            .from_reader(head.chain(input).chain(&b"\n"[..]));
        let mut rows = Rows::default();
        let mut record = ByteRecord::new();
        let mut is_first = true;
        let mut begins = reader.position().line();
        let mut unclosed = None;
        while reader
            .read_byte_record(&mut record)
            .map_err(|error| unreadable(name, error.into()))?
        {
            if record.iter().all(|field| field.trim_ascii().is_empty()) {
                continue;
            }
            let is_header = std::mem::take(&mut is_first) && looks_like_header(&record);
            if is_header {
                continue;
            }
            // The reader stands behind the row's line end. (Its position of a row's start would be
            // that of the empty lines before it.)
            let line = reader.position().line() - 1;
            unclosed = record
                .iter()
                .next_back()
                .is_some_and(|field| field.ends_with(b"\n"))
                .then_some(begins);
            begins = line + 1;
            rows.add(&record, line)
                .map_err(|problem| wrong(line, problem))?;
        }
        // The line end that was added became part of a name.
        if let Some(line) = unclosed {
            return Err(wrong(line, "a quote is not closed".to_owned()));
        }
        rows.into_table(name)
    }
}

/// What stands between the columns: of the first row that has any, what there is enough of for three.
fn separator(head: &[u8]) -> u8 {
    let mut lines = head.split(|&byte| byte == b'\n');
    let first = lines.find(|line| !line.trim_ascii().is_empty());
    let has_columns = |separator: &u8| {
        let found = first
            .unwrap_or_default()
            .iter()
            .filter(|&byte| byte == separator);
        found.count() >= 2
    };
    [b',', b'\t', b';']
        .into_iter()
        .find(has_columns)
        .unwrap_or(b',')
}

/// What has been read so far.
#[derive(Default)]
struct Rows {
    v4: Vec<Range<u32>>,
    v6: Vec<Range<u128>>,
    holders: Vec<Holder>,
    /// The numbers of the holders, by their names as the file spells them.
    numbers: HashMap<Vec<u8>, u32>,
}

impl Rows {
    fn add(&mut self, record: &ByteRecord, line: u64) -> Result<(), String> {
        let (Some(first), Some(last), Some(name)) = (record.get(0), record.get(1), record.get(2))
        else {
            let columns = record.len();
            let s = if columns == 1 { "" } else { "s" };
            return Err(format!(
                "expected first,last,holder but found {columns} column{s}"
            ));
        };
        let (first, last) = (address(first)?, address(last)?);
        let holder = self.holder(name)?;
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        match (first.to_canonical(), last.to_canonical(), first, last) {
            (IpAddr::V4(first), IpAddr::V4(last), _, _) => {
                in_order(first, last)?;
                let (first, last) = (first.to_bits(), last.to_bits());
                self.v4.push(Range {
                    first,
                    last,
                    holder,
                    line,
                });
            }
            (_, _, IpAddr::V6(first), IpAddr::V6(last)) => {
                in_order(first, last)?;
                let (first, last) = (first.to_bits(), last.to_bits());
                self.v6.push(Range {
                    first,
                    last,
                    holder,
                    line,
                });
            }
            _ => {
                return Err(format!(
                    "{first} and {last} are not of the same address family"
                ));
            }
        }
        Ok(())
    }

    /// The number of the holder with this name.
    fn holder(&mut self, name: &[u8]) -> Result<u32, String> {
        if let Some(&number) = self.numbers.get(name) {
            return Ok(number);
        }
        let clean = String::from_utf8_lossy(name).replace(char::is_control, " ");
        let clean = match clean.trim() {
            "" => "unknown",
            name => name,
        };
        if clean.len() > HOLDER_BYTES_MAX {
            return Err(format!(
                "the holder's name is longer than {HOLDER_BYTES_MAX} bytes"
            ));
        }
        let number = u32::try_from(self.holders.len()).map_err(|_| "too many holders")?;
        self.holders.push(Holder::new(clean));
        self.numbers.insert(name.to_vec(), number);
        Ok(number)
    }

    fn into_table(self, name: &str) -> Result<Table, Error> {
        if self.v4.is_empty() && self.v6.is_empty() {
            return Err(Error::EmptyTable {
                name: name.to_owned(),
            });
        }
        let overlapping = |overlap: super::ranges::Overlap| Error::Table {
            name: name.to_owned(),
            line: overlap.later.into(),
            problem: format!("the range overlaps that of line {}", overlap.earlier),
        };
        let mut holders = self.holders;
        holders.push(Holder::unknown());
        Ok(Table {
            version: 1,
            holders,
            v4: Ranges::new(self.v4).map_err(overlapping)?,
            v6: Ranges::new(self.v6).map_err(overlapping)?,
        })
    }
}

/// A first row is a header if neither its first nor its second field is an address; one that is
/// half right is a mistake.
fn looks_like_header(record: &ByteRecord) -> bool {
    record.iter().take(2).all(|field| address(field).is_err())
}

/// The address that a field is: IPv4, IPv6, or IPv4 as an integer.
fn address(field: &[u8]) -> Result<IpAddr, String> {
    let field = field.trim_ascii();
    if let Some(address) = parse_ip(field) {
        return Ok(address);
    }
    let is_integer = !field.is_empty() && field.iter().all(u8::is_ascii_digit);
    let integer = std::str::from_utf8(field).ok().filter(|_| is_integer);
    if let Some(bits) = integer.and_then(|digits| digits.parse::<u32>().ok()) {
        return Ok(IpAddr::V4(bits.into()));
    }
    let shown = String::from_utf8_lossy(&field[..field.len().min(QUOTED_BYTES_MAX)]);
    Err(format!("`{}` is not an IP address", shown.escape_debug()))
}

fn in_order<A: Ord + std::fmt::Display>(first: A, last: A) -> Result<(), String> {
    if first <= last {
        Ok(())
    } else {
        Err(format!("the range is reversed: {first} comes after {last}"))
    }
}

fn unreadable(name: &str, source: std::io::Error) -> Error {
    Error::Read {
        path: name.into(),
        source,
    }
}
