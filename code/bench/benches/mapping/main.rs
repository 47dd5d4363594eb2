//! What the primitives of Part I cost: one operation of each, the distributed cousin beside it. One file a chapter.
//!
//! A case is named `mapping/CHAPTER/OPERATION[parameters]`, and its twin in Go `go/CHAPTER/OPERATION[parameters]`,
//! whose function is called `BenchmarkOperation` in `code/go/CHAPTER`. Every case asserts its answer.

mod channels_are_queues;
mod composition;
mod maps_are_caches;
mod select_is_scheduling;
mod tasks_are_nodes;
mod traits_are_rpc;
mod where_the_analogy_breaks;

use criterion::{criterion_group, criterion_main};

criterion_group!(
    benches,
    tasks_are_nodes::cases,
    channels_are_queues::cases,
    traits_are_rpc::cases,
    maps_are_caches::cases,
    select_is_scheduling::cases,
    composition::cases,
    where_the_analogy_breaks::cases,
);
criterion_main!(benches);
