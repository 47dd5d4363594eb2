//! The ladder: one question at every distance. The time is that of one question with its answer.

use std::net::Ipv4Addr;
use std::time::Duration;

use criterion::{Criterion, SamplingMode};
use traits_are_rpc::Directory;
use traits_are_rpc::ladder::{Distances, Rung, climb};

const CLIENT: Ipv4Addr = Ipv4Addr::new(17, 0, 0, 1);

/// All rungs of the ladder.
pub fn cases(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("mapping");
    for rung in Rung::ALL {
        if matches!(rung, Rung::Region | Rung::Country) {
            // A sample with ten times as many questions as the one before would take ten times as long.
            group.sampling_mode(SamplingMode::Flat);
        }
        let id = format!("traits-are-rpc/ladder/{}", rung.name());
        group.bench_function(id, |bencher| {
            let mut directory = rung.open(Distances::default()).expect("a socket");
            bencher.iter_custom(|times| asserted(rung, &mut *directory, times));
        });
    }
    group.finish();
}

/// Asks so many times, and stops the bench if an answer was missing or the last one wrong.
fn asserted(rung: Rung, directory: &mut dyn Directory, times: u64) -> Duration {
    let (holder, took) = climb(rung, directory, CLIENT, times).expect("an answer");
    assert_eq!(&*holder, "Apple Computer Inc.", "{rung:?} is wrong");
    took
}
