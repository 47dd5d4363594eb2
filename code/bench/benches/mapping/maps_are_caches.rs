//! What a question to a cache costs: by policy, and by who holds the map.
//!
//! Hits, stale answers and questions to the original are counted, not timed. They are the same in each run, so
//! they are said beside the first case.

use std::hint::black_box;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, SamplingMode, Throughput};
use maps_are_caches::absent::{self, Names};
use maps_are_caches::bounded::{self, Policy};
use maps_are_caches::fresh::{self, Rule, Told};
use maps_are_caches::modern::{self, Books};
use maps_are_caches::shared::{self, Locked, Owner, ReadersTogether, Shards, Shared};
use maps_are_caches::zipf::{Dice, Zipf};

const KEYS: u32 = 10_000;
const QUESTIONS: usize = 200_000;
const SEED: u64 = 1;

/// The policies are timed with room for one key in ten, and their hits counted with all of these.
const ROOM: usize = 1_000;
const ROOMS: [usize; 5] = [100, 300, 1_000, 3_000, 10_000];

/// One original changes after so many questions.
const CHANGE_EVERY: u64 = 500;

/// Lookups in an iteration of the maps that are shared, by all threads together: enough that to start
/// threads is not what is timed. An owner answers far fewer in the time.
const LOOKUPS: usize = 200_000;
const LOOKUPS_OF_OWNER: usize = 10_000;

/// The policies, ours and (without one of them) the library's.
const POLICIES: [(&str, Option<Policy>); 4] = [
    ("fifo", Some(Policy::Fifo)),
    ("lru", Some(Policy::Lru)),
    ("sieve", Some(Policy::Sieve)),
    ("moka", None),
];

/// Policies, and holders.
pub fn cases(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("mapping");
    // An iteration is 200,000 questions: a few are enough.
    group.sampling_mode(SamplingMode::Flat);
    let zipf = Zipf::new(KEYS);
    let questions = zipf.questions(QUESTIONS, &mut Dice::new(SEED));
    policies(&mut group, &zipf, &questions);
    holders(&mut group, &questions);
    group.finish();
}

fn policies(group: &mut BenchmarkGroup<'_, WallTime>, zipf: &Zipf, questions: &[u32]) {
    group.throughput(Throughput::Elements(QUESTIONS as u64));
    for (number, (name, policy)) in POLICIES.into_iter().enumerate() {
        let id = format!("maps-are-caches/policy[entries={ROOM},policy={name}]");
        let mut expected = None;
        group.bench_function(&id, |bencher| {
            let expected = *expected.get_or_insert_with(|| {
                if number == 0 {
                    say_hits(questions);
                    say_stale(zipf, questions);
                    say_asked(zipf);
                }
                hits(policy, ROOM, questions, Books::InBatches)
            });
            bencher.iter(|| {
                let hits = hits(policy, ROOM, black_box(questions), Books::InBatches);
                // When the library puts its books in order depends on the time, too.
                let of_chance = if policy.is_none() { QUESTIONS / 100 } else { 0 };
                assert!(hits.abs_diff(expected) <= of_chance, "{id}: {hits}");
            });
        });
    }
}

fn hits(policy: Option<Policy>, room: usize, questions: &[u32], books: Books) -> usize {
    match policy {
        Some(policy) => bounded::hits(policy, room, questions),
        None => modern::hits(room, questions, books),
    }
}

fn say_hits(questions: &[u32]) {
    for (name, policy) in POLICIES {
        for room in ROOMS {
            let hits = hits(policy, room, questions, Books::AtOnce);
            let case = format!("mapping/maps-are-caches/policy[entries={room},policy={name}]");
            say(
                &case,
                "hit_share",
                share(hits as u64, QUESTIONS as u64),
                "share",
            );
        }
    }
}

fn say_stale(zipf: &Zipf, questions: &[u32]) {
    let told = |late, loses_one_in| Some(Told { late, loses_one_in });
    for (name, time_to_live, told) in [
        ("for-ever", None, None),
        ("ttl-10k", Some(10_000), None),
        ("ttl-1k", Some(1_000), None),
        ("told", None, told(0, 0)),
        ("told-late", None, told(100, 0)),
        ("told-lossy", None, told(0, 10)),
        ("told-lossy-ttl", Some(10_000), told(0, 10)),
    ] {
        let rule = Rule { time_to_live, told };
        let outcome = fresh::play(rule, zipf, questions, CHANGE_EVERY);
        let case = format!("mapping/maps-are-caches/fresh[rule={name}]");
        say(
            &case,
            "hit_share",
            share(outcome.hits, QUESTIONS as u64),
            "share",
        );
        say(
            &case,
            "stale_share",
            share(outcome.stale, outcome.hits),
            "share",
        );
    }
}

fn say_asked(zipf: &Zipf) {
    for (name, names) in [("few", Names::Few(50)), ("new", Names::New)] {
        for keeps in [false, true] {
            let outcome = absent::play(names, keeps, zipf, Dice::new(SEED), QUESTIONS as u64);
            let case = format!("mapping/maps-are-caches/absent[kept={keeps},names={name}]");
            say(&case, "asked", outcome.asked as f64, "questions");
            say(&case, "entries", outcome.entries as f64, "entries");
        }
    }
}

/// What was counted, for whoever runs the bench.
fn say(case: &str, metric: &str, value: f64, unit: &str) {
    println!("also {case} {metric} {value} {unit}");
}

fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

fn holders(group: &mut BenchmarkGroup<'_, WallTime>, questions: &[u32]) {
    for (name, make, all_threads) in HOLDERS {
        let lookups = if name == "owner" {
            LOOKUPS_OF_OWNER
        } else {
            LOOKUPS
        };
        let questions = &questions[..lookups];
        group.throughput(Throughput::Elements(lookups as u64));
        for &threads in all_threads {
            let id = format!("maps-are-caches/get[holder={name},threads={threads}]");
            group.bench_function(&id, |bencher| {
                let map = make();
                shared::warm(&*map, questions);
                bencher.iter_custom(|times| {
                    let once = |_| {
                        let (right, took) = shared::crowd(&*map, threads, questions);
                        assert_eq!(right, lookups as u64, "{id}");
                        took
                    };
                    (0..times).map(once).sum()
                });
            });
        }
    }
}

/// Who holds the map, how one is made, and how many threads want it.
type Holder = (&'static str, fn() -> Box<dyn Shared>, &'static [usize]);

const HOLDERS: [Holder; 5] = [
    ("owner", || Box::new(Owner::start()), &[1]),
    ("lock", || Box::new(Locked::default()), &[1, 2]),
    ("readers", || Box::new(ReadersTogether::default()), &[2]),
    ("shards", || Box::new(Shards::new(16)), &[2]),
    (
        "moka",
        || Box::new(Moka(modern::cache(KEYS as usize))),
        &[2],
    ),
];

/// The library's cache as a map that is shared.
struct Moka(modern::Cached);

impl Shared for Moka {
    fn get(&self, key: u32) -> Option<u64> {
        self.0.get(&key)
    }

    fn put(&self, key: u32, value: u64) {
        self.0.insert(key, value);
    }
}
