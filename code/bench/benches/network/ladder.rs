//! Four rungs of Part I's ladder, for comparison: one question and its answer.

use std::net::Ipv4Addr;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Throughput};
use traits_are_rpc::ladder::{Distances, Rung, climb};

const RUNGS: [Rung; 4] = [Rung::Function, Rung::Thread, Rung::Unix, Rung::Tcp];

const CLIENT: Ipv4Addr = Ipv4Addr::new(17, 0, 0, 1);

/// Adds the rungs to a group.
pub fn cases(group: &mut BenchmarkGroup<'_, WallTime>) {
    group.throughput(Throughput::Elements(1));
    for rung in RUNGS {
        group.bench_function(format!("ladder/{}", rung.name()), |bencher| {
            let mut directory = rung.open(Distances::default()).expect("a socket");
            bencher.iter_custom(|times| {
                let asked = climb(rung, &mut *directory, CLIENT, times);
                let (holder, took) = asked.expect("an answer");
                assert_eq!(&*holder, "Apple Computer Inc.", "{rung:?} is wrong");
                took
            });
        });
    }
}
