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
    // Each connection takes its share of the requests.
    let pause_us = every_us * connections as u64;
    let mut next_us: Vec<u64> = (0..connections as u64).map(|n| n * every_us).collect();
    for number in 0..requests {
        let next_us = &mut next_us[number % connections];
        let sent_us = *next_us;
        let answered_us = service(sent_us);
        durations.push(answered_us - sent_us);
        // The next request of this connection comes a pause later, or as soon as there is an answer.
        *next_us = (sent_us + pause_us).max(answered_us);
    }
    // For each that took longer than the interval, those that it kept from being sent.
    for place in 0..durations.len() {
        let mut missing = durations[place].saturating_sub(every_us);
        while missing >= every_us {
            durations.push(missing);
            missing -= every_us;
        }
    }
    durations
}
