//! One hop: what it costs to hand items to a neighbour and to have its answers, from a channel between threads
//! to a remote call.
//!
//! A case is named `network/hop/KIND[batch=ITEMS,size=BYTES]`. With a batch of 1 there is one message under way:
//! the time is that of the way there and back. With more there are several messages under way, and the time is
//! that of an item. Each sum that comes back is that of the items that went. Beside them are four rungs of Part
//! I's ladder, `network/ladder/RUNG`, and two more through servers of others, so that one chart has one run.

mod calls;
mod grpc;
mod hop;
mod ladder;
mod local;
mod remote;
mod through;

use std::time::Duration;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};

use crate::hop::{BATCH, Load, UNDER_WAY};

/// Starts a neighbour, exchanges with it what the load says, and says how long that took, without the start.
type Exchange = fn(Load) -> (u64, Duration);

/// All neighbours, from near to far.
const KINDS: [(&str, Exchange); 7] = [
    ("crossbeam", local::between_threads),
    ("tokio", local::between_tasks),
    ("remoc-unix", remote::over_unix),
    ("remoc-tcp", remote::over_tcp),
    ("remoc-tls", remote::over_tls),
    ("tarpc", calls::by_tarpc),
    ("tonic", grpc::by_tonic),
];

/// The sizes of an item in bytes.
const SIZES: [usize; 2] = [64, 4096];

fn hops(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("network");
    // Each sample has as many messages as the next, so that all have as many under way.
    group.sampling_mode(SamplingMode::Flat);
    for (batch, under_way) in [(1, 1), (BATCH, UNDER_WAY)] {
        group.throughput(Throughput::Elements(batch as u64));
        for size in SIZES {
            for (kind, exchange) in KINDS {
                let id = format!("hop/{kind}[batch={batch},size={size}]");
                group.bench_function(id, |bencher| {
                    bencher.iter_custom(|messages| {
                        let load = Load {
                            messages,
                            batch,
                            size,
                            under_way,
                        };
                        let (sum, took) = exchange(load);
                        assert_eq!(sum, load.sum(), "{kind} is wrong");
                        took
                    });
                });
            }
        }
    }
    ladder::cases(&mut group);
    through::cases(&mut group);
    group.finish();
}

criterion_group!(benches, hops);
criterion_main!(benches);
