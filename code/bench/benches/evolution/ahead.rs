//! A control: one thread that reads ahead and asks in bulk. No task, no channel, no lock.
//!
//! It has what the later steps owe to the protocol, the bulk form, and nothing of what they owe to working at the
//! same time.

use std::collections::HashMap;

use traffic::{Directory, Error, Hit, Holder, Input, Line, Meter, Plan, Report};

/// Lines that are read before the directory is asked: about as many as the parent's tasks have in flight.
const AHEAD: usize = 4096;

/// Reports who asks for what.
pub fn run(
    input: &Input,
    directory: &Directory,
    _plan: &Plan,
    _meter: &Meter,
) -> Result<Report, Error> {
    let mut connection = directory.connect();
    let mut known: HashMap<Vec<u8>, Holder> = HashMap::new();
    let mut report = Report::new();
    let mut lines = input.lines();
    loop {
        let ahead: Vec<Line> = lines.by_ref().take(AHEAD).collect::<Result<_, _>>()?;
        if ahead.is_empty() {
            return Ok(report);
        }
        let clients = ahead
            .iter()
            .filter_map(|line| Some(Hit::parse(&line.bytes).ok()?.client));
        let mut asked: Vec<&[u8]> = clients
            .filter(|client| !known.contains_key(*client))
            .collect();
        asked.sort_unstable();
        asked.dedup();
        let answers = connection.lookup_many(&asked);
        for (client, answer) in asked.iter().zip(answers) {
            if let Ok(holder) = answer {
                known.insert(client.to_vec(), holder);
            }
        }
        for line in &ahead {
            match Hit::parse(&line.bytes) {
                Ok(hit) => {
                    let answer = known.get(hit.client).cloned().ok_or(traffic::Unresolved);
                    report.count(&answer, &hit);
                }
                Err(why) => report.malformed(line, why),
            }
        }
    }
}
