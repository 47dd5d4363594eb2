//! A warm cache under several threads: what locks cost when nothing else is done.
//!
//! The keys are the clients of a log in its order, so that a few are wanted all the time. All of them
//! are in the cache. Beside the rate, it is counted how often a thread found the lock that it needed
//! taken.

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Barrier, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use s10_shard::shard::Sharded;
use traffic::Hit;
use traffic::generator::{Workload, write_log};

const LINES: u64 = 100_000;

/// Lookups in an iteration, by all threads together: enough that to start threads is not what is timed.
const LOOKUPS: usize = 400_000;

fn shards(criterion: &mut Criterion) {
    let clients = clients();
    let mut group = criterion.benchmark_group("shards");
    group.throughput(Throughput::Elements(LOOKUPS as u64));
    for threads in [1, 2, 4] {
        for shards in [1, 4, 16, 64] {
            let id = BenchmarkId::from_parameter(format!("get[shards={shards},threads={threads}]"));
            let (mut lookups, mut contended) = (0, 0);
            group.bench_function(id.clone(), |bencher| {
                let cache = warm(shards, &clients);
                bencher.iter_custom(|times| {
                    (0..times)
                        .map(|_| {
                            let (took, waited) = look_up(&cache, &clients, threads);
                            lookups += LOOKUPS as u64;
                            contended += waited;
                            took
                        })
                        .sum()
                });
            });
            if lookups > 0 {
                // Beside the time, which criterion knows: the collector files what stands here.
                let share = contended as f64 / lookups as f64;
                println!(
                    "also shards/get[shards={shards},threads={threads}] contended_share {share} share"
                );
            }
        }
    }
    group.finish();
}

/// The clients of a steady log, in its order.
fn clients() -> Vec<Vec<u8>> {
    let mut log = Vec::new();
    write_log(Workload::Steady, 1, LINES, &mut log, &mut |_| true).expect("memory takes all");
    let hits = log.split(|&byte| byte == b'\n').map(Hit::parse);
    hits.filter_map(|hit| Some(hit.ok()?.client.to_vec()))
        .collect()
}

/// A cache that holds the length of each client's name, with room for all.
fn warm(shards: usize, clients: &[Vec<u8>]) -> Sharded<usize> {
    let cache = Sharded::new(shards, 64 * 1024);
    for client in clients {
        let mut shard = cache.shard(client).lock().expect("nobody panics");
        shard.insert(client, client.len());
    }
    cache
}

/// Looks up all that is to be looked up, and says how long it took and how often a lock was taken.
fn look_up(cache: &Sharded<usize>, clients: &[Vec<u8>], threads: usize) -> (Duration, u64) {
    let (start, end) = (Barrier::new(threads + 1), Barrier::new(threads + 1));
    let (right, contended) = (AtomicU64::new(0), AtomicU64::new(0));
    thread::scope(|scope| {
        for number in 0..threads {
            let (start, end, right, contended) = (&start, &end, &right, &contended);
            // Each begins at another place of the log.
            let mine = clients
                .iter()
                .cycle()
                .skip(number * clients.len() / threads);
            scope.spawn(move || {
                start.wait();
                let (mut found, mut waits) = (0, 0);
                for client in mine.take(LOOKUPS / threads) {
                    let length = get(cache, black_box(client), &mut waits);
                    found += u64::from(length == Some(client.len()));
                }
                right.fetch_add(found, Relaxed);
                contended.fetch_add(waits, Relaxed);
                end.wait();
            });
        }
        start.wait();
        let begin = Instant::now();
        end.wait();
        let took = begin.elapsed();
        // Not in the threads: the others would wait for ever for one that panics.
        assert_eq!(right.load(Relaxed), LOOKUPS as u64, "a wrong answer");
        (took, contended.load(Relaxed))
    })
}

/// As the step takes the lock: without waiting if it can.
fn get(cache: &Sharded<usize>, client: &[u8], waits: &mut u64) -> Option<usize> {
    let shard = cache.shard(client);
    if let Ok(mut shard) = shard.try_lock() {
        return shard.get(client).copied();
    }
    *waits += 1;
    let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
    shard.get(client).copied()
}

criterion_group!(benches, shards);
criterion_main!(benches);
