//! Says which of two programs is faster, if that can be told.

/// Fewer samples decide nothing.
pub const SAMPLES_MIN: usize = 9;

/// What can be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// The second program is faster than the first, so many times.
    Faster(f64),
    /// The second program is slower than the first: it has so many times its rate, which is less than once.
    Slower(f64),
    /// It cannot be told.
    Undecided,
}

/// Compares two programs by their rates in some runs, in lines a second.
pub fn compare(first: &[f64], second: &[f64]) -> Verdict {
    if first.len().min(second.len()) < SAMPLES_MIN {
        return Verdict::Undecided;
    }
    let ratio = at(second, 0.5) / at(first, 0.5);
    if at(second, 0.0) > at(first, 1.0) {
        Verdict::Faster(ratio)
    } else if at(second, 1.0) < at(first, 0.0) {
        Verdict::Slower(ratio)
    } else {
        Verdict::Undecided
    }
}

/// The sample below which this share of all lies, by the nearest rank.
fn at(samples: &[f64], share: f64) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted[rank.max(1) - 1]
}
