//! The verdict for every way in which two spreads may lie.

use project::testing::sample;
use results::testing;

use super::*;
use crate::places::Places;

/// The verdict on a claim when `a/x` spreads from 99 to 101 and `a/y` from 198 to 202.
fn said(text: &str) -> Result<Verdict, String> {
    let (_folder, project) = sample();
    testing::write_suite(&project, "a", "here", &[("a/x", 100.0), ("a/y", 200.0)]);
    let (results, _) = Measurements::of_the_book(&project, &Places::of(&project), None);
    let judged = judge(&Claim::parse(text).unwrap(), &results)?;
    Ok(verdict(&judged))
}

#[test]
fn overlapping_spreads_decide_nothing() {
    for (text, verdict) in [
        ("a/y > a/x", Verdict::Holds),
        ("a/x > a/y", Verdict::Fails),
        ("a/y > 2 * a/x", Verdict::Undecided),
        ("a/y < 2 * a/x", Verdict::Undecided),
        ("a/y > 1.9 * a/x", Verdict::Holds),
        ("a/y < 2.1 * a/x", Verdict::Holds),
        ("a/y > 2.1 * a/x", Verdict::Fails),
        ("a/x > 100", Verdict::Undecided),
        ("a/x >= 98 lines/s", Verdict::Holds),
        ("50 < a/x", Verdict::Holds),
        ("a/x > 50 and a/y > 50", Verdict::Holds),
        ("a/x > 50 and a/y > 200", Verdict::Undecided),
        ("a/x > 500 and a/y > 200", Verdict::Fails),
    ] {
        assert_eq!(said(text), Ok(verdict), "{text}");
    }
}

#[test]
fn different_kinds_are_not_compared() {
    assert_eq!(
        said("a/x > 5 ms").unwrap_err(),
        "the claim compares lines/s with ms"
    );
    assert!(
        said("a/z > 5")
            .unwrap_err()
            .contains("no measurement of `a/z`")
    );
}
