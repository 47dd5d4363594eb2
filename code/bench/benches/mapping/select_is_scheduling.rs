//! What it costs to choose: one who is served, with all queues ready.
//!
//! Each iteration serves one and fills its queue again, so `recv` (one queue, nothing to choose) is what
//! the others are to be compared with. The last case is the distributed cousin, over loopback: a free
//! worker asks a scheduler behind TCP for its next job.

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion};
use crossbeam_channel::{Select, bounded};
use select_is_scheduling::first::{Outcome, first};
use select_is_scheduling::scheduler::{self, Job};
use select_is_scheduling::serve::Sources;
use select_is_scheduling::stride::Stride;
use select_is_scheduling::tasks;
use tokio::runtime::Builder;
use tokio::sync::mpsc::channel;

/// Serves one, and says which.
type Choose = fn(&Sources) -> usize;
/// Gives out so many jobs of each tenant to so many workers.
type Scheduler = fn(&[u64], u32, usize) -> (Vec<Job>, u64);

/// All cases of `mapping/select-is-scheduling`.
pub fn cases(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("mapping/select-is-scheduling");
    queues(&mut group);
    decisions(&mut group);
    dispatches(&mut group);
    group.finish();
}

type Group<'c> = BenchmarkGroup<'c, WallTime>;

/// One item from one of several queues, all of them ready.
fn queues(group: &mut Group<'_>) {
    group.bench_function("recv", |bencher| {
        let (queue, out) = bounded(1);
        bencher.iter(|| {
            queue.send(7).expect("both ends are ours");
            assert_eq!(out.recv(), Ok(7));
        });
    });
    let choices: [(&str, &str, Choose); 2] = [
        ("select[ways=4]", "chance", Sources::random),
        ("biased[ways=4]", "order", Sources::written),
    ];
    for (name, policy, choose) in choices {
        let mut served = [0; 4];
        group.bench_function(name, |bencher| {
            let sources = Sources::new();
            bencher.iter(|| {
                let source = choose(&sources);
                served[source] += 1;
                // Panics if it was not served.
                sources.fill(source);
            });
        });
        tell(policy, served);
    }
    group.bench_function("select[ways=64]", |bencher| {
        let queues: Vec<_> = (0..64).map(|_| bounded(1)).collect();
        queues
            .iter()
            .for_each(|(queue, _)| queue.send(7).expect("both ends are ours"));
        let mut select = Select::new();
        for (_, out) in &queues {
            select.recv(out);
        }
        bencher.iter(|| {
            let chosen = select.select();
            let (queue, out) = &queues[chosen.index()];
            assert_eq!(chosen.recv(out), Ok(7));
            queue.send(7).expect("both ends are ours");
        });
    });
    group.bench_function("tokio[ways=4]", |bencher| {
        bencher.iter_custom(serve_by_tokio);
    });
}

/// Who is next, and how long to wait for it.
fn decisions(group: &mut Group<'_>) {
    let mut served = [0; 4];
    group.bench_function("stride[ways=4]", |bencher| {
        let mut stride = Stride::new(&[4, 3, 2, 1]);
        bencher.iter(|| {
            let client = stride
                .choose(|client| black_box(client) < 4)
                .expect("all are ready");
            stride.charge(client, 1);
            served[client] += 1;
        });
    });
    tell("shares", served);
    group.bench_function("deadline", |bencher| {
        let (answer, answers) = bounded(1);
        bencher.iter(|| {
            answer.send(1).expect("both ends are ours");
            assert_eq!(
                first(&answers, Duration::from_secs(3600)),
                Outcome::Answered(1)
            );
        });
    });
}

/// A job from who decides to who does it.
fn dispatches(group: &mut Group<'_>) {
    let schedulers: [(&str, Scheduler); 2] = [
        ("dispatch[kind=thread]", scheduler::run),
        ("dispatch[kind=task]", tasks::run),
    ];
    for (name, run) in schedulers {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                let jobs = u32::try_from(times).expect("criterion asks for fewer");
                let begin = Instant::now();
                let (given, done) = run(&[1], jobs, 1);
                let took = begin.elapsed();
                assert_eq!((given.len() as u64, done), (times, times));
                took
            });
        });
    }
    group.bench_function("loopback", |bencher| {
        let mut scheduler = Remote::start();
        bencher.iter(|| scheduler.next());
    });
}

/// Says who was served, for the collector, which files it beside the times. Nothing if the case did not run.
fn tell(policy: &str, served: [u64; 4]) {
    let all: u64 = served.iter().sum();
    for (queue, turns) in ["a", "b", "c", "d"].into_iter().zip(served) {
        if all > 0 {
            let share = turns as f64 / all as f64;
            println!(
                "also mapping/select-is-scheduling/served[policy={policy},queue={queue}] turn_share {share} share"
            );
        }
    }
}

/// Serves so many from four channels of tokio's.
fn serve_by_tokio(times: u64) -> Duration {
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let (in_a, mut a) = channel(1);
        let (in_b, mut b) = channel(1);
        let (in_c, mut c) = channel(1);
        let (in_d, mut d) = channel(1);
        let ins = [in_a, in_b, in_c, in_d];
        ins.iter()
            .for_each(|queue| queue.try_send(7).expect("it is empty"));
        let begin = Instant::now();
        for _ in 0..times {
            let (source, item) = tokio::select! {
                item = a.recv() => (0, item),
                item = b.recv() => (1, item),
                item = c.recv() => (2, item),
                item = d.recv() => (3, item),
            };
            assert_eq!(item, Some(7));
            ins[source].try_send(7).expect("it was served");
        }
        begin.elapsed()
    })
}

/// A scheduler behind TCP: a worker sends a line when it is free, and gets a line with its job.
struct Remote {
    connection: BufReader<TcpStream>,
    given: u64,
}

impl Remote {
    fn start() -> Remote {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("it is bound");
        thread::spawn(move || {
            let (mut worker, _) = listener.accept().expect("somebody connects");
            worker.set_nodelay(true).expect("a connection");
            let lines = BufReader::new(worker.try_clone().expect("a connection")).lines();
            let mut stride = Stride::new(&[3, 2, 1]);
            // Until the worker is gone.
            for (number, _) in lines.map_while(Result::ok).enumerate() {
                let tenant = stride.choose(|_| true).expect("there is always work");
                stride.charge(tenant, 1);
                if writeln!(worker, "{tenant} {number}").is_err() {
                    return;
                }
            }
        });
        let connection = TcpStream::connect(address).expect("it listens");
        connection.set_nodelay(true).expect("a connection");
        Remote {
            connection: BufReader::new(connection),
            given: 0,
        }
    }

    fn next(&mut self) {
        self.connection
            .get_mut()
            .write_all(b"free\n")
            .expect("the scheduler lives");
        let mut job = String::new();
        self.connection
            .read_line(&mut job)
            .expect("the scheduler answers");
        let number = job.split_whitespace().nth(1).map(str::parse);
        assert_eq!(number, Some(Ok(self.given)), "a wrong job");
        self.given += 1;
    }
}
