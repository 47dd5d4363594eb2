//! The controller: from what is seen of a stage, how many workers it should have.
//!
//! After the thread-pool controllers of SEDA (Welsh, Culler, Brewer; SOSP 2001), which add a thread
//! when the queue is long and remove one that was idle for a while. Here, after CoDel (RFC 8289), what
//! makes a queue long is the time that items wait in it, and only if even the shortest wait is long.
//!
//! It has no clock and no threads: it is told what was seen at each look, and counts looks. A
//! controller that the machine did not let run has seen nothing, and does nothing.

use std::time::Duration;

/// A queue that stood at so many looks in a row is not a burst that passes: hire.
const LOOKS_TO_GROW: usize = 5;

/// So many looks without need are not a lull: let workers go. Ten times as many, because a worker too
/// few delays all lines behind it, and a worker too many costs a little memory.
const LOOKS_TO_SHRINK: usize = 50;

/// A wait half as long as a lookup at the default distance is worth another worker.
const WAIT_MAX: Duration = Duration::from_micros(250);

/// What is seen of a stage at one look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Observation {
    /// Items waiting for a worker.
    pub depth: usize,
    /// How many items can wait.
    pub capacity: usize,
    /// Workers waiting for an item.
    pub idle: usize,
    /// The shortest time that an item waited, of those taken since the last look; nothing if no item
    /// was.
    pub wait: Option<Duration>,
}

// ANCHOR: observation
impl Observation {
    /// Items wait, all of them for long, and no worker does. In a queue without places nothing is ever
    /// seen to wait; there, that no worker waits has to do.
    fn is_short(&self) -> bool {
        let items_wait = self.depth > 0 && self.wait.is_none_or(|wait| wait > WAIT_MAX);
        self.idle == 0 && (items_wait || self.capacity == 0)
    }

    /// Workers that wait, and for whom nothing does.
    fn spare(&self) -> usize {
        self.idle.saturating_sub(self.depth)
    }
}
// ANCHOR_END: observation

/// Decides how many workers a stage has.
#[derive(Debug)]
pub(crate) struct Controller {
    workers: usize,
    workers_max: usize,
    /// Looks in a row at which workers were short.
    short: usize,
    /// Looks since the last decision.
    looks: usize,
    /// The fewest spare workers in those looks: so many had nothing to do at any of them.
    spare: usize,
}

impl Controller {
    /// A controller that starts with one worker, and has at least one and at most `workers_max`.
    pub fn new(workers_max: usize) -> Controller {
        Controller {
            workers: 1,
            workers_max: workers_max.max(1),
            short: 0,
            looks: 0,
            spare: usize::MAX,
        }
    }

    // ANCHOR: decide
    /// How many workers there should be, after one more look.
    pub fn decide(&mut self, seen: &Observation) -> usize {
        self.short = if seen.is_short() { self.short + 1 } else { 0 };
        self.looks += 1;
        self.spare = self.spare.min(seen.spare());
        if self.short >= LOOKS_TO_GROW {
            // By half, and not by one: the lines that wait for the last of sixty steps wait long.
            self.set(self.workers + self.workers.div_ceil(2));
        } else if self.looks >= LOOKS_TO_SHRINK {
            // Half of the workers that had nothing to do leave. A single one stays, as a reserve: the next
            // line finds it.
            self.set(self.workers - self.spare / 2);
        }
        self.workers
    }
    // ANCHOR_END: decide

