//! Processors: work waits until one is free, and then takes its time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::sleep;

use crate::clock;

/// Some processors, first come, first served; clones are handles to the same.
#[derive(Clone, Debug)]
pub struct Cores(Arc<Mutex<Vec<Duration>>>);

impl Cores {
    /// So many, all of them free.
    pub fn new(number: usize) -> Cores {
        Cores(Arc::new(Mutex::new(vec![Duration::ZERO; number])))
    }

    /// Waits for a processor, and works.
    pub async fn spend(&self, work: Duration) {
        let now = clock::elapsed();
        // The end is known at once, since nothing is done before what came before it. Timers have milliseconds; what
        // they round is not added up, because the next work begins at the end that was meant.
        sleep(self.book(now, work) - now).await;
    }

    /// Books the processor that is free first, and says until when.
    fn book(&self, now: Duration, work: Duration) -> Duration {
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let first = free.iter_mut().min().expect("there is a processor");
        *first = now.max(*first) + work;
        *first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_waits_for_the_processor_that_is_free_first() {
        let ms = Duration::from_millis;
        let cores = Cores::new(2);
        let ends = [30, 10, 10, 10].map(|work| cores.book(ms(100), ms(work)));
        assert_eq!(ends, [130, 110, 120, 130].map(ms));
        assert_eq!(cores.book(ms(500), ms(1)), ms(501), "idle time is lost");
    }
}
