//! A sketch of many durations: percentiles, which workers can compute apart and put together.

/// Durations, of which percentiles are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    durations_us: Vec<u64>,
    count: u64,
}

/// So many of them tell enough.
const SAMPLE: usize = 2_000;

impl Sketch {
    /// Nothing was recorded yet.
    pub fn new() -> Sketch {
        Sketch::default()
    }

    /// Records one duration.
    pub fn record(&mut self, duration_us: u64) {
        self.count += 1;
        // Each has the same chance to be in the sample (Vitter's algorithm R).
        let random = (self.count.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) % self.count;
        if self.durations_us.len() < SAMPLE {
            self.durations_us.push(duration_us);
        } else if let Some(place) = self.durations_us.get_mut(random as usize) {
            *place = duration_us;
        }
    }

    /// Adds all that another worker has recorded.
    pub fn merge(&mut self, other: &Sketch) {
        for duration_us in &other.durations_us {
            self.record(*duration_us);
        }
        self.count += other.count - other.durations_us.len() as u64;
    }

    /// How many durations were recorded.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// A duration that this share of them, from 0 to 1, does not exceed, to within 3 %; 0 if there are none.
    pub fn quantile(&self, share: f64) -> u64 {
        let mut sorted = self.durations_us.clone();
        sorted.sort_unstable();
        let rank = (share * sorted.len() as f64).ceil().max(1.0) as usize;
        sorted.get(rank - 1).copied().unwrap_or(0)
    }

    /// How many numbers it holds: its size in memory, and in a message.
    pub fn size(&self) -> usize {
        self.durations_us.len()
    }
}
