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
    let mut durations = Vec::new();
    for number in 0..requests as u64 {
        // When users would have sent it, who do not know how the service is.
        let due_us = number * every_us;
        let answered_us = service(due_us);
        durations.push(answered_us - due_us);
    }
    durations
}
