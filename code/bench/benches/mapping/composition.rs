//! What it costs to hand something over, and to have a map in one shape or another.

use std::io::{Read, Write};
use std::mem;
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Instant;

use composition::counts::{Counts, Locked, Owned, Sharded};
use composition::shape::count;
use criterion::{Criterion, Throughput};
use crossbeam_channel::bounded;

/// Words in an iteration: enough that to start the workers is not what is timed.
const WORDS: u64 = 100_000;

/// Makes a map in some shape.
type Map = fn() -> Box<dyn Counts>;

/// All cases of `mapping/composition`.
pub fn cases(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("mapping/composition");
    for bytes in [64, 65_536] {
        // One thread is at both ends: to wake another one is not what is compared here.
        let (post, letters) = bounded::<Vec<u8>>(1);
        group.bench_function(format!("move[bytes={bytes}]"), |bencher| {
            let mut letter = vec![7; bytes];
            bencher.iter(|| {
                post.send(mem::take(&mut letter)).expect("it is ours");
                letter = letters.recv().expect("it is ours");
                assert_eq!(letter.len(), bytes);
            });
        });
        group.bench_function(format!("copy[bytes={bytes}]"), |bencher| {
            let letter = vec![7; bytes];
            bencher.iter(|| {
                post.send(letter.clone()).expect("it is ours");
                assert_eq!(letters.recv().map(|copy| copy.len()), Ok(bytes));
            });
        });
        group.bench_function(format!("loopback[bytes={bytes}]"), |bencher| {
            let mut far = Far::start(bytes);
            bencher.iter(|| far.send());
        });
    }
    // From here on the time is that of a word.
    group.throughput(Throughput::Elements(WORDS));
    let maps: [(&str, Map); 3] = [
        ("count[map=locked]", || Box::new(Locked::default())),
        ("count[map=owned]", || Box::new(Owned::new())),
        ("count[map=sharded]", || {
            Box::new(Sharded((0..4).map(|_| Locked::default()).collect()))
        }),
    ];
    for (name, map) in maps {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                let counts = map();
                let begin = Instant::now();
                for time in 1..=times {
                    let counted = count(WORDS, 2, counts.as_ref());
                    assert_eq!(counted.values().sum::<u64>(), time * WORDS);
                }
                begin.elapsed()
            });
        });
    }
    group.finish();
}

/// Somebody behind TCP who reads letters of one size and answers each with a byte.
struct Far {
    connection: TcpStream,
    letter: Vec<u8>,
}

impl Far {
    fn start(bytes: usize) -> Far {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("it is bound");
        thread::spawn(move || {
            let (mut near, _) = listener.accept().expect("somebody connects");
            near.set_nodelay(true).expect("a connection");
            let mut letter = vec![0; bytes];
            // Until whoever writes is gone.
            while near.read_exact(&mut letter).is_ok() && near.write_all(&letter[..1]).is_ok() {}
        });
        let connection = TcpStream::connect(address).expect("it listens");
        connection.set_nodelay(true).expect("a connection");
        Far {
            connection,
            letter: vec![7; bytes],
        }
    }

    fn send(&mut self) {
        self.connection.write_all(&self.letter).expect("it reads");
        let mut answer = [0];
        self.connection.read_exact(&mut answer).expect("it answers");
        assert_eq!(answer, [7]);
    }
}
