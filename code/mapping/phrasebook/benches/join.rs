//! The idiom of a benchmark: how long it takes to join words.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};

// ANCHOR: benchmark
fn join(criterion: &mut Criterion) {
    let words = ["the", "network", "is", "the", "computer"];
    criterion.bench_function("join", |bencher| {
        bencher.iter(|| black_box(&words).join(" "));
    });
}
// ANCHOR_END: benchmark

criterion_group!(benches, join);
criterion_main!(benches);
