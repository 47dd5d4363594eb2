//! "The network is homogeneous": equal work on equal processors.

use std::hint::black_box;
use std::time::Instant;

/// The durations of many equal jobs.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    /// Half of the jobs took no longer.
    pub median_ns: f64,
    /// 99 of a hundred took no longer.
    pub p99_ns: f64,
    /// None took longer.
    pub slowest_ns: f64,
}

/// A job without memory, input or luck: so many multiplications, each of which needs what the one before has given. The
/// shift is there for the compiler, which could do several multiplications at once if there was nothing in between.
pub fn job(steps: u64) -> u64 {
    (0..steps).fold(1, |value: u64, step| {
        (value ^ (value >> 33))
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(step)
    })
}

/// How long each of so many equal jobs takes.
pub fn spread(jobs: usize, steps: u64) -> Spread {
    let answer = job(steps);
    let took = (0..jobs.max(1)).map(|_| {
        let begin = Instant::now();
        assert_eq!(job(black_box(steps)), answer, "unequal jobs");
        begin.elapsed().as_nanos() as f64
    });
    Spread::of(took.collect())
}

impl Spread {
    /// The spread of these durations in nanoseconds.
    ///
    /// # Panics
    ///
    /// If there are none.
    pub fn of(mut took: Vec<f64>) -> Spread {
        took.sort_by(f64::total_cmp);
        let last = took.len() - 1;
        Spread {
            median_ns: took[last / 2],
            p99_ns: took[last * 99 / 100],
            slowest_ns: took[last],
        }
    }
}
