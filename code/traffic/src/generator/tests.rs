//! What every log promises: the same bytes, prefixes, line endings, progress.

use std::collections::BTreeSet;

use super::*;

mod workloads;

fn log(workload: Workload, seed: u64, lines: u64) -> Vec<u8> {
    let mut log = Vec::new();
    write_log(workload, seed, lines, &mut log, &mut |_| true).unwrap();
    log
}

/// FNV-1a (Fowler, Noll, Vo) with 64 bits.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Committed results name a workload and a seed: they are of the same bytes as long as this holds.
/// Ten thousand lines, because they have a crowd, a slow stretch and a line of a megabyte.
/// Who changes a workload on purpose changes the number here, and measures again.
#[test]
fn the_bytes_are_the_same_on_every_machine() {
    let expected = [
        (Workload::Steady, 0x7512_e3f8_e535_d346),
        (Workload::Cold, 0x38bf_1fab_cc1c_9cef),
        (Workload::Flash, 0xc9a2_a0a2_7f10_9f64),
        (Workload::Skew, 0xc8ba_98b8_b513_2471),
        (Workload::Wide, 0x08c9_9a87_8687_21fe),
        (Workload::Messy, 0x171a_e45e_af99_5d52),
    ];
    let found = expected.map(|(workload, _)| (workload, fingerprint(&log(workload, 1, 10_000))));
    assert_eq!(found, expected);
}

#[test]
fn a_shorter_log_is_the_beginning_of_a_longer_one() {
    for workload in Workload::ALL {
        let longer = log(workload, 3, 9_000);
        for lines in [0, 1, 100, 4_096, 4_097, 7_000] {
            assert!(longer.starts_with(&log(workload, 3, lines)), "{workload}");
        }
    }
}

#[test]
fn every_log_has_the_lines_asked_for() {
    for workload in Workload::ALL {
        let log = log(workload, 5, 20_000);
        assert_eq!(log.iter().filter(|&&byte| byte == b'\n').count(), 20_000);
        assert!(log.ends_with(b"\n"));
    }
}

#[test]
fn seeds_and_workloads_give_different_logs() {
    let logs: BTreeSet<_> = Workload::ALL
        .into_iter()
        .flat_map(|workload| [log(workload, 1, 10), log(workload, 2, 10)])
        .collect();
    assert_eq!(logs.len(), 12);
}

#[test]
fn progress_is_told_and_can_stop_the_log() {
    let mut told = Vec::new();
    let mut sink = Vec::new();
    let written = write_log(Workload::Steady, 1, 10_000, &mut sink, &mut |lines| {
        told.push(lines);
        true
    });
    assert_eq!(written.unwrap(), 10_000);
    assert_eq!(told, [4_096, 8_192, 10_000]);
    let stopped = write_log(Workload::Steady, 1, 10_000, &mut sink, &mut |_| false);
    assert_eq!(stopped.unwrap(), 4_096);
}
