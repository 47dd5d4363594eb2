//! What it costs to hand an item on: to oneself, to another thread, to another task, over a socket.

use std::hint::black_box;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use channels_are_queues as ours;
use criterion::{Bencher, BenchmarkId, Criterion, Throughput};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc;

/// Items of an iteration: enough that to start a thread is not what is timed.
const ITEMS: u64 = 100_000;

/// With one place or none, an item is two threads that wake each other.
const ITEMS_ONE_BY_ONE: u64 = 5_000;

/// Over a socket an item is a system call at either end.
const ITEMS_OVER_TCP: u64 = 10_000;

/// The sum of the items of an iteration: what must arrive.
const fn sum(items: u64) -> u64 {
    items * (items - 1) / 2
}

pub fn cases(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("mapping");
    let id = |what: String| BenchmarkId::from_parameter(format!("channels-are-queues/{what}"));
    for (capacity, items) in [(0, ITEMS_ONE_BY_ONE), (1, ITEMS_ONE_BY_ONE), (1024, ITEMS)] {
        group.throughput(Throughput::Elements(items));
        let name = format!("pass[capacity={capacity},channel=ours]");
        group.bench_function(id(name), |bencher| {
            pass(
                bencher,
                items,
                || ours::bounded(capacity),
                ours::Sender::send,
                |from| from.iter().sum(),
            );
        });
        let name = format!("pass[capacity={capacity},channel=crossbeam]");
        group.bench_function(id(name), |bencher| {
            use crossbeam_channel::{Sender, bounded};
            pass(
                bencher,
                items,
                || bounded(capacity),
                Sender::send,
                |from| from.iter().sum(),
            );
        });
        if capacity > 0 {
            let name = format!("pass[capacity={capacity},channel=tokio]");
            group.bench_function(id(name), |bencher| pass_tasks(bencher, capacity, items));
        }
    }
    let name = "pass[capacity=none,channel=crossbeam]".to_owned();
    group.bench_function(id(name), |bencher| {
        use crossbeam_channel::{Sender, unbounded};
        pass(bencher, ITEMS, unbounded, Sender::send, |from| {
            from.iter().sum()
        });
    });
    group.bench_function(id("alone[channel=ours]".to_owned()), |bencher| {
        let (sender, receiver) = ours::bounded(1);
        bencher.iter(|| alone(|item| sender.send(item).is_ok(), || receiver.recv().ok()));
    });
    group.bench_function(id("alone[channel=crossbeam]".to_owned()), |bencher| {
        let (sender, receiver) = crossbeam_channel::bounded(1);
        bencher.iter(|| alone(|item| sender.send(item).is_ok(), || receiver.recv().ok()));
    });
    group.throughput(Throughput::Elements(ITEMS_OVER_TCP));
    group.bench_function(id("pass[channel=tcp]".to_owned()), over_tcp);
    group.finish();
}

/// One thread sends, this one receives.
fn pass<S: Send + 'static, R, E: 'static>(
    bencher: &mut Bencher<'_>,
    items: u64,
    make: impl Fn() -> (S, R),
    send: fn(&S, u64) -> Result<(), E>,
    receive_all: impl Fn(R) -> u64,
) {
    bencher.iter(|| {
        let (sender, receiver) = make();
        let sending = thread::spawn(move || {
            for item in 0..items {
                if send(&sender, black_box(item)).is_err() {
                    break;
                }
            }
        });
        assert_eq!(receive_all(receiver), sum(items));
        sending.join().expect("the sender does not panic");
    });
}

/// One task sends, another receives, on the threads of one runtime.
fn pass_tasks(bencher: &mut Bencher<'_>, capacity: usize, items: u64) {
    let runtime: Runtime = Builder::new_multi_thread().build().expect("a runtime");
    bencher.iter(|| {
        let received = runtime.block_on(async {
            let (sender, mut receiver) = mpsc::channel(capacity);
            tokio::spawn(async move {
                for item in 0..items {
                    if sender.send(black_box(item)).await.is_err() {
                        break;
                    }
                }
            });
            let receiving = tokio::spawn(async move {
                let mut sum = 0;
                while let Some(item) = receiver.recv().await {
                    sum += item;
                }
                sum
            });
            receiving.await.expect("the receiver does not panic")
        });
        assert_eq!(received, sum(items));
    });
}

/// In and out again, in one thread: nobody waits, and nobody else wants the lock.
fn alone(send: impl Fn(u64) -> bool, receive: impl Fn() -> Option<u64>) {
    for item in 0..ITEMS {
        assert!(send(black_box(item)));
        assert_eq!(receive(), Some(item));
    }
}

/// The same number of items as eight bytes each through a connection to this machine itself, each written for
/// itself: as a queue between two machines would have it, without the machines.
fn over_tcp(bencher: &mut Bencher<'_>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    bencher.iter(|| {
        let sending = thread::spawn(move || {
            let mut to = TcpStream::connect(address).expect("somebody listens");
            to.set_nodelay(true).expect("a socket has this option");
            for item in 0..ITEMS_OVER_TCP {
                to.write_all(&black_box(item).to_le_bytes())
                    .expect("they read");
            }
        });
        let (mut from, _) = listener.accept().expect("somebody connects");
        let (mut received, mut item) = (0, [0; 8]);
        while from.read_exact(&mut item).is_ok() {
            received += u64::from_le_bytes(item);
        }
        assert_eq!(received, sum(ITEMS_OVER_TCP));
        sending.join().expect("the sender does not panic");
    });
}
