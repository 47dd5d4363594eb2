//! What a node costs: to start and to end it, to switch to it, and to keep it while it waits.

use std::hint::black_box;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Barrier};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use criterion::{Bencher, BenchmarkId, Criterion, SamplingMode, Throughput};
use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

/// Switches of an iteration: enough that to start the two is not what is timed.
const SWITCHES: u64 = 2_000;

/// Idle nodes at once: so many that what one keeps is not lost in what the process has anyway.
const IDLE_PROCESSES: usize = 20;
const IDLE_THREADS: usize = 500;
const IDLE_TASKS: usize = 20_000;

/// The memory that a node keeps is counted in such pieces.
const PAGE: u64 = 4096;

pub fn cases(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let mut group = criterion.benchmark_group("mapping");
    group.sampling_mode(SamplingMode::Flat);
    let id = |what: &str| BenchmarkId::from_parameter(format!("tasks-are-nodes/{what}"));

    group.bench_function(id("start[kind=process]"), |bencher| {
        bencher.iter(start_process);
    });
    group.bench_function(id("start[kind=thread]"), |bencher| {
        bencher.iter(start_thread);
    });
    group.bench_function(id("start[kind=task]"), |bencher| {
        start_tasks(bencher, &runtime);
    });

    group.throughput(Throughput::Elements(SWITCHES));
    group.bench_function(id("switch[kind=process]"), |bencher| {
        bencher.iter(switch_processes);
    });
    group.bench_function(id("switch[kind=thread]"), |bencher| {
        bencher.iter(switch_threads);
    });
    group.bench_function(id("switch[kind=task]"), |bencher| {
        switch_tasks(bencher, &runtime);
    });

    let mut is_first = true;
    group.throughput(Throughput::Elements(IDLE_PROCESSES as u64));
    group.bench_function(id("idle[kind=process]"), |bencher| {
        idle(
            bencher,
            "process",
            IDLE_PROCESSES,
            &mut is_first,
            idle_processes,
        );
    });
    let mut is_first = true;
    group.throughput(Throughput::Elements(IDLE_THREADS as u64));
    group.bench_function(id("idle[kind=thread]"), |bencher| {
        idle(bencher, "thread", IDLE_THREADS, &mut is_first, idle_threads);
    });
    let mut is_first = true;
    group.throughput(Throughput::Elements(IDLE_TASKS as u64));
    group.bench_function(id("idle[kind=task]"), |bencher| {
        let idle_tasks = |nodes| idle_tasks(&runtime, nodes);
        idle(bencher, "task", IDLE_TASKS, &mut is_first, idle_tasks);
    });
    group.finish();
}

fn start_process() {
    let status = Command::new("true").status().expect("the system has it");
    assert!(status.success());
}

