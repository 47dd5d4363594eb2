//! The rules against what they promise. The policies are in `policies.rs`, the stampede in `flight.rs`.

use maps_are_caches::absent::{self, Names};
use maps_are_caches::bounded::{Policy, hits};
use maps_are_caches::fresh::{self, Outcome, Rule, Told};
use maps_are_caches::modern::{self, Books};
use maps_are_caches::shared::{self, Locked, Owner, ReadersTogether, Shards, Shared};
use maps_are_caches::zipf::{Dice, Zipf};

const POLICIES: [Policy; 3] = [Policy::Fifo, Policy::Lru, Policy::Sieve];

fn questions(keys: u32, count: usize) -> Vec<u32> {
    Zipf::new(keys).questions(count, &mut Dice::new(1))
}

#[test]
fn a_cache_with_room_for_all_misses_each_key_once() {
    let questions = questions(500, 20_000);
    let mut keys = questions.clone();
    keys.sort_unstable();
    keys.dedup();
    for policy in POLICIES {
        assert_eq!(hits(policy, 500, &questions), questions.len() - keys.len());
    }
}

#[test]
fn a_cache_that_looks_at_use_beats_one_that_does_not() {
    let questions = questions(10_000, 100_000);
    let [fifo, lru, sieve] = POLICIES.map(|policy| hits(policy, 1_000, &questions));
    assert!(fifo < lru && lru < sieve, "{fifo} {lru} {sieve}");
}

#[test]
fn the_librarys_policy_beats_least_recently_used() {
    let questions = questions(10_000, 50_000);
    let lru = hits(Policy::Lru, 1_000, &questions);
    for books in [Books::AtOnce, Books::InBatches] {
        let modern = modern::hits(1_000, &questions, books);
        assert!(modern > lru, "{books:?}: {modern} {lru}");
    }
}

#[test]
fn keys_have_their_shares() {
    let zipf = Zipf::new(4);
    // 1, 1/2, 1/3, 1/4: together 25/12.
    for (most_popular, share) in [(0, 0.0), (1, 12.0 / 25.0), (2, 18.0 / 25.0), (9, 1.0)] {
        assert!((zipf.share(most_popular) - share).abs() < 1e-6);
    }
    let drawn = zipf.questions(100_000, &mut Dice::new(7));
    let first = drawn.iter().filter(|&&key| key == 0).count();
    assert!((47_000..49_000).contains(&first), "{first}");
}

fn play(time_to_live: Option<u64>, told: Option<Told>) -> Outcome {
    let zipf = Zipf::new(1_000);
    let questions = zipf.questions(50_000, &mut Dice::new(1));
    fresh::play(Rule { time_to_live, told }, &zipf, &questions, 10)
}

#[test]
fn a_shorter_life_has_fewer_hits_and_fewer_of_them_stale() {
    let [ever, long, short] = [None, Some(5_000), Some(500)].map(|live| play(live, None));
    assert!(ever.hits > long.hits && long.hits > short.hits);
    assert!(ever.stale > long.stale && long.stale > short.stale && short.stale > 0);
    // With a life of one question nothing is a hit.
    assert_eq!(play(Some(1), None).hits, 0);
}

#[test]
fn who_is_told_at_once_has_nothing_stale() {
    assert_eq!(play(None, Some(Told::default())).stale, 0);
    let late = Told {
        late: 100,
        loses_one_in: 0,
    };
    let lossy = Told {
        late: 0,
        loses_one_in: 10,
    };
    let (late, lossy) = (play(None, Some(late)), play(None, Some(lossy)));
    assert!(late.stale > 0 && lossy.stale > 0);
}

#[test]
fn absence_is_worth_keeping_only_if_it_is_asked_for_again() {
    let zipf = Zipf::new(100);
    let play = |names, keeps| absent::play(names, keeps, &zipf, Dice::new(1), 10_000);
    assert!(play(Names::Few(5), true).asked <= 105);
    assert!(play(Names::Few(5), false).asked > 900);
    let (kept, not_kept) = (play(Names::New, true), play(Names::New, false));
    assert_eq!(kept.asked, not_kept.asked);
    assert!(kept.entries > 900 && not_kept.entries <= 100);
}

#[test]
fn every_holder_answers_the_same() {
    let questions = questions(1_000, 5_000);
    let maps: [&dyn Shared; 4] = [
        &Owner::start(),
        &Locked::default(),
        &ReadersTogether::default(),
        &Shards::new(3),
    ];
    for map in maps {
        assert_eq!(map.get(7), None);
        shared::warm(map, &questions);
        for threads in [1, 3] {
            let (right, _) = shared::crowd(map, threads, &questions);
            assert_eq!(right, 5_000);
        }
    }
}
