//! What jump consistent hashing promises: equal parts, and when one is added, only its own move to it.

use s12_partition::jump::{jump, owner};

const KEYS: u64 = 20_000;

/// The share of the keys that change their part when there is one part more.
fn moved(part: impl Fn(u64, usize) -> usize, parts: usize) -> f64 {
    // Spread as a hash would; the numbers themselves are one after another.
    let keys = (0..KEYS).map(|key| key.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let moved = keys.filter(|&key| part(key, parts) != part(key, parts + 1));
    moved.count() as f64 / KEYS as f64
}

// ANCHOR: moved
/// From `n` parts to one more, a fair part of all keys has to move, and no more does; with the remainder
/// of a division by the number of parts, nearly all do.
#[test]
fn one_part_more_takes_only_what_is_its_own() {
    for parts in [1, 2, 4, 8, 16, 64] {
        let fair = 1.0 / (parts + 1) as f64;
        let by_jump = moved(jump, parts);
        assert!((by_jump / fair - 1.0).abs() < 0.2, "{parts}: {by_jump}");

        let by_remainder = moved(|key, parts| (key % parts as u64) as usize, parts);
        assert!((by_remainder - (1.0 - fair)).abs() < 0.05, "{by_remainder}");
    }
}
// ANCHOR_END: moved

#[test]
fn what_moves_goes_to_the_new_part() {
    for key in 0..KEYS {
        for parts in 1..10 {
            let (before, after) = (jump(key, parts), jump(key, parts + 1));
            assert!(after == before || after == parts, "{before} {after}");
        }
    }
}

#[test]
fn the_parts_are_alike() {
    for parts in [1, 2, 3, 8, 100] {
        let mut sizes = vec![0_u64; parts];
        (0..KEYS).for_each(|key| sizes[jump(key, parts)] += 1);
        let fair = KEYS as f64 / parts as f64;
        for size in sizes {
            assert!((size as f64 / fair - 1.0).abs() < 0.3, "{size} of {fair}");
        }
    }
}

#[test]
fn a_client_has_one_owner_whatever_it_asks_for() {
    for workers in 1..9 {
        let number = owner(b"192.0.2.1 - - [-] \"GET /a HTTP/1.0\" 200 1", workers);
        assert!(number < workers);
        assert_eq!(owner(b"192.0.2.1 whatever", workers), number);
        assert_eq!(owner(b"192.0.2.1", workers), number);
        // What has no client has an owner too: nothing is lost.
        assert!(owner(b"", workers) < workers && owner(b" ", workers) < workers);
    }
}