fn start_thread() {
    let life = thread::spawn(|| black_box(1));
    assert_eq!(life.join().expect("it does not panic"), 1);
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

/// A process that gives back what it is given, as it comes: it waits for us, and nothing else.
fn cat() -> Child {
    let mut cat = Command::new("cat");
    let piped = cat.stdin(Stdio::piped()).stdout(Stdio::piped());
    piped.spawn().expect("the system has it")
}

/// A byte goes to and fro between two processes, in pipes.
fn switch_processes() {
    let mut other = cat();
    let mut ping = other.stdin.take().expect("it is piped");
    let mut pong = other.stdout.take().expect("it is piped");
    for item in 0..SWITCHES / 2 {
        let sent = [item as u8];
        let mut answer = [0];
        ping.write_all(&sent).expect("the other one lives");
        pong.read_exact(&mut answer).expect("the other one lives");
        assert_eq!(answer, sent);
    }
    drop(ping);
    assert!(other.wait().expect("it is ours").success());
}

/// A number goes to and fro between two threads: each way one goes to sleep and wakes the other. A channel
/// would do, too, but before it sleeps it looks for a while whether that is necessary.
fn switch_threads() {
    let number = Arc::new(AtomicU64::new(0));
    let (one, seen) = (thread::current(), number.clone());
    let other = thread::spawn(move || pass_on(&seen, 1, &one));
    pass_on(&number, 0, other.thread());
    other.join().expect("it does not panic");
    assert_eq!(number.load(Ordering::Acquire), SWITCHES);
}

/// Whoever sees its number makes it the other one's, and wakes that.
fn pass_on(number: &AtomicU64, mine: u64, other: &Thread) {
    for turn in (mine..SWITCHES).step_by(2) {
        while number.load(Ordering::Acquire) != turn {
            thread::park();
        }
        number.store(turn + 1, Ordering::Release);
        other.unpark();
    }
}

/// The same between two tasks, in channels: a task that waits for one gives its thread away at once.
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
                    let sent = ping.send(black_box(item)).await;
                    sent.expect("the other one lives");
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
    kind: &str,
    nodes: usize,
    is_first: &mut bool,
    mut start_and_end: impl FnMut(usize) -> u64,
) {
    bencher.iter_custom(|times| {
        let mut all = Duration::ZERO;
        for _ in 0..times {
            let begin = Instant::now();
            let memory = start_and_end(nodes);
            all += begin.elapsed();
            if *is_first && memory > 0 {
                let each = memory as f64 / nodes as f64;
                println!(
                    "also mapping/tasks-are-nodes/idle[kind={kind}] memory_bytes {each} bytes"
                );
            }
            *is_first = false;
        }
        all
    });
}

/// What a process shares with others, its program and its libraries, is not counted.
fn idle_processes(nodes: usize) -> u64 {
    let all: Vec<Child> = (0..nodes).map(|_| cat()).collect();
    let mut memory = 0;
    for mut one in all {
        // What it says is an answer: it has begun, and waits again.
        let mut ping = one.stdin.take().expect("it is piped");
        let mut pong = one.stdout.take().expect("it is piped");
        let mut answer = [0];
        ping.write_all(b"?").expect("the other one lives");
        pong.read_exact(&mut answer).expect("the other one lives");
        let (resident, shared) = memory_of(&one.id().to_string());
        memory += resident.saturating_sub(shared);
        drop(ping);
        assert!(one.wait().expect("it is ours").success());
    }
    memory
}

fn idle_threads(nodes: usize) -> u64 {
    let (before, _) = memory_of("self");
    let begun = Barrier::new(nodes + 1);
    let end = Barrier::new(nodes + 1);
    thread::scope(|scope| {
        for _ in 0..nodes {
            scope.spawn(|| {
                begun.wait();
                end.wait();
            });
        }
        begun.wait();
        let (after, _) = memory_of("self");
        end.wait();
        after.saturating_sub(before)
    })
}

fn idle_tasks(runtime: &Runtime, nodes: usize) -> u64 {
    let (before, _) = memory_of("self");
    runtime.block_on(async {
        let begun = Arc::new(Semaphore::new(0));
        let end = Arc::new(Semaphore::new(0));
        let mut all = JoinSet::new();
        for _ in 0..nodes {
            let (begun, end) = (begun.clone(), end.clone());
            all.spawn(async move {
                begun.add_permits(1);
                end.acquire().await.is_err()
            });
        }
        let count = u32::try_from(nodes).expect("few");
        let _all = begun.acquire_many(count).await.expect("it is open");
        let (after, _) = memory_of("self");
        end.close();
        assert!(all.join_all().await.into_iter().all(|ended| ended));
        after.saturating_sub(before)
    })
}

/// The memory of a process that lies in the machine's, and how much of this it shares with files, in bytes;
/// zero where the system does not tell so.
fn memory_of(process: &str) -> (u64, u64) {
    let told = std::fs::read_to_string(format!("/proc/{process}/statm")).unwrap_or_default();
    let pages = |column: usize| {
        let pages = told.split(' ').nth(column);
        pages
            .and_then(|pages| pages.parse::<u64>().ok())
            .unwrap_or(0)
    };
    (pages(1) * PAGE, pages(2) * PAGE)
}
