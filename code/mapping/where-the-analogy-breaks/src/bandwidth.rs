//! "Bandwidth is infinite": how much fits through, when one thread asks and when several do.

use std::hint::black_box;
use std::io::{Read, Write};
use std::thread;
use std::time::Instant;

use crate::reliable::connection;

/// Bytes a second that so many threads copy together, each so many bytes from one place to another.
pub fn memory(threads: usize, bytes: usize) -> f64 {
    let mut pairs: Vec<(Vec<u8>, Vec<u8>)> = (0..threads)
        .map(|_| (vec![7; bytes], vec![1; bytes]))
        .collect();
    let begin = Instant::now();
    thread::scope(|scope| {
        for (from, to) in &mut pairs {
            scope.spawn(move || to.copy_from_slice(black_box(from)));
        }
    });
    let took = begin.elapsed().as_secs_f64();
    assert!(
        pairs.iter().all(|(_, to)| to.last() == Some(&7)),
        "a wrong copy"
    );
    (threads * bytes) as f64 / took
}

/// Bytes a second through TCP on loopback.
pub fn tcp(bytes: usize) -> f64 {
    let (mut near, mut far) = connection();
    let piece = vec![7; 64 * 1024];
    let begin = Instant::now();
    let arrived: usize = thread::scope(|scope| {
        let receiving = scope.spawn(move || {
            let (mut buffer, mut arrived) = (vec![0; 64 * 1024], 0);
            while let Ok(more @ 1..) = far.read(&mut buffer) {
                arrived += more;
            }
            arrived
        });
        for _ in 0..bytes / piece.len() {
            near.write_all(&piece).expect("it reads");
        }
        drop(near);
        receiving.join().expect("the receiver does not panic")
    });
    assert_eq!(
        arrived,
        bytes / piece.len() * piece.len(),
        "some are missing"
    );
    arrived as f64 / begin.elapsed().as_secs_f64()
}
