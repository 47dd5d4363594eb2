//! The seeded generator of access-log lines: the same workload and seed give the same bytes on
//! every machine.
//!
//! What makes that true: integer arithmetic only (floating-point functions differ between
//! platforms and builds), one generator named in the contract (ChaCha with eight rounds), no
//! iteration over a hash map, and no look at the number of lines asked for. The last has a use of
//! its own: a shorter log is the beginning of the longer one, so a measurement on a part is a
//! measurement on a part of the same thing.
//!
//! What is left out: sessions, and any relation between a visitor's pages. The steps count hits by
//! holder and route, and neither would change an answer.

use std::io::{self, Write};

mod clients;
mod clock;
mod decimal;
mod dice;
mod flash;
mod messy;
mod routes;
mod site;
mod skew;
mod statuses;
#[cfg(test)]
mod tests;
mod vocabulary;
mod workload;
mod zipf;

use site::{Site, Visit};
pub use workload::{UnknownWorkload, Workload};

/// Lines between two writes, and two calls of `progress`: some 800 KiB at a time, written in well
/// under a hundredth of a second, so a caller can stop promptly.
const LINES_A_WRITE: u64 = 4096;

/// An endless access log.
///
/// # Examples
///
/// ```
/// use traffic::generator::{Generator, Workload};
///
/// let mut log = Vec::new();
/// Generator::new(Workload::Steady, 1).next_line(&mut log);
/// assert_eq!(log.last(), Some(&b'\n'));
/// ```
pub struct Generator {
    workload: Workload,
    /// The number of the next line, counted from 0.
    line: u64,
    site: Site,
    crowds: flash::Crowds,
}

impl Generator {
    /// The log that this workload and seed name, from its first line.
    pub fn new(workload: Workload, seed: u64) -> Generator {
        Generator {
            workload,
            line: 0,
            site: Site::new(workload, seed),
            crowds: flash::Crowds::new(),
        }
    }

    /// Appends the next line with its line ending to `out`.
    pub fn next_line(&mut self, out: &mut Vec<u8>) {
        let (site, line) = (&mut self.site, self.line);
        self.line += 1;
        match self.workload {
            Workload::Steady | Workload::Wide => {
                let visit = site.visit();
                site.line(visit, out);
            }
            Workload::Cold => {
                let visit = Visit {
                    client: line as u32,
                    ..site.visit()
                };
                site.line(visit, out);
            }
            Workload::Flash => self.crowds.line(line, site, out),
            Workload::Skew => skew::line(line, site, out),
            // It chooses its own line endings.
            Workload::Messy => return messy::line(line, site, out),
        }
        out.push(b'\n');
    }
}

/// Writes the first `lines` lines of a log to `out`, and returns how many it wrote.
///
/// `progress` is told the lines written so far, every few thousand lines and at the end; when it
/// returns `false` the log ends there.
///
/// # Errors
///
/// What `out` refused.
pub fn write_log(
    workload: Workload,
    seed: u64,
    lines: u64,
    out: &mut impl Write,
    progress: &mut dyn FnMut(u64) -> bool,
) -> io::Result<u64> {
    let mut generator = Generator::new(workload, seed);
    let mut buffer = Vec::new();
    let mut written = 0;
    while written < lines {
        let batch = LINES_A_WRITE.min(lines - written);
        buffer.clear();
        for _ in 0..batch {
            generator.next_line(&mut buffer);
        }
        out.write_all(&buffer)?;
        written += batch;
        if !progress(written) {
            break;
        }
    }
    out.flush()?;
    Ok(written)
}
