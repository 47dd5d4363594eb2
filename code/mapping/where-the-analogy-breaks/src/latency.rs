//! "Latency is zero": how far it is from here to there, inside one machine.

use std::hint::black_box;
use std::io::{Read, Write};
use std::thread;
use std::time::Instant;

use crossbeam_channel::bounded;

use crate::reliable::connection;

/// Places that lead from one to another, through all of them, in no order that a processor could guess.
#[derive(Debug)]
pub struct Ring(Vec<usize>);

impl Ring {
    /// So many bytes of places.
    pub fn new(bytes: usize) -> Ring {
        let mut next: Vec<usize> = (0..bytes / size_of::<usize>()).collect();
        // Sattolo's shuffle makes a single cycle; the generator is Marsaglia's xorshift.
        let mut state = 88_172_645_463_325_252_u64;
        for place in (1..next.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            next.swap(place, (state % place as u64) as usize);
        }
        Ring(next)
    }

    /// Where one is after so many steps. Each step has to wait for the one before.
    pub fn walk(&self, steps: usize) -> usize {
        (0..steps).fold(0, |place, _| self.0[place])
    }
}

/// Nanoseconds for a step through memory of this size.
pub fn memory_ns(bytes: usize, steps: usize) -> f64 {
    let ring = Ring::new(bytes);
    black_box(ring.walk(steps / 10));
    each(steps, || {
        black_box(ring.walk(steps));
    })
}

/// Nanoseconds to another thread and back, through channels.
pub fn channel_ns(rounds: usize) -> f64 {
    let (there, its) = bounded::<usize>(1);
    let (back, ours) = bounded::<usize>(1);
    thread::scope(|scope| {
        scope.spawn(move || its.iter().all(|number| back.send(number + 1).is_ok()));
        let took = each(rounds, || {
            for number in 0..rounds {
                there.send(number).expect("it listens");
                assert_eq!(ours.recv(), Ok(number + 1));
            }
        });
        drop(there);
        took
    })
}

/// Nanoseconds to another thread and back, through TCP on loopback.
pub fn tcp_ns(rounds: usize) -> f64 {
    let (mut near, mut far) = connection();
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut byte = [0];
            while far.read_exact(&mut byte).is_ok() && far.write_all(&byte).is_ok() {}
        });
        let took = each(rounds, || {
            let mut byte = [7];
            for _ in 0..rounds {
                near.write_all(&byte).expect("it listens");
                near.read_exact(&mut byte).expect("it answers");
            }
            assert_eq!(byte, [7]);
        });
        drop(near);
        took
    })
}

fn each(times: usize, all: impl FnOnce()) -> f64 {
    let begin = Instant::now();
    all();
    begin.elapsed().as_nanos() as f64 / times.max(1) as f64
}
