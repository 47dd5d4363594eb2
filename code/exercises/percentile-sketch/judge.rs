// The judge of `percentile-sketch`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use percentile_sketch::Sketch;

/// More numbers than this do not travel with each report.
const SIZE_MAX: usize = 2_500;

const PROMISES: &[Promise] = &[
    Promise {
        name: "it-counts-all",
        says: "The number of durations is exact, also of none, of one, and of very long ones.",
        check: it_counts_all,
    },
    Promise {
        name: "it-is-close",
        says: "Each percentile is within 3 % of the exact one, from microseconds to an hour.",
        check: it_is_close,
    },
    Promise {
        name: "merged-is-whole",
        says: "Workers with very different parts, put together, say what one would say of all.",
        check: merged_is_whole,
    },
    Promise {
        name: "order-does-not-matter",
        says: "It is the same which worker is added to which.",
        check: order_does_not_matter,
    },
    Promise {
        name: "it-stays-small",
        says: "A million durations are not more to keep than a thousand.",
        check: it_stays_small,
    },
];

const SHARES: [f64; 6] = [0.01, 0.5, 0.9, 0.99, 0.999, 1.0];

/// Durations of all lengths between a microsecond and an hour; the same for the same seed.
fn durations(count: usize, seed: u64) -> Vec<u64> {
    let mut random = seed;
    let mut next = || {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        random >> 33
    };
    let one = |next: &mut dyn FnMut() -> u64| {
        let bits = next() % 32;
        ((1 << bits) + next() % (1 << bits)).min(3_600_000_000)
    };
    (0..count).map(|_| one(&mut next)).collect()
}

fn sketch(durations: &[u64]) -> Sketch {
    let mut sketch = Sketch::new();
    durations
        .iter()
        .for_each(|duration| sketch.record(*duration));
    sketch
}

fn it_counts_all() -> Verdict {
    let empty = Sketch::new();
    if (empty.count(), empty.quantile(0.5)) != (0, 0) {
        return Err("Expected: of no durations there are 0, and their median is 0.".into());
    }
    for all in [
        vec![0],
        vec![u64::from(u32::MAX) * 1_000],
        durations(1_000, 3),
    ] {
        let count = sketch(&all).count();
        if count != all.len() as u64 {
            let expected = all.len();
            return Err(
                format!("Expected: {expected} durations were recorded. It says {count}.").into(),
            );
        }
    }
    Ok(())
}

fn it_is_close() -> Verdict {
    let all = durations(50_000, 5);
    let mut sorted = all.clone();
    sorted.sort_unstable();
    let sketch = sketch(&all);
    for share in SHARES {
        let rank = (share * sorted.len() as f64).ceil() as usize;
        let exact = sorted[rank.max(1) - 1];
        let told = sketch.quantile(share);
        if told.abs_diff(exact) as f64 > 0.03 * exact as f64 {
            return Err(format!(
                "Expected: {:.1} % of the durations do not exceed {exact} µs. The sketch says {told} µs.",
                share * 100.0
            )
            .into());
        }
    }
    Ok(())
}

/// Parts as they come about: a fast worker has many short ones, a slow one few and long.
fn parts() -> Vec<Vec<u64>> {
    let mut all = durations(20_000, 11);
    all.sort_unstable();
    let mut parts = Vec::new();
    for size in [12_000, 5_000, 2_500, 400, 99, 1] {
        parts.push(all.drain(..size).collect());
    }
    parts
}

fn merged_is_whole() -> Verdict {
    let parts = parts();
    let mut merged = Sketch::new();
    parts.iter().for_each(|part| merged.merge(&sketch(part)));
    let whole = sketch(&parts.concat());
    if merged.count() != whole.count() {
        return Err(format!(
            "Expected: {} durations together. The merged sketch says {}.",
            whole.count(),
            merged.count()
        )
        .into());
    }
    for share in SHARES {
        let (merged, whole) = (merged.quantile(share), whole.quantile(share));
        if merged != whole {
            return Err(format!(
                "Expected: merged or not, {:.1} % do not exceed {whole} µs. The merged sketch says {merged} µs.",
                share * 100.0
            )
            .into());
        }
    }
    Ok(())
}

fn order_does_not_matter() -> Verdict {
    let parts = parts();
    let sketches: Vec<Sketch> = parts.iter().map(|part| sketch(part)).collect();
    let mut forwards = Sketch::new();
    sketches.iter().for_each(|one| forwards.merge(one));
    let mut backwards = Sketch::new();
    sketches.iter().rev().for_each(|one| backwards.merge(one));
    for share in SHARES {
        let (one, other) = (forwards.quantile(share), backwards.quantile(share));
        if one != other {
            return Err(format!(
                "Expected: the same in both orders. It is {one} µs, and {other} µs."
            )
            .into());
        }
    }
    Ok(())
}

fn it_stays_small() -> Verdict {
    let mut merged = Sketch::new();
    for seed in 0..5 {
        merged.merge(&sketch(&durations(40_000, seed)));
    }
    let size = merged.size();
    if size <= SIZE_MAX {
        return Ok(());
    }
    Err(
        format!("Expected: at most {SIZE_MAX} numbers for 200,000 durations. There are {size}.")
            .into(),
    )
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
