//! What the shards promise: what is wanted stays, and there is never more than there is room for.

use std::collections::HashSet;
use std::thread;

use s10_shard::shard::Sharded;

fn key(number: u32) -> [u8; 4] {
    number.to_be_bytes()
}

fn get(cache: &Sharded<u32>, number: u32) -> Option<u32> {
    let mut shard = cache.shard(&key(number)).lock().expect("no panic");
    shard.get(&key(number)).copied()
}

fn insert(cache: &Sharded<u32>, number: u32, value: u32) {
    let mut shard = cache.shard(&key(number)).lock().expect("no panic");
    shard.insert(&key(number), value);
}

fn entries(cache: &Sharded<u32>) -> usize {
    let shards = cache.shards();
    shards
        .map(|shard| shard.lock().expect("no panic").entries())
        .sum()
}

#[test]
fn what_was_put_is_found_and_replaced() {
    let cache = Sharded::new(4, 1_000);
    assert_eq!(get(&cache, 7), None);
    insert(&cache, 7, 70);
    insert(&cache, 8, 80);
    assert_eq!((get(&cache, 7), get(&cache, 8)), (Some(70), Some(80)));
    insert(&cache, 7, 71);
    assert_eq!((get(&cache, 7), entries(&cache)), (Some(71), 2));
}

#[test]
fn there_is_never_more_than_there_is_room_for() {
    for (shards, entries_max) in [(1, 1), (1, 10), (3, 10), (16, 10), (0, 10), (16, 1_000)] {
        let cache = Sharded::new(shards, entries_max);
        for number in 0..10_000 {
            insert(&cache, number, number);
            assert_eq!(get(&cache, number), Some(number));
            assert!(entries(&cache) <= entries_max, "{shards} shards");
        }
    }
}

#[test]
fn who_was_looked_up_has_a_second_chance() {
    let cache = Sharded::new(1, 4);
    (0..4).for_each(|number| insert(&cache, number, number));
    assert_eq!(get(&cache, 0), Some(0));
    // The hand takes 0's mark away and evicts 1; 0's turn comes when the hand has been round.
    insert(&cache, 4, 4);
    let here = |number| get(&cache, number).is_some();
    assert_eq!([0, 1, 2, 3, 4].map(here), [true, false, true, true, true]);
}

#[test]
fn a_flood_of_the_unknown_does_not_wash_away_who_keeps_coming() {
    let cache = Sharded::new(1, 100);
    (0..50).for_each(|number| insert(&cache, number, number));
    for stranger in 1_000..10_000 {
        insert(&cache, stranger, stranger);
        let regular = stranger % 50;
        assert_eq!(get(&cache, regular), Some(regular));
    }
}

#[test]
fn the_keys_spread_over_the_shards() {
    let cache = Sharded::new(16, 64 * 1024);
    (0..16_000).for_each(|number| insert(&cache, number, number));
    let sizes: Vec<usize> = cache
        .shards()
        .map(|shard| shard.lock().expect("no panic").entries())
        .collect();
    // A thousand each, give or take ten standard deviations.
    assert!(
        sizes.iter().all(|size| (700..1_300).contains(size)),
        "{sizes:?}"
    );
    let different: HashSet<_> = sizes.iter().collect();
    assert!(different.len() > 1, "a hash, and not a turn each");
}

/// Two threads count a visit each, a thousand times over: under two locks, looking first and then
/// putting back, and under one.
#[test]
fn a_thousand_runs_need_not_show_a_lost_update() {
    const RUNS: usize = 1_000;
    let two_steps = |cache: &Sharded<u32>| insert(cache, 7, get(cache, 7).unwrap_or(0) + 1);
    let one_step = |cache: &Sharded<u32>| {
        let mut shard = cache.shard(&key(7)).lock().expect("no panic");
        let visits = shard.get(&key(7)).copied().unwrap_or(0);
        shard.insert(&key(7), visits + 1);
    };
    let loses = |visit: fn(&Sharded<u32>)| {
        let cache = Sharded::new(16, 1_000);
        thread::scope(|scope| {
            scope.spawn(|| visit(&cache));
            scope.spawn(|| visit(&cache));
        });
        get(&cache, 7) != Some(2)
    };
    let lost = (0..RUNS).filter(|_| loses(two_steps)).count();
    println!("under two locks, a visit was lost in {lost} of {RUNS} runs");
    let lost = (0..RUNS).filter(|_| loses(one_step)).count();
    assert_eq!(lost, 0, "under one lock");
}
