//! Who is served: each way of choosing keeps what it promises.

use select_is_scheduling::serve::{Policy, serve};
use select_is_scheduling::starve;
use select_is_scheduling::stride::Stride;

#[test]
fn chance_is_fair_in_turns() {
    let served = serve(&Policy::Random, 100_000, [1; 4]);
    for turns in served.turns {
        // More than ten standard deviations.
        assert!(turns.abs_diff(25_000) < 1_500, "{served:?}");
    }
}

#[test]
fn the_written_order_starves_all_but_the_first() {
    assert_eq!(serve(&Policy::Written, 1000, [1; 4]).turns, [1000, 0, 0, 0]);
}

#[test]
fn turns_are_fair_to_one() {
    assert_eq!(
        serve(&Policy::Turns, 1001, [1; 4]).turns,
        [251, 250, 250, 250]
    );
}

#[test]
fn shares_are_kept_at_any_moment() {
    for turns in 1..=200 {
        let served = serve(&Policy::Shares([4, 3, 2, 1]), turns, [1; 4]);
        for (source, share) in [4, 3, 2, 1].into_iter().enumerate() {
            let due = (turns * share) as f64 / 10.0;
            assert!(
                (served.turns[source] as f64 - due).abs() <= 1.0,
                "after {turns}: {served:?}"
            );
        }
    }
}

#[test]
fn chance_is_not_fair_in_time_and_shares_are() {
    let costs = [10, 1, 1, 1];
    let random = serve(&Policy::Random, 100_000, costs).time;
    assert!(random[0] > 9 * random[1], "{random:?}");
    let shares = serve(&Policy::Shares([1; 4]), 100_000, costs).time;
    let (least, most) = (shares.iter().min().unwrap(), shares.iter().max().unwrap());
    assert!(most - least <= 20, "{shares:?}");
}

#[test]
fn who_was_idle_does_not_get_the_time_back() {
    let mut stride = Stride::new(&[1, 1]);
    for _ in 0..100 {
        assert_eq!(stride.choose(|client| client == 0), Some(0));
        stride.charge(0, 1);
    }
    let mut turns = [0, 0];
    for _ in 0..10 {
        let client = stride.choose(|_| true).unwrap();
        stride.charge(client, 1);
        turns[client] += 1;
    }
    assert!(turns[0] >= 4, "the late one shut out the other: {turns:?}");
}

#[test]
fn nobody_is_chosen_where_nobody_is_ready() {
    assert_eq!(Stride::new(&[1, 2]).choose(|_| false), None);
}

#[test]
fn patience_without_end_starves_and_with_an_end_does_not() {
    let starved = starve::serve(1000, u64::MAX);
    assert_eq!(
        (starved.urgent, starved.ordinary, starved.longest),
        (1000, 0, 1000)
    );
    let cured = starve::serve(1000, 9);
    assert_eq!((cured.urgent, cured.ordinary, cured.longest), (900, 100, 9));
}
