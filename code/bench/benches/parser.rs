//! How fast one core takes lines apart.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use traffic::Hit;
use traffic::generator::{Workload, write_log};

const LINES: u64 = 10_000;

fn parser(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parser");
    for workload in [Workload::Steady, Workload::Messy] {
        let mut log = Vec::new();
        write_log(workload, 1, LINES, &mut log, &mut |_| true).expect("memory takes all");
        let lines: Vec<&[u8]> = log.split(|&byte| byte == b'\n').collect();
        let hits = count(&lines);
        assert!(
            hits > LINES as usize / 2 && hits <= LINES as usize,
            "{hits} hits"
        );
        group.throughput(Throughput::Bytes(log.len() as u64));
        group.bench_with_input(
            BenchmarkId::from_parameter(workload),
            &lines,
            |bencher, lines| {
                bencher.iter(|| assert_eq!(count(black_box(lines)), hits));
            },
        );
    }
    group.finish();
}

fn count(lines: &[&[u8]]) -> usize {
    lines
        .iter()
        .filter(|line| black_box(Hit::parse(line)).is_ok())
        .count()
}

criterion_group!(benches, parser);
criterion_main!(benches);
