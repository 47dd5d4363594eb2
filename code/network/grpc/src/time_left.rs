//! The time that is left, which gRPC has a header for, and which a service has to pass on by itself.

use std::time::{Duration, Instant};

use tonic::{Request, Status};

/// The header: a number of at most eight digits, and a unit.
const HEADER: &str = "grpc-timeout";

// ANCHOR: left
/// Until when a question has to be answered, if its caller has said so. To be asked for as soon as it arrives.
///
/// # Errors
///
/// If the header is none.
pub fn deadline<T>(request: &Request<T>) -> Result<Option<Instant>, Status> {
    let Some(value) = request.metadata().get(HEADER) else {
        return Ok(None);
    };
    let wrong = || Status::invalid_argument("grpc-timeout is none");
    let text = value.to_str().map_err(|_| wrong())?;
    let time = parse(text).ok_or_else(wrong)?;
    Ok(Instant::now().checked_add(time))
}

/// Gives a question to the next service as much time as is left.
///
/// # Errors
///
/// If none is.
pub fn pass_on<T>(request: &mut Request<T>, deadline: Option<Instant>) -> Result<(), Status> {
    if let Some(deadline) = deadline {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Status::deadline_exceeded("no time is left"));
        }
        request.set_timeout(left);
    }
    Ok(())
}
// ANCHOR_END: left

fn parse(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: u64 = number.parse().ok().filter(|_| number.len() <= 8)?;
    Some(match unit {
        "H" => Duration::from_secs(number * 3_600),
        "M" => Duration::from_secs(number * 60),
        "S" => Duration::from_secs(number),
        "m" => Duration::from_millis(number),
        "u" => Duration::from_micros(number),
        "n" => Duration::from_nanos(number),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_read() {
        assert_eq!(parse("1S"), Some(Duration::from_secs(1)));
        assert_eq!(parse("99999999n"), Some(Duration::from_nanos(99_999_999)));
        for wrong in ["", "S", "1", "1x", "123456789S", "-1S", "1µ"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
