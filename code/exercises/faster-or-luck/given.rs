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
    let average = |samples: &[f64]| samples.iter().sum::<f64>() / samples.len() as f64;
    let ratio = average(second) / average(first);
    if ratio > 1.0 {
        Verdict::Faster(ratio)
    } else {
        Verdict::Slower(ratio)
    }
}
