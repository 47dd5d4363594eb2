//! What is counted in a simulation, and what the count must be.

use traffic::generator::{Generator, Workload};
use traffic::oracle::Oracle;
use traffic::{Line, Place, Row};

use crate::ranges::{Cutter, Range};

/// A log in ranges, and its report.
#[derive(Clone, Debug)]
pub struct Log {
    /// All lines, in ranges.
    pub ranges: Vec<Range>,
    /// How many lines there are.
    pub lines: u64,
    /// What is in them, as counted by code that shares nothing with n03.
    pub rows: Vec<Row>,
}

impl Log {
    /// A log of so many ranges with so many lines each.
    pub fn new(ranges: usize, range_lines: usize) -> Log {
        let mut generator = Generator::new(Workload::Steady, 1);
        let (mut text, mut cutter, mut cut) = (Vec::new(), Cutter::new(range_lines), Vec::new());
        for _ in 0..ranges * range_lines {
            let start = text.len();
            generator.next_line(&mut text);
            let bytes = text[start..].trim_ascii_end().to_vec();
            let place = Place {
                file: 0,
                offset: start as u64,
            };
            let line = Line {
                bytes,
                place,
                due: None,
            };
            cut.extend(cutter.push(&line).into_iter().flatten());
        }
        cut.extend(cutter.rest());
        let oracle = Oracle::of(&[&text]);
        Log {
            ranges: cut,
            lines: oracle.lines(),
            rows: oracle.rows(),
        }
    }
}
