//! What a node costs: to start and to end it, to switch to it, and to keep it while it waits.

use std::hint::black_box;
use std::process::Command;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::{Duration, Instant};

use criterion::{Bencher, BenchmarkId, Criterion, Throughput};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Barrier, mpsc};
use tokio::task::JoinSet;

/// Switches of an iteration: enough that to start the two is not what is timed.
const SWITCHES: u64 = 10_000;

/// Idle nodes at once: so many that what one keeps is not lost in what the process has anyway.
const IDLE_THREADS: usize = 500;
const IDLE_TASKS: usize = 100_000;

pub fn cases(criterion: &mut Criterion) {
    let runtime = Builder::new_multi_thread().build().expect("a runtime");
    let alone = Builder::new_current_thread().build().expect("a runtime");
    let mut group = criterion.benchmark_group("mapping");
    let id = |what: &str| BenchmarkId::from_parameter(format!("tasks-are-nodes/{what}"));

    group.bench_function(id("start[kind=thread]"), |bencher| {
        bencher.iter(|| {
            let life = thread::spawn(|| black_box(1));
            assert_eq!(life.join().expect("it does not panic"), 1);
        });
    });
    group.bench_function(id("start[kind=task]"), |bencher| {
        start_tasks(bencher, &runtime)
    });
    group.bench_function(id("start[kind=task,threads=1]"), |bencher| {
        start_tasks(bencher, &alone)
    });
    group.bench_function(id("start[kind=process]"), |bencher| {
        bencher.iter(|| {
            let status = Command::new("true").status().expect("the system has it");
            assert!(status.success());
        });
    });

    group.throughput(Throughput::Elements(SWITCHES));
    group.bench_function(id("switch[kind=thread]"), |bencher| {
        bencher.iter(switch_threads)
    });
    group.bench_function(id("switch[kind=task]"), |bencher| {
        switch_tasks(bencher, &runtime)
    });
    group.bench_function(id("switch[kind=task,threads=1]"), |bencher| {
        switch_tasks(bencher, &alone)
    });

    group.throughput(Throughput::Elements(IDLE_THREADS as u64));
    let name = "idle[kind=thread]";
    group.bench_function(id(name), |bencher| {
        idle(bencher, name, IDLE_THREADS, idle_threads)
    });
    group.throughput(Throughput::Elements(IDLE_TASKS as u64));
    let name = "idle[kind=task]";
    group.bench_function(id(name), |bencher| {
        idle(bencher, name, IDLE_TASKS, |nodes| {
            idle_tasks(&runtime, nodes)
        });
    });
    group.finish();
}

/// Starts a task from another one, and waits for it, again and again.
fn start_tasks(bencher: &mut Bencher<'_>, runtime: &Runtime) {
    bencher.iter_custom(|times| {
        let measured = async move {
            let begin = Instant::now();
            for _ in 0..times {
                let life = tokio::spawn(async { black_box(1) });
                assert_eq!(life.await.expect("it does not panic"), 1);
            }
            begin.elapsed()
        };
        let driver = async { tokio::spawn(measured).await.expect("it does not panic") };
        runtime.block_on(driver)
    });
}

/// A number goes to and fro between two threads: each way one goes to sleep and another wakes.
fn switch_threads() {
    let (ping, pings) = sync_channel(1);
    let (pong, pongs) = sync_channel(1);
    let other = thread::spawn(move || {
        for item in pings {
            if pong.send(item).is_err() {
                break;
            }
        }
    });
    for item in 0..SWITCHES / 2 {
        ping.send(black_box(item)).expect("the other one lives");
        assert_eq!(pongs.recv(), Ok(item));
    }
    drop(ping);
    other.join().expect("it does not panic");
}

/// The same between two tasks.
fn switch_tasks(bencher: &mut Bencher<'_>, runtime: &Runtime) {
    bencher.iter(|| {
        let both = async {
            let (ping, mut pings) = mpsc::channel(1);
            let (pong, mut pongs) = mpsc::channel(1);
            tokio::spawn(async move {
                while let Some(item) = pings.recv().await {
                    if pong.send(item).await.is_err() {
                        break;
                    }
                }
            });
            let one = tokio::spawn(async move {
                for item in 0..SWITCHES / 2 {
                    ping.send(black_box(item))
                        .await
                        .expect("the other one lives");
                    assert_eq!(pongs.recv().await, Some(item));
                }
            });
            one.await.expect("it does not panic");
        };
        runtime.block_on(both);
    });
}

/// Times how long it takes to start so many that wait, and to end them. The first time it is seen how much
/// memory they keep: later ones get what the first have given back.
fn idle(
    bencher: &mut Bencher<'_>,
    name: &str,
    nodes: usize,
    mut start_and_end: impl FnMut(usize) -> (Duration, u64),
) {
    let mut is_first = true;
    bencher.iter_custom(|times| {
        let mut all = Duration::ZERO;
        for _ in 0..times {
            let (took, memory) = start_and_end(nodes);
            if is_first && memory > 0 {
                let each = memory as f64 / nodes as f64;
                println!("also mapping/tasks-are-nodes/{name} memory_bytes {each} bytes");
            }
            is_first = false;
            all += took;
        }
        all
    });
}

fn idle_threads(nodes: usize) -> (Duration, u64) {
    let (before, begin) = (resident(), Instant::now());
    let gate = std::sync::Barrier::new(nodes + 1);
    let end = std::sync::Barrier::new(nodes + 1);
    let mut memory = 0;
    thread::scope(|scope| {
        for _ in 0..nodes {
            scope.spawn(|| {
                gate.wait();
                end.wait();
            });
        }
        gate.wait();
        memory = resident().saturating_sub(before);
        end.wait();
    });
    (begin.elapsed(), memory)
}

fn idle_tasks(runtime: &Runtime, nodes: usize) -> (Duration, u64) {
    let (before, begin) = (resident(), Instant::now());
    let memory = runtime.block_on(async {
        let gate = std::sync::Arc::new(Barrier::new(nodes + 1));
        let end = std::sync::Arc::new(Barrier::new(nodes + 1));
        let mut all = JoinSet::new();
        for _ in 0..nodes {
            let (gate, end) = (gate.clone(), end.clone());
            all.spawn(async move {
                gate.wait().await;
                end.wait().await;
            });
        }
        gate.wait().await;
        let memory = resident().saturating_sub(before);
        end.wait().await;
        all.join_all().await;
        memory
    });
    (begin.elapsed(), memory)
}

/// The memory of this process that lies in the machine's, in bytes; zero where the system does not tell so.
fn resident() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = pages
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse::<u64>().ok());
    pages.unwrap_or(0) * 4096
}
