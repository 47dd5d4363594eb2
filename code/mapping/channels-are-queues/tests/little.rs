//! Little's law holds for our queue, to the unit: the lengths added up over the ticks are the waits
//! added up over the customers.

use channels_are_queues::scenes::little::run;
use proptest::prelude::*;

proptest! {
    #[test]
    fn mean_length_is_rate_times_mean_wait(
        capacity in 1usize..50,
        come_per_1000 in 0u64..=1000,
        ticks in 0u64..3000,
        seed: u64,
    ) {
        let counted = run(capacity, come_per_1000, ticks, seed);
        // L = length / ticks, the rate is accepted / ticks, and W = waited / accepted.
        prop_assert_eq!(counted.length, counted.waited);
        prop_assert!(counted.length <= counted.ticks * capacity as u64);
    }
}

#[test]
fn a_queue_with_more_load_than_service_is_full_and_refuses() {
    let counted = run(8, 600, 100_000, 1);
    assert!(counted.refused > 0);
    assert!(
        counted.length > 5 * counted.ticks,
        "mostly full: {counted:?}"
    );
}