    /// Sets the number, within the limits, and forgets what was seen before.
    fn set(&mut self, workers: usize) {
        *self = Controller {
            workers: workers.clamp(1, self.workers_max),
            ..Controller::new(self.workers_max)
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDED: &str = include_str!("../tests/recorded/rise-and-fall.txt");

    /// The looks at a real run of the step.
    fn recorded() -> impl Iterator<Item = Observation> {
        let lines = RECORDED.lines().filter(|line| !line.starts_with('#'));
        lines.map(|line| {
            let numbers: Vec<i64> = line.split(' ').map(|n| n.parse().unwrap()).collect();
            Observation {
                depth: usize::try_from(numbers[0]).unwrap(),
                capacity: 64,
                idle: usize::try_from(numbers[1]).unwrap(),
                wait: u64::try_from(numbers[2]).ok().map(Duration::from_micros),
            }
        })
    }

    /// How often a sequence of numbers turns from rising to falling or back.
    fn turns(numbers: &[usize]) -> usize {
        let mut steps = numbers.to_vec();
        steps.dedup();
        let rises: Vec<bool> = steps.windows(2).map(|pair| pair[0] < pair[1]).collect();
        rises.windows(2).filter(|pair| pair[0] != pair[1]).count()
    }

    #[test]
    fn a_recorded_rise_and_fall_turns_once() {
        let mut controller = Controller::new(64);
        let numbers: Vec<usize> = recorded().map(|seen| controller.decide(&seen)).collect();
        assert_eq!(turns(&numbers), 1, "{numbers:?}");
        assert_eq!((numbers[0], numbers.iter().max()), (1, Some(&18)));
        assert!(numbers[numbers.len() - 1] <= 3);
    }

    /// What the controller does with a stage to which each look brings work for `demand` workers, on
    /// average: between half and one and a half times as much, by a small generator of random numbers.
    fn simulate(demand: f64, workers_max: usize) -> Vec<usize> {
        let mut controller = Controller::new(workers_max);
        let (mut workers, mut waiting, mut random) = (1, 0.0_f64, 7_u64);
        let mut numbers = Vec::new();
        for _ in 0..5_000 {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let jitter = 0.5 + (random >> 33) as f64 / f64::from(1_u32 << 31);
            waiting += demand * jitter;
            let busy = waiting.min(workers as f64);
            waiting = (waiting - busy).min(64.0);
            workers = controller.decide(&Observation {
                depth: waiting as usize,
                capacity: 64,
                idle: (workers as f64 - busy) as usize,
                wait: Some(Duration::from_secs_f64(waiting / workers as f64 / 1e3)),
            });
            numbers.push(workers);
        }
        numbers
    }

    #[test]
    fn under_a_constant_load_the_number_settles_and_is_enough() {
        for demand in [0.1, 0.9, 1.5, 3.0, 7.0, 20.0, 40.0] {
            let numbers = simulate(demand, 64);
            let settled = &numbers[1_000..];
            assert_eq!(turns(settled), 0, "{demand}: {settled:?}");
            let last = settled[settled.len() - 1] as f64;
            assert!(last >= demand, "{demand}: {last} are too few");
            assert!(last <= 2.0 * demand + 2.0, "{demand}: {last} are too many");
        }
    }

    #[test]
    fn an_overload_takes_all_that_are_allowed_and_no_more() {
        for workers_max in [1, 2, 7, 64] {
            let numbers = simulate(1_000.0, workers_max);
            assert_eq!(numbers.last(), Some(&workers_max));
            assert!(
                numbers
                    .iter()
                    .all(|&number| (1..=workers_max).contains(&number))
            );
        }
    }

    #[test]
    fn a_burst_is_let_pass() {
        let mut controller = Controller::new(64);
        let seen = |depth, wait_us| Observation {
            depth,
            capacity: 64,
            idle: usize::from(depth == 0),
            wait: Some(Duration::from_micros(wait_us)),
        };
        for _ in 0..100 {
            for _ in 0..LOOKS_TO_GROW - 1 {
                assert_eq!(controller.decide(&seen(64, 5_000)), 1);
            }
            assert_eq!(controller.decide(&seen(0, 5)), 1);
        }
        // As deep a queue, and no long wait in it, is none to hire for either.
        for _ in 0..100 {
            let passing = Observation {
                idle: 0,
                ..seen(64, 100)
            };
            assert_eq!(controller.decide(&passing), 1);
        }
    }

    #[test]
    fn a_queue_without_places_grows_the_stage_too() {
        let mut controller = Controller::new(64);
        let seen = Observation {
            depth: 0,
            capacity: 0,
            idle: 0,
            wait: Some(Duration::ZERO),
        };
        let numbers: Vec<usize> = (0..100).map(|_| controller.decide(&seen)).collect();
        assert_eq!(numbers.last(), Some(&64));
    }

    #[test]
    fn workers_that_never_come_back_are_a_reason_to_hire() {
        let mut controller = Controller::new(64);
        let seen = Observation {
            depth: 64,
            capacity: 64,
            idle: 0,
            wait: None,
        };
        let numbers: Vec<usize> = (0..100).map(|_| controller.decide(&seen)).collect();
        assert_eq!(numbers.last(), Some(&64));
    }
}
