//! Ranges: parts of the input that have an identity.
//!
//! A channel for an answer is an identity, too, but one of a connection: it dies with it. What is to be done
//! again elsewhere needs a name that outlives every connection, and here it is a number. The same input is
//! always cut into the same ranges.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use traffic::{Line, Place};

/// The bytes of lines at which a range is full, however few they are. With the longest line on top that is
/// what a message holds at most.
pub const RANGE_BYTES_MAX: usize = 4 << 20;

// ANCHOR: range
/// A part of the input, and what it is called. The same number is always the same lines.
#[derive(Clone, Debug)]
pub struct Range {
    /// Counted from 0 in the order of the input.
    pub number: u64,
    /// Its lines.
    pub part: Arc<Part>,
}

/// Leave to work on a range, once: which range, and the how-manieth leave of this run it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// The range's number.
    pub range: u64,
    /// The fencing token: no two leases have the same, and a later one has a larger.
    pub token: u64,
}

/// What a worker is given: a lease, and the lines that it is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Task {
    /// Comes back with the report.
    pub lease: Lease,
    /// The range's lines.
    #[serde(with = "shared")]
    pub part: Arc<Part>,
}
// ANCHOR_END: range

/// The lines of a range, which are all of one file. They travel as bytes, because a worker on another machine
/// has no such file, and a pipe has none at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    file: usize,
    /// How far each line starts behind the one before it; the first, behind the start of the file.
    steps: Vec<u64>,
    /// The lines, a newline behind each.
    #[serde(with = "serde_bytes")]
    text: Vec<u8>,
}

impl Part {
    /// How many lines it has.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The lines in order, each where it stood in the input.
    pub fn lines(&self) -> impl Iterator<Item = Line> {
        let mut offset = 0;
        let lines = self.text.split(|&byte| byte == b'\n').zip(&self.steps);
        lines.map(move |(bytes, step)| {
            offset += step;
            let file = self.file;
            Line {
                bytes: bytes.to_vec(),
                place: Place { file, offset },
                due: None,
            }
        })
    }
}

/// Cuts lines into ranges.
#[derive(Debug)]
pub struct Cutter {
    lines_max: usize,
    number: u64,
    part: Part,
    /// Where the last line starts.
    last: u64,
}

impl Cutter {
    /// Cuts into ranges of so many lines.
    pub fn new(lines_max: usize) -> Cutter {
        let part = Part::default();
        Cutter {
            lines_max,
            number: 0,
            part,
            last: 0,
        }
    }

    /// Adds a line, and gives the ranges that are whole: one that it has filled, or one that it does not
    /// belong to because another file begins.
    pub fn push(&mut self, line: &Line) -> [Option<Range>; 2] {
        let before = (line.place.file != self.part.file)
            .then(|| self.rest())
            .flatten();
        self.part.file = line.place.file;
        self.part.steps.push(line.place.offset - self.last);
        self.last = line.place.offset;
        self.part.text.extend_from_slice(&line.bytes);
        self.part.text.push(b'\n');
        let is_full = self.part.len() >= self.lines_max || self.part.text.len() >= RANGE_BYTES_MAX;
        [before, is_full.then(|| self.rest()).flatten()]
    }

    /// The range that is not full yet, if it has lines.
    pub fn rest(&mut self) -> Option<Range> {
        self.last = 0;
        let empty = Part {
            file: self.part.file,
            ..Part::default()
        };
        let part = std::mem::replace(&mut self.part, empty);
        let number = self.number;
        (!part.is_empty()).then(|| {
            self.number += 1;
            let part = Arc::new(part);
            Range { number, part }
        })
    }
}

/// A part that is shared here is one of its own elsewhere.
mod shared {
    use super::{Arc, Deserialize, Part, Serialize};

    pub fn serialize<S: serde::Serializer>(part: &Arc<Part>, to: S) -> Result<S::Ok, S::Error> {
        Part::serialize(part, to)
    }

    pub fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Arc<Part>, D::Error> {
        Part::deserialize(from).map(Arc::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(file: usize, offset: u64, text: &str) -> Line {
        Line {
            bytes: text.as_bytes().to_vec(),
            place: Place { file, offset },
            due: None,
        }
    }

    fn cut(lines: &[Line], lines_max: usize) -> Vec<Range> {
        let mut cutter = Cutter::new(lines_max);
        let pushed = lines.iter().flat_map(|line| cutter.push(line));
        let mut ranges: Vec<Range> = pushed.flatten().collect();
        ranges.extend(cutter.rest());
        ranges
    }

    #[test]
    fn every_line_is_in_one_range_and_stands_where_it_stood() {
        let lines = [
            line(0, 0, "a"),
            line(0, 2, ""),
            line(0, 3, "\r"),
            line(2, 7, "b"),
            line(2, 9_000_000_000, "c"),
        ];
        for lines_max in 1..7 {
            let ranges = cut(&lines, lines_max);
            let out: Vec<Line> = ranges.iter().flat_map(|range| range.part.lines()).collect();
            assert_eq!(out, lines, "{lines_max}");
            for (number, range) in ranges.iter().enumerate() {
                assert_eq!(range.number, number as u64);
                assert!((1..=lines_max).contains(&range.part.len()));
            }
        }
        let lengths = |lines_max| -> Vec<usize> {
            let ranges = cut(&lines, lines_max);
            ranges.iter().map(|range| range.part.len()).collect()
        };
        assert_eq!(lengths(2), [2, 1, 2]);
        assert_eq!(lengths(9), [3, 2]);
        assert!(cut(&[], 3).is_empty());
    }

    #[test]
    fn a_range_is_full_of_bytes_too() {
        let long = "x".repeat(RANGE_BYTES_MAX / 2);
        let lines = [line(0, 0, &long), line(0, 1, &long), line(0, 2, "a")];
        let ranges = cut(&lines, 9);
        assert_eq!((ranges.len(), ranges[0].part.len()), (2, 2));
    }
}
