//! Ranges: the cache remembers how far an answer holds, and asks once for all who have it in common.
//!
//! Nothing expires. A lookup that failed is not an answer, and is not remembered.

pub mod spans;

use spans::Spans;
use traffic::{Directory, Error, Hit, Input, Meter, Plan, Report};

// ANCHOR: run
/// Reports who asks for what.
///
/// # Errors
///
/// If the input can no longer be read.
pub fn run(
    input: &Input,
    directory: &Directory,
    _plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    let lookup = meter.stage("lookup");
    let mut connection = directory.connect();
    let mut cache = Spans::default();
    let mut report = Report::new();
    for line in input.lines() {
        let line = line?;
        match Hit::parse(&line.bytes) {
            Ok(hit) => {
                let answer = match cache.get(hit.client) {
                    Some(holder) => Ok(holder.clone()),
                    None => {
                        let answer = lookup.busy(|| connection.lookup_range(hit.client));
                        if let Ok(span) = &answer {
                            cache.insert(hit.client, span);
                        }
                        answer.map(|span| span.holder)
                    }
                };
                report.count(&answer, &hit);
            }
            Err(why) => report.malformed(&line, why),
        }
    }
    Ok(report)
}
// ANCHOR_END: run
