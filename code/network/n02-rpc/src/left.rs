//! How much of a deadline is left where a question arrives: noted by each service, and told at its end, for a person who
//! wants to see it shrink (`--tell left`).

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use traffic::units::thousands;

use crate::contract::{Directory, Outcome};
use crate::job::{Answers, Clients};

/// What questions had left when they came; clones are handles to the same.
#[derive(Clone, Debug, Default)]
pub struct Left(Arc<Mutex<Seen>>);

#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    questions: u64,
    least: Duration,
    most: Duration,
}

/// A directory that notes what each question has left, and passes it on.
#[derive(Clone, Debug)]
pub struct Noted<D> {
    /// Where it goes on to.
    pub behind: D,
    /// Where it is noted.
    pub left: Left,
}

impl<D: Directory> Directory for Noted<D> {
    async fn holders(&self, clients: Clients, deadline: Instant) -> Outcome<Answers> {
        let left = deadline.saturating_duration_since(Instant::now());
        self.left.note(left);
        self.behind.holders(clients, deadline).await
    }
}

impl Left {
    fn note(&self, left: Duration) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.least = match seen.questions {
            0 => left,
            _ => seen.least.min(left),
        };
        seen.most = seen.most.max(left);
        seen.questions += 1;
    }
}

impl fmt::Display for Left {
    /// `was asked 4,688 times, with 998.101 ms to 999.870 ms left`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Seen {
            questions,
            least,
            most,
        } = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        match questions {
            0 => write!(f, "was asked nothing"),
            1 => write!(f, "was asked once, with {:.3} ms left", ms(most)),
            _ => {
                let (times, least, most) = (thousands(questions), ms(least), ms(most));
                write!(
                    f,
                    "was asked {times} times, with {least:.3} ms to {most:.3} ms left"
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_and_the_most_are_told() {
        let left = Left::default();
        assert_eq!(left.to_string(), "was asked nothing");
        left.note(Duration::from_micros(1_500));
        assert_eq!(left.to_string(), "was asked once, with 1.500 ms left");
        left.note(Duration::from_micros(900));
        left.note(Duration::from_micros(1_100));
        assert_eq!(
            left.to_string(),
            "was asked 3 times, with 0.900 ms to 1.500 ms left"
        );
    }
}
