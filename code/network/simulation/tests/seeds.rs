//! What the simulation finds, and that it finds it again.

use std::sync::atomic::AtomicBool;
use std::thread;

use simulation::cluster::{Outcome, Setting, Verdict, log, simulate};
use simulation::search::search;
use simulation::terms::Repair;

const WORKERS: usize = 50;

/// Where many seeds are tried, machines are few: it is to take seconds.
const WORKERS_FEW: usize = 5;

/// As many as take some seconds. `SIMULATION_SEEDS` says another number, of simulations of many machines.
const SEEDS: u64 = 200;

/// Seeds in which a broken repair is looked for.
const SEEDS_BROKEN: u64 = 40;

fn setting(workers: usize, repair: Repair) -> Setting {
    Setting {
        seed: 0,
        workers,
        repair,
    }
}

/// One run, and all that it told.
fn run(seed: u64, repair: Repair) -> (Outcome, Vec<String>) {
    let mut told = Vec::new();
    let stop = AtomicBool::new(false);
    let setting = Setting {
        seed,
        ..setting(WORKERS, repair)
    };
    let outcome = simulate(&setting, &log(WORKERS), &stop, &mut |at, sentence| {
        told.push(format!("{:>6} ms  {sentence}", at.as_millis()));
    });
    (outcome, told)
}

#[test]
fn the_same_seed_is_the_same_run() {
    let mut traces = Vec::new();
    for seed in 1..3 {
        let (one, told) = run(seed, Repair::Fenced);
        // In another thread the hash maps of std and tokio's choices begin elsewhere.
        let again = thread::spawn(move || run(seed, Repair::Fenced));
        let (other, told_again) = again.join().expect("it does not panic");
        assert_eq!(told, told_again, "seed {seed}");
        assert_eq!(one.trace, other.trace, "seed {seed}");
        assert_eq!((one.took, one.verdict), (other.took, other.verdict));
        assert!(one.trace.1 > 1_000, "hardly anything was noted");
        traces.push(one.trace);
    }
    assert_ne!(traces[0], traces[1], "each seed is a run of its own");
}

#[test]
fn no_seed_counts_a_line_twice() {
    let (seeds, workers) = match std::env::var("SIMULATION_SEEDS") {
        Ok(seeds) => (seeds.parse().expect("a number"), WORKERS),
        Err(_) => (SEEDS, WORKERS_FEW),
    };
    let (setting, stop) = (setting(workers, Repair::Fenced), AtomicBool::new(false));
    let found = search(1..1 + seeds, &setting, &stop, &|_| {});
    assert_eq!(found.tried, seeds);
    assert!(found.wrong.is_empty(), "{:?}", found.wrong);
    // Reports did come too late: without them nothing was tried.
    assert!(found.late > 0, "no report came too late");
}

#[test]
fn without_the_fence_a_seed_counts_lines_twice() {
    let stop = AtomicBool::new(false);
    let setting = setting(WORKERS_FEW, Repair::Naive);
    let found = search(1..1 + SEEDS_BROKEN, &setting, &stop, &|_| {});
    let twice = |verdict: &Verdict| match verdict {
        Verdict::Wrong { lines, .. } => lines.0 > lines.1,
        Verdict::Exact | Verdict::Failed(_) | Verdict::Stopped => false,
    };
    assert!(!found.wrong.is_empty(), "no seed was found");
    for (seed, verdict) in &found.wrong {
        assert!(twice(verdict), "seed {seed}: {verdict:?}");
    }
}

#[test]
fn without_names_a_seed_counts_a_report_for_another() {
    let stop = AtomicBool::new(false);
    let setting = setting(WORKERS_FEW, Repair::Unfenced);
    let found = search(1..1 + SEEDS_BROKEN, &setting, &stop, &|_| {});
    let swapped = |(_, verdict): &&(u64, Verdict)| match verdict {
        // The number of lines gives nothing away.
        Verdict::Wrong { lines, rows } => lines.0 == lines.1 && *rows > 0,
        Verdict::Exact | Verdict::Failed(_) | Verdict::Stopped => false,
    };
    assert!(found.wrong.iter().any(|wrong| swapped(&wrong)), "{found:?}");
}
