//! What the columns take of a line is what the parser says of it, and what they do not take is left alone.
//!
//! `MUTATED_LINES=10M cargo test --release -p s17-columns --test columns` is the long run; the default takes seconds.

use std::ops::Range;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use s17_columns::columns::{BATCH, Columns};
use s17_columns::index::{BLOCK_BYTES, Index};
use s17_columns::masks::Masks;
use traffic::generator::{Generator, Workload};
use traffic::harness::count;
use traffic::oracle::real_lines;
use traffic::testing::mutated;
use traffic::{Hit, directory::address};

/// Compares all that is taken of a block; says how many lines were, and how many are odd.
fn check(log: &[u8], masks: Masks) -> (usize, usize) {
    let block = &log[..log.len().min(BLOCK_BYTES)];
    let mut index = Index::new();
    // A block before leaves nothing behind.
    index.index(&[b'"'; BLOCK_BYTES], masks);
    index.index(block, masks);
    let newlines = |bytes: &[u8]| -> Vec<u32> {
        let numbered = (0..).zip(bytes);
        numbered
            .filter(|(_, byte)| **byte == b'\n')
            .map(|(at, _)| at)
            .collect()
    };
    assert_eq!(index.line_ends(), newlines(block), "{}", masks.name());
    let (mut columns, mut begin, mut taken, mut odd) = (Columns::new(), 0, 0, 0);
    let lines = index.line_ends().len();
    for first in (0..lines).step_by(BATCH) {
        let batch = first..lines.min(first + BATCH);
        let mut odd_lines: Vec<Range<usize>> = Vec::new();
        let mut at = begin;
        begin = columns.take(log, &index, begin, batch.clone(), |line| {
            odd_lines.push(line);
        });
        odd += odd_lines.len();
        taken += columns.len();
        let mut number = 0;
        for &end in &index.line_ends()[batch] {
            let line = at..end as usize;
            at = end as usize + 1;
            if odd_lines.contains(&line) {
                continue;
            }
            let text = &log[line.clone()];
            let shown = String::from_utf8_lossy(text);
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            let hit = Hit::parse(text).unwrap_or_else(|why| panic!("{why}: {shown}"));
            let client =
                std::net::IpAddr::from(std::net::Ipv4Addr::from_bits(columns.clients[number]));
            assert_eq!(Some(client), address(hit.client), "{shown}");
            let (window, len) = columns.route(log, number);
            assert_eq!(&window[..len], hit.route, "{shown}");
            assert_eq!(columns.errors[number] == 1, hit.status >= 500, "{shown}");
            assert_eq!(u64::from(columns.sizes[number]), hit.bytes, "{shown}");
            number += 1;
        }
        assert_eq!(number, columns.len());
    }
    (taken, odd)
}

fn wanted() -> u64 {
    let wanted = std::env::var("MUTATED_LINES").unwrap_or_else(|_| "50k".into());
    count(&wanted).expect("MUTATED_LINES is a number")
}

#[test]
fn what_is_taken_of_a_mutated_line_is_what_the_parser_says() {
    let mut random = ChaCha8Rng::seed_from_u64(17);
    let mut generators = Workload::ALL.map(|workload| Generator::new(workload, 17));
    let real: Vec<Vec<u8>> = real_lines().into_iter().map(|real| real.line).collect();
    let ways = Masks::all();
    let (mut lines, mut taken) = (0, 0);
    while lines < wanted() {
        let mut log = Vec::new();
        while log.len() < BLOCK_BYTES {
            let mut line = Vec::new();
            match random.next_u64() as usize % 7 {
                6 => line.extend_from_slice(&real[random.next_u64() as usize % real.len()]),
                number => generators[number].next_line(&mut line),
            }
            line.truncate(2_000);
            line.pop_if(|last| *last == b'\n');
            if !random.next_u64().is_multiple_of(4) {
                mutated(&mut line, || random.next_u64());
            }
            line.push(b'\n');
            log.append(&mut line);
        }
        // The window of the last route.
        log.extend_from_slice(&[b'?'; 64]);
        for &masks in &ways {
            let (now, odd) = check(&log, masks);
            lines += (now + odd) as u64;
            taken += now as u64;
        }
    }
    assert!(taken > lines / 3, "{taken} of {lines} lines were taken");
}

#[test]
fn nearly_every_line_is_of_the_usual_shape() {
    for workload in [
        Workload::Steady,
        Workload::Cold,
        Workload::Flash,
        Workload::Wide,
    ] {
        let mut generator = Generator::new(workload, 7);
        let mut log = Vec::new();
        while log.len() < 2 * BLOCK_BYTES {
            generator.next_line(&mut log);
        }
        for masks in Masks::all() {
            let (taken, odd) = check(&log, masks);
            assert!(odd * 50 < taken, "{workload}: {odd} odd lines of {taken}");
        }
    }
}

#[test]
fn a_block_may_end_anywhere() {
    let mut log = Vec::new();
    let mut generator = Generator::new(Workload::Steady, 7);
    for _ in 0..5 {
        generator.next_line(&mut log);
    }
    for masks in Masks::all() {
        for len in 0..log.len() {
            let (taken, odd) = check(&log[..len], masks);
            assert_eq!(
                taken + odd,
                log[..len].iter().filter(|byte| **byte == b'\n').count()
            );
        }
    }
}
