//! What a question to a cache costs: by policy, and by who holds the map.
//!
//! The time is that of one question. Beside it stands what was counted: the share of hits, and how many of
//! these were stale.

use std::hint::black_box;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, SamplingMode, Throughput};
use maps_are_caches::absent::{self, Names};
use maps_are_caches::bounded::{self, Policy};
use maps_are_caches::fresh::{self, Rule, Told};
use maps_are_caches::modern;
use maps_are_caches::shared::{self, Locked, Owner, ReadersTogether, Shards, Shared};
use maps_are_caches::zipf::{Dice, Zipf};

const KEYS: u32 = 10_000;
const QUESTIONS: usize = 200_000;

/// One original changes after so many questions.
const CHANGE_EVERY: u64 = 500;

/// Lookups in an iteration of the maps that are shared, by all threads together: enough that to start
/// threads is not what is timed. An owner answers far fewer in the time.
const LOOKUPS: usize = 200_000;
const LOOKUPS_OF_OWNER: usize = 10_000;

/// Policies, rules of freshness, and holders.
pub fn cases(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("mapping");
    // An iteration is 200,000 questions: a few are enough.
    group.sampling_mode(SamplingMode::Flat);
    let zipf = Zipf::new(KEYS);
    let questions = zipf.questions(QUESTIONS, &mut Dice::new(1));
    policies(&mut group, &questions);
    rules(&mut group, &zipf, &questions);
    absence(&mut group, &zipf);
    holders(&mut group, &questions);
    group.finish();
}

fn policies(group: &mut BenchmarkGroup<'_, WallTime>, questions: &[u32]) {
    group.throughput(Throughput::Elements(QUESTIONS as u64));
    for room in [100, 1_000, 10_000] {
        for (name, policy) in [
            ("fifo", Some(Policy::Fifo)),
            ("lru", Some(Policy::Lru)),
            ("sieve", Some(Policy::Sieve)),
            ("moka", None),
        ] {
            let hits = || match policy {
                Some(policy) => bounded::hits(policy, room, black_box(questions)),
                None => modern::hits(room, black_box(questions)),
            };
            let id = format!("maps-are-caches/policy[entries={room},policy={name}]");
            let mut counted = None;
            group.bench_function(&id, |bencher| {
                let expected = *counted.get_or_insert_with(hits);
                bencher.iter(|| assert_eq!(hits(), expected, "{id}"));
            });
            if let Some(hits) = counted {
                let share = hits as f64 / QUESTIONS as f64;
                println!("also mapping/{id} hit_share {share} share");
            }
        }
    }
}

fn rules(group: &mut BenchmarkGroup<'_, WallTime>, zipf: &Zipf, questions: &[u32]) {
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
        let id = format!("maps-are-caches/fresh[rule={name}]");
        let mut counted = None;
        group.bench_function(&id, |bencher| {
            let play = || fresh::play(rule, zipf, black_box(questions), CHANGE_EVERY);
            let expected = *counted.get_or_insert_with(play);
            bencher.iter(|| assert_eq!(play(), expected, "{id}"));
        });
        if let Some(outcome) = counted {
            let hits = outcome.hits as f64 / QUESTIONS as f64;
            let stale = outcome.stale as f64 / outcome.hits as f64;
            println!("also mapping/{id} hit_share {hits} share");
            println!("also mapping/{id} stale_share {stale} share");
        }
    }
}

fn absence(group: &mut BenchmarkGroup<'_, WallTime>, zipf: &Zipf) {
    for (name, names) in [("few", Names::Few(50)), ("new", Names::New)] {
        for keeps in [false, true] {
            let id = format!("maps-are-caches/absent[kept={keeps},names={name}]");
            let mut counted = None;
            group.bench_function(&id, |bencher| {
                let play = || absent::play(names, keeps, black_box(zipf), QUESTIONS as u64);
                let expected = *counted.get_or_insert_with(play);
                bencher.iter(|| assert_eq!(play(), expected, "{id}"));
            });
            if let Some(outcome) = counted {
                println!("also mapping/{id} asked {} questions", outcome.asked);
                println!("also mapping/{id} entries {} entries", outcome.entries);
            }
        }
    }
}

fn holders(group: &mut BenchmarkGroup<'_, WallTime>, questions: &[u32]) {
    for threads in [1, 2, 4] {
        for (name, make) in HOLDERS {
            let lookups = if name == "owner" {
                LOOKUPS_OF_OWNER
            } else {
                LOOKUPS
            };
            let questions = &questions[..lookups];
            group.throughput(Throughput::Elements(lookups as u64));
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

/// Who holds the map, and how one is made.
type Holder = (&'static str, fn() -> Box<dyn Shared>);

const HOLDERS: [Holder; 5] = [
    ("owner", || Box::new(Owner::start())),
    ("lock", || Box::new(Locked::default())),
    ("readers", || Box::new(ReadersTogether::default())),
    ("shards", || Box::new(Shards::new(16))),
    ("moka", || Box::new(Moka(modern::cache(KEYS as usize)))),
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
