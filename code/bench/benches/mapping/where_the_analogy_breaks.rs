//! The fallacies that are a matter of time: how far, how much, at what cost, and how equal.

use std::cell::LazyCell;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput};
use where_the_analogy_breaks::bandwidth;
use where_the_analogy_breaks::equal::{self, Spread};
use where_the_analogy_breaks::latency::{Ring, channel_ns, tcp_ns};
use where_the_analogy_breaks::transport::{decode, encode, hits};

const CHAPTER: &str = "mapping/where-the-analogy-breaks";

/// Hits that are encoded.
const HITS: u64 = 1000;

/// What is copied by each thread in an iteration: more than any cache holds.
const BYTES: usize = 32 * 1024 * 1024;

/// Multiplications of a job.
const STEPS: u64 = 20_000;

/// Goes there and back so many times, and says how many nanoseconds each took.
type Road = fn(usize) -> f64;

/// All cases of `mapping/where-the-analogy-breaks`.
pub fn cases(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group(CHAPTER);
    latency(&mut group);
    equality(&mut group);
    // From here on the time is that of a hit.
    group.throughput(Throughput::Elements(HITS));
    group.bench_function("encode", |bencher| {
        let all = hits(HITS);
        bencher.iter(|| {
            let decoded = decode(black_box(&encode(&all)));
            assert_eq!(decoded.as_ref(), Some(&all));
        });
    });
    // And here that of a byte, with the bytes of a second beside it.
    copied(&mut group, "copy[threads=1]", BYTES, |bytes| {
        bandwidth::memory(1, bytes)
    });
    copied(&mut group, "copy[threads=2]", 2 * BYTES, |bytes| {
        bandwidth::memory(2, bytes / 2)
    });
    copied(&mut group, "loopback-bytes", BYTES, bandwidth::tcp);
    group.finish();
}

fn latency(group: &mut BenchmarkGroup<WallTime>) {
    for (size, bytes) in [("16KiB", 16 * 1024), ("64MiB", 64 * 1024 * 1024)] {
        // Criterion calls this for each of its samples, and the large ring takes seconds to make.
        let ring = LazyCell::new(|| {
            let ring = Ring::new(bytes);
            assert_eq!(ring.walk(bytes / size_of::<usize>()), 0, "not one cycle");
            ring
        });
        group.bench_function(format!("memory[size={size}]"), |bencher| {
            let ring = &*ring;
            bencher.iter_custom(|times| {
                let begin = Instant::now();
                black_box(ring.walk(times as usize));
                begin.elapsed()
            });
        });
    }
    // Both assert their answers.
    let roads: [(&str, Road); 2] = [("channel", channel_ns), ("loopback", tcp_ns)];
    for (name, round_ns) in roads {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                Duration::from_nanos((round_ns(times as usize) * times as f64) as u64)
            });
        });
    }
}

/// Equal jobs, and how unequal their times are.
fn equality(group: &mut BenchmarkGroup<WallTime>) {
    let mut all_ns = Vec::new();
    group.bench_function("job", |bencher| {
        let answer = equal::job(STEPS);
        bencher.iter_custom(|times| {
            let took = (0..times).map(|_| {
                let begin = Instant::now();
                assert_eq!(equal::job(black_box(STEPS)), answer, "unequal jobs");
                let took = begin.elapsed();
                all_ns.push(took.as_nanos() as f64);
                took
            });
            took.sum()
        });
    });
    // Another case may be the one that is asked for.
    if all_ns.is_empty() {
        return;
    }
    let spread = Spread::of(all_ns);
    for (metric, ns) in [
        ("p50_ns", spread.median_ns),
        ("p99_ns", spread.p99_ns),
        ("slowest_ns", spread.slowest_ns),
    ] {
        println!("also {CHAPTER}/job {metric} {ns} ns");
    }
}

/// So many bytes, by a road that says how many of them pass in a second.
fn copied(
    group: &mut BenchmarkGroup<WallTime>,
    name: &str,
    bytes: usize,
    road: impl Fn(usize) -> f64,
) {
    let mut rates = Vec::new();
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|times| {
            let took = (0..times).map(|_| {
                let per_s = road(bytes);
                rates.push(per_s);
                Duration::from_secs_f64(bytes as f64 / per_s)
            });
            took.sum()
        });
    });
    rates.sort_by(f64::total_cmp);
    if let Some(median) = rates.get(rates.len() / 2) {
        println!("also {CHAPTER}/{name} bytes_per_s {median} bytes/s");
    }
}
