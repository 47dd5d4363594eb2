//! A sketch of many durations: percentiles, which workers can compute apart and put together.

/// One bucket for each power of two.
const PARTS: u64 = 1;

/// Counts of durations in buckets, which are the wider the longer the durations are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    counts: Vec<u64>,
}

impl Sketch {
    /// Nothing was recorded yet.
    pub fn new() -> Sketch {
        Sketch::default()
    }

    /// Records one duration.
    pub fn record(&mut self, duration_us: u64) {
        let bucket = bucket(duration_us);
        self.reach(bucket + 1);
        self.counts[bucket] += 1;
    }

    /// Adds all that another worker has recorded.
    pub fn merge(&mut self, other: &Sketch) {
        self.reach(other.counts.len());
        for (own, others) in self.counts.iter_mut().zip(&other.counts) {
            *own += others;
        }
    }

    /// How many durations were recorded.
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// A duration that this share of them, from 0 to 1, does not exceed, to within 3 %; 0 if there are none.
    pub fn quantile(&self, share: f64) -> u64 {
        let rank = (share * self.count() as f64).ceil().max(1.0) as u64;
        let mut seen = 0;
        for (bucket, count) in self.counts.iter().enumerate() {
            seen += count;
            if seen >= rank {
                return middle(bucket);
            }
        }
        0
    }

    /// How many numbers it holds: its size in memory, and in a message.
    pub fn size(&self) -> usize {
        self.counts.len()
    }

    fn reach(&mut self, buckets: usize) {
        if self.counts.len() < buckets {
            self.counts.resize(buckets, 0);
        }
    }
}

/// The bucket of a duration. The short ones have a bucket each.
fn bucket(duration_us: u64) -> usize {
    if duration_us < PARTS {
        return duration_us as usize;
    }
    // What is left of it when only the first bits count, and how many bits do not.
    let cut = duration_us.ilog2() - PARTS.ilog2();
    ((u64::from(cut) * PARTS) + (duration_us >> cut)) as usize
}

/// The duration in the middle of a bucket.
fn middle(bucket: usize) -> u64 {
    let bucket = bucket as u64;
    if bucket < PARTS {
        return bucket;
    }
    let cut = bucket / PARTS - 1;
    let first = (bucket - cut * PARTS) << cut;
    first + (1 << cut) / 2
}
