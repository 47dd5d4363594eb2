//! Cache: a map in front of the directory, so that a client is asked for once.
//!
//! It remembers every answer for as long as the program runs: nothing is evicted and nothing expires.
//! A lookup that failed is not an answer, and is not remembered.

use std::collections::HashMap;

use traffic::{Directory, Error, Hit, Holder, Input, Meter, Plan, Report};

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
    let mut cache: HashMap<Vec<u8>, Holder> = HashMap::new();
    let mut report = Report::new();
    for line in input.lines() {
        let line = line?;
        match Hit::parse(&line.bytes) {
            Ok(hit) => {
                let answer = match cache.get(hit.client) {
                    Some(holder) => Ok(holder.clone()),
                    None => {
                        let answer = lookup.busy(|| connection.lookup(hit.client));
                        if let Ok(holder) = &answer {
                            cache.insert(hit.client.to_vec(), holder.clone());
                        }
                        answer
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
