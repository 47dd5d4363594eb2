// The judge of `a-line-of-its-own`.

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use a_line_of_its_own::{Counters, LINE};
use drill::{Promise, Verdict};

const PROMISES: &[Promise] = &[
    Promise {
        name: "counts-are-exact",
        says: "Each worker has a counter, and the total is what all have counted.",
        check: counts_are_exact,
    },
    Promise {
        name: "no-line-in-common",
        says: "No two counters are in the same 128 bytes of memory.",
        check: no_line_in_common,
    },
    Promise {
        name: "no-room-for-nothing",
        says: "A counter takes 128 bytes, and no more.",
        check: no_room_for_nothing,
    },
    Promise {
        name: "no-slower",
        says: "On this machine two threads are not slower with it than with packed counters, give or take a half.",
        check: no_slower,
    },
];

const WORKERS: usize = 8;

fn counts_are_exact() -> Verdict {
    let counters = Counters::new(WORKERS);
    std::thread::scope(|scope| {
        for worker in 0..WORKERS {
            let counter = counters.of(worker);
            scope.spawn(move || count(counter, 1_000 * (worker as u64 + 1)));
        }
    });
    let each: Vec<u64> = (0..WORKERS)
        .map(|worker| counters.of(worker).load(Ordering::Relaxed))
        .collect();
    let expected: Vec<u64> = (1..=WORKERS as u64).map(|worker| 1_000 * worker).collect();
    if each == expected && counters.total() == expected.iter().sum() {
        return Ok(());
    }
    Err(format!(
        "Expected: the workers have counted {expected:?}. Their counters say {each:?}, and the total {}.",
        counters.total()
    )
    .into())
}

fn count(counter: &AtomicU64, times: u64) {
    for _ in 0..times {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

/// Where the counters lie. Several sets: one may lie well by chance.
fn addresses() -> Vec<Vec<usize>> {
    let address = |counter: &AtomicU64| std::ptr::from_ref(counter).addr();
    let sets: Vec<Counters> = (1..=WORKERS).map(Counters::new).collect();
    let of_set = |(set, workers): (&Counters, usize)| {
        (0..workers).map(|worker| address(set.of(worker))).collect()
    };
    sets.iter().zip(1..).map(of_set).collect()
}

fn no_line_in_common() -> Verdict {
    for places in addresses() {
        let shared = places
            .windows(2)
            .position(|pair| pair[0] / LINE == pair[1] / LINE);
        if let Some(worker) = shared {
            return Err(format!(
                "The counters of the workers {worker} and {} lie at {:#x} and {:#x}. Expected: not in the same {LINE} bytes. They are.",
                worker + 1,
                places[worker],
                places[worker + 1]
            )
            .into());
        }
        // The memory of one counter may be in two lines, and then the second of them is the next one's, too.
        if let Some(worker) = places.iter().position(|place| place % LINE > LINE - 8) {
            return Err(format!(
                "The counter of worker {worker} lies across a border of {LINE} bytes."
            )
            .into());
        }
        if let Some(worker) = places
            .iter()
            .position(|place| place % LINE != places[0] % LINE)
        {
            return Err(format!("The counters of the workers 0 and {worker} begin at different places of their {LINE} bytes: it is chance which of them share some.").into());
        }
    }
    let starts = addresses().into_iter().map(|places| places[0] % LINE);
    if starts.collect::<std::collections::BTreeSet<_>>().len() > 1 {
        return Err(format!(
            "Expected: counters begin at a border of {LINE} bytes. Some do, and some do not: where they lie is chance, and what else is in their lines, too."
        )
        .into());
    }
    Ok(())
}

fn no_room_for_nothing() -> Verdict {
    for places in addresses() {
        let apart = places
            .windows(2)
            .map(|pair| pair[1].abs_diff(pair[0]))
            .max();
        if apart.is_some_and(|apart| apart > LINE) {
            return Err(format!(
                "Expected: neighbours are {LINE} bytes apart. They are {} bytes apart.",
                apart.unwrap_or_default()
            )
            .into());
        }
    }
    Ok(())
}

/// A busy machine gets more rounds, until the padded counters have once been as fast as the packed ones.
const ROUNDS: std::ops::Range<usize> = 7..30;
const TIMES: u64 = 2_000_000;

/// The time in which two threads count, each in its counter: the shortest of some, by turns with the packed ones.
fn no_slower() -> Verdict {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    if !drill::judge::is_timed() || threads < 2 {
        return Ok(());
    }
    let counters = Counters::new(2);
    let packed = [AtomicU64::new(0), AtomicU64::new(0)];
    let [mut own, mut beside] = [Duration::MAX; 2];
    for round in 0..ROUNDS.end {
        if round >= ROUNDS.start && own <= beside {
            break;
        }
        beside = beside.min(together([&packed[0], &packed[1]]));
        own = own.min(together([counters.of(0), counters.of(1)]));
    }
    let ratio = beside.as_secs_f64() / own.as_secs_f64();
    println!("two threads, each {TIMES} times: {ratio:.1} times as fast as with packed counters");
    if ratio > 0.5 {
        return Ok(());
    }
    Err(format!(
        "Expected: two threads are not slower than with packed counters. They take {:.1} times as long.",
        1.0 / ratio
    )
    .into())
}

fn together(counters: [&AtomicU64; 2]) -> Duration {
    let start = Instant::now();
    std::thread::scope(|scope| {
        for counter in counters {
            scope.spawn(move || count(counter, TIMES));
        }
    });
    start.elapsed()
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
