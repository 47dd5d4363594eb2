//! The fallacies that are a matter of time: how far, how much, at what cost, and how equal.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput};
use where_the_analogy_breaks::latency::{Ring, channel_ns, tcp_ns};
use where_the_analogy_breaks::transport::{decode, encode, hits};
use where_the_analogy_breaks::{bandwidth, equal};

const HITS: u64 = 1000;

/// What is copied by each thread in an iteration.
const BYTES: usize = 32 * 1024 * 1024;

/// All cases of `mapping/where-the-analogy-breaks`.
pub fn cases(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("mapping/where-the-analogy-breaks");
    for (size, bytes) in [("16KiB", 16 * 1024), ("64MiB", 64 * 1024 * 1024)] {
        group.bench_function(format!("memory[size={size}]"), |bencher| {
            let ring = Ring::new(bytes);
            assert_eq!(ring.walk(bytes / size_of::<usize>()), 0, "not one cycle");
            bencher.iter_custom(|times| {
                let begin = Instant::now();
                black_box(ring.walk(times as usize));
                begin.elapsed()
            });
        });
    }
    let roads: [(&str, fn(usize) -> f64); 2] = [("channel", channel_ns), ("loopback", tcp_ns)];
    for (name, round_ns) in roads {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                Duration::from_nanos((round_ns(times as usize) * times as f64) as u64)
            });
        });
    }
    group.bench_function("job", |bencher| {
        let answer = equal::job(20_000);
        bencher.iter(|| assert_eq!(equal::job(black_box(20_000)), answer));
    });
    let spread = equal::spread(10_000, 20_000);
    for (metric, ns) in [
        ("p50_ns", spread.median_ns),
        ("p99_ns", spread.p99_ns),
        ("slowest_ns", spread.slowest_ns),
    ] {
        println!("also mapping/where-the-analogy-breaks/job {metric} {ns} ns");
    }
    // From here on the time is that of a hit.
    group.throughput(Throughput::Elements(HITS));
    group.bench_function("encode", |bencher| {
        let all = hits(HITS);
        bencher.iter(|| {
            assert_eq!(
                decode(black_box(&encode(&all))).map(|all| all.len()),
                Some(all.len())
            )
        });
    });
    // And here that of a byte.
    for threads in [1, 2] {
        group.throughput(Throughput::Bytes((threads * BYTES) as u64));
        group.bench_function(format!("copy[threads={threads}]"), |bencher| {
            bencher.iter_custom(|times| {
                (0..times)
                    .map(|_| took(threads * BYTES, bandwidth::memory(threads, BYTES)))
                    .sum()
            });
        });
    }
    group.throughput(Throughput::Bytes(BYTES as u64));
    group.bench_function("loopback-bytes", |bencher| {
        bencher.iter_custom(|times| (0..times).map(|_| took(BYTES, bandwidth::tcp(BYTES))).sum());
    });
    group.finish();
}

fn took(bytes: usize, per_s: f64) -> Duration {
    Duration::from_secs_f64(bytes as f64 / per_s)
}
