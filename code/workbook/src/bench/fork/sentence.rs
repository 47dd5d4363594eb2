//! What is said of a fork and its parent.

use measured::number::{SPACE, quantity};
use results::Summary;
use traffic::harness::thousands;

/// Which of the two is faster, if that can be told.
pub fn of((fork, ours): (&str, Summary), (parent, theirs): (&str, Summary), lines: u64) -> String {
    let rate = |summary: Summary| {
        let of = |rate| quantity(rate, "lines/s").replace(SPACE, " ");
        let Summary { median, low, high } = summary;
        format!("{} (spread {} to {})", of(median), of(low), of(high))
    };
    let ratio = ours.median / theirs.median;
    let verdict = if ours.low > theirs.high {
        format!("{fork} is faster than {parent}: {ratio:.2} times as many lines a second")
    } else if ours.high < theirs.low {
        format!("{fork} is slower than {parent}: {ratio:.2} times as many lines a second")
    } else {
        format!("which of {fork} and {parent} is faster is undecided, for their spreads overlap")
    };
    format!(
        "on {} lines, {verdict}\n  {fork}: {}\n  {parent}: {}\n",
        thousands(lines),
        rate(ours),
        rate(theirs)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(median: f64) -> Summary {
        Summary {
            median,
            low: median * 0.9,
            high: median * 1.1,
        }
    }

    #[test]
    fn a_difference_is_told_only_where_the_spreads_do_not_overlap() {
        let said = |ours, theirs| of(("mine", around(ours)), ("s00-one", around(theirs)), 2_000);
        assert_eq!(
            said(3_000.0, 1_500.0),
            "on 2,000 lines, mine is faster than s00-one: 2.00 times as many lines a second\n  \
             mine: 3,000 lines/s (spread 2,700 lines/s to 3,300 lines/s)\n  \
             s00-one: 1,500 lines/s (spread 1,350 lines/s to 1,650 lines/s)\n"
        );
        assert!(said(1_500.0, 3_000.0).contains("mine is slower than s00-one: 0.50 times"));
        assert!(said(1_500.0, 1_600.0).contains("is undecided"));
    }
}
