//! Two ways to sort: by insertion, and as the standard library does.

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use sorting::by_insertion;

/// Numbers in no order, the same each time.
fn numbers(count: u32) -> Vec<u32> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state
    };
    (0..count).map(|_| next()).collect()
}

fn sort(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sort");
    let ways: [(&str, fn(&mut [u32])); 2] = [
        ("insertion", by_insertion),
        ("standard", <[u32]>::sort_unstable),
    ];
    for (name, sort) in ways {
        for count in [100, 1_000, 10_000] {
            let unsorted = numbers(count);
            let id = BenchmarkId::from_parameter(format!("{name}[n={count}]"));
            group.throughput(Throughput::Elements(u64::from(count)));
            group.bench_function(id, |bench| {
                let copy = || unsorted.clone();
                bench.iter_batched_ref(copy, |copy| sort(black_box(copy)), BatchSize::SmallInput);
            });
        }
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = sort
}
criterion_main!(benches);
