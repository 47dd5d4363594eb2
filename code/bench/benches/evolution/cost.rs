//! The competent single thread of the COST paper: what one core does when no directory has to be asked.
//!
//! McSherry, Isard, Murray, *Scalability! But at what COST?* (HotOS 2015): how many workers does a
//! system need to beat one plain thread? This one has the directory's table in its own memory, which
//! no step of the first half has; it is the line that all of them are measured against.

use traffic::directory::{Directory, Table};
use traffic::{Error, Hit, Input, Meter, Plan, Report};

/// Reports who asks for what.
pub fn run(
    input: &Input,
    _directory: &Directory,
    _plan: &Plan,
    _meter: &Meter,
) -> Result<Report, Error> {
    let table = Table::iana();
    let mut report = Report::new();
    for line in input.lines() {
        let line = line?;
        match Hit::parse(&line.bytes) {
            Ok(hit) => report.count(&Ok(table.lookup(hit.client)), &hit),
            Err(why) => report.malformed(&line, why),
        }
    }
    Ok(report)
}
