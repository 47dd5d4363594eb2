//! Which reports count, under any schedule: they come late, twice, in any order, or are of another input.

use std::time::{Duration, Instant};

use bytes::Bytes;
use n05_servers::once::{Name, Once, Verdict};
use proptest::prelude::*;

const RANGES: u64 = 6;
const LINES: u64 = 3;

fn name(number: u64) -> Name {
    Name::of(number, format!("the lines of range {number}").as_bytes())
}

fn once() -> Once {
    let mut once = Once::default();
    for number in 0..RANGES {
        once.add(name(number), Bytes::new(), LINES);
    }
    once
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_schedule_merges_each_range_once(schedule in prop::collection::vec(0..RANGES, 0..60)) {
        let mut once = once();
        let mut merges = vec![0; RANGES as usize];
        let rest = 0..RANGES;
        for number in schedule.into_iter().chain(rest) {
            if let Verdict::Merge(_) = once.judge(name(number), LINES) {
                merges[number as usize] += 1;
            }
        }
        prop_assert!(once.is_empty());
        prop_assert_eq!(merges, vec![1; RANGES as usize]);
    }
}

#[test]
fn a_range_is_merged_once_whatever_comes_twice_and_in_which_order() {
    let mut once = once();
    for number in [4, 0, 5, 1, 3, 2] {
        assert!(matches!(once.judge(name(number), LINES), Verdict::Merge(_)));
        assert_eq!(once.judge(name(number), LINES), Verdict::Again);
    }
    assert!(once.is_empty());
    assert_eq!(once.judge(name(4), LINES), Verdict::Again);
}

#[test]
fn a_report_on_other_lines_does_not_count() {
    let mut once = once();
    let other = Name::of(0, b"lines of another input");
    assert_ne!(other, name(0));
    assert_eq!(once.judge(other, LINES), Verdict::Again);
    assert_eq!(
        once.judge(name(0), LINES + 1),
        Verdict::Wrong { lines: LINES }
    );
    assert_eq!(once.len(), RANGES as usize, "it still waits");
    assert!(matches!(once.judge(name(0), LINES), Verdict::Merge(_)));
}

#[test]
fn a_name_is_the_same_on_every_machine_and_comes_back_from_its_subject() {
    // Of FNV-1a's authors: 64 bits, "foobar".
    assert_eq!(Name::of(7, b"foobar").digest, 0x8594_4171_f739_67e8);
    assert_eq!(Name::of(7, b"foobar").to_string(), "7-85944171f73967e8");
    for name in [
        name(0),
        name(5),
        Name {
            number: u64::MAX,
            digest: 0,
        },
    ] {
        assert_eq!(name.to_string().parse(), Ok(name));
    }
    for text in ["", "7", "-", "7-", "x-1", "7-xyz"] {
        assert!(text.parse::<Name>().is_err(), "{text}");
    }
}

#[test]
fn what_was_not_heard_of_is_given_again_and_each_time_later() {
    let mut once = Once::default();
    let patience = Duration::from_secs(5);
    once.add(name(0), Bytes::new(), LINES);
    let mut now = Instant::now();
    for tries in 2..6 {
        assert!(once.overdue(patience, now).is_empty());
        now += patience * 2_u32.pow(tries - 2);
        let overdue = once.overdue(patience, now);
        assert_eq!(overdue.len(), 1);
        assert_eq!((overdue[0].name, overdue[0].tries), (name(0), tries));
    }
    assert!(matches!(once.judge(name(0), LINES), Verdict::Merge(_)));
    assert!(once.overdue(patience, now + patience * 1_000).is_empty());
}
