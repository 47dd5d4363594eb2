//! How old the answers were that the hits were counted under.
//!
//! It needs a directory that publishes versions by the clock, each with its number behind the holders'
//! names, and lines that are due by the clock. For each line then, the version that was current when it
//! was due is known, and the version under which it was counted stands in the report; which hit of a row
//! was which line does not. It need not: the mean of the differences is the difference of the means, and
//! a report has all that is needed for a sum.
//!
//! A line is looked up a little after it is due. If a version was published in between and used, that
//! counts as being ahead. So what waits in the program makes a step look fresher by its waiting time, and
//! no other.

use std::time::{Duration, Instant};

use crate::event::Staleness;
use crate::report::Row;

/// Compares the versions in a report with those that were current; nothing if there are none in it.
pub(super) fn measure(
    rows: &[Row],
    due: impl Iterator<Item = Instant>,
    version_at: impl Fn(Instant) -> Option<u64>,
    every: Duration,
) -> Option<Staleness> {
    let counted = rows.iter().filter_map(|row| {
        let (_, version) = row.holder.rsplit_once(" #")?;
        Some((version.parse::<u64>().ok()?, row.hits))
    });
    let counted = mean(counted)?;
    let current = mean(due.filter_map(|time| Some((version_at(time)?, 1))))?;
    let versions_behind = current - counted;
    Some(Staleness {
        versions_behind,
        age_s: versions_behind * every.as_secs_f64(),
    })
}

/// The mean of numbers that occur so often.
fn mean(numbers: impl Iterator<Item = (u64, u64)>) -> Option<f64> {
    let (sum, times) = numbers.fold((0_u128, 0_u64), |(sum, times), (number, more)| {
        (sum + u128::from(number) * u128::from(more), times + more)
    });
    (times > 0).then(|| sum as f64 / times as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_of_the_means_is_the_mean_difference() {
        let row = |holder: &str, hits| Row {
            holder: holder.into(),
            route: "/".into(),
            hits,
            bytes: 0,
            errors: 0,
        };
        // Ten lines, one a second, and a version each two seconds: 1, 1, 2, 2, … 5, 5.
        let start = Instant::now();
        let due = || (0..10).map(|second| start + Duration::from_secs(second));
        let every = Duration::from_secs(2);
        let version_at =
            |time: Instant| Some(1 + time.duration_since(start).as_secs() / every.as_secs());
        let measure = |rows: &[Row]| super::measure(rows, due(), version_at, every);
        // In time; then half of them one version late; then for ever under the first.
        let fresh = [
            row("A #1", 2),
            row("A #2", 2),
            row("B #3", 2),
            row("A #4", 2),
            row("A #5", 2),
        ];
        assert_eq!(measure(&fresh).unwrap().versions_behind, 0.0);
        let late = [
            row("A #1", 3),
            row("A #2", 2),
            row("B #3", 2),
            row("A #4", 2),
            row("A #5", 1),
        ];
        let late = measure(&late).unwrap();
        assert!((late.versions_behind - 0.4).abs() < 1e-9, "{late:?}");
        assert!((late.age_s - 0.8).abs() < 1e-9, "{late:?}");
        let first = [
            row("A #1", 10),
            row("unknown", 7),
            row("unresolved", 7),
            row("Nr #x", 7),
        ];
        assert_eq!(measure(&first).unwrap().versions_behind, 2.0);
        assert_eq!(measure(&[row("unresolved", 1)]), None);
    }
}
