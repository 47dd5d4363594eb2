//! Baseline: one line after the other, one remote lookup a line.
//!
//! The obvious way to write it, and correct. Everything that happens waits for everything before it,
//! and each line waits for the network.

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
    let mut report = Report::new();
    for line in input.lines() {
        let line = line?;
        match Hit::parse(&line.bytes) {
            Ok(hit) => {
                let answer = lookup.busy(|| connection.lookup(hit.client));
                report.count(&answer, &hit);
            }
            Err(why) => report.malformed(&line, why),
        }
    }
    Ok(report)
}
// ANCHOR_END: run
