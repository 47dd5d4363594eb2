//! A benchmark of a service: how long do requests take that come at a steady rate?

/// Makes so many requests, one every `every_us`, over so many connections, and says how long each took.
///
/// A connection carries one request at a time. `service` is given the time at which a request is sent, and says when its
/// answer is there. All times are in microseconds from the beginning.
pub fn measure(
    service: &mut dyn FnMut(u64) -> u64,
    requests: usize,
    every_us: u64,
    connections: usize,
) -> Vec<u64> {
    let mut free_at_us = vec![0; connections];
    let mut durations = Vec::new();
    for number in 0..requests as u64 {
        // When users would have sent it, who do not know how the service is.
        let due_us = number * every_us;
        let Some(free_at_us) = free_at_us.iter_mut().min() else {
            break;
        };
        if *free_at_us > due_us + every_us {
            continue; // too late to be made at its time
        }
        let sent_us = due_us.max(*free_at_us);
        let answered_us = service(sent_us);
        *free_at_us = answered_us;
        // To wait for a connection is to wait.
        durations.push(answered_us - due_us);
    }
    durations
}
