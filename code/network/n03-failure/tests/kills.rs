//! Random kills: 25 runs from seeds, or as many as `N03_KILLS` says, from `N03_SEED` on. In each of them
//! processes are killed and stopped, connections cut, and bytes replaced by garbage, at random moments; each
//! report has to be exact, and nothing may be left.

mod common;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use common::joined::Joined;
use common::program::{Program, is_running, until};
use rustix::process::{Pid, Signal, kill_process};
use traffic::event::Outcome;
use traffic::generator::{Workload, write_log};
use traffic::oracle::{Oracle, Rule, differences};

/// Runs at a time: each waits most of the time, for its lines, and for those that are silent.
const AT_ONCE: u64 = 5;

/// A run of half a second, and silence that is short enough to be noticed in it.
const LINES: u64 = 6_000;
const RUN: [&str; 9] = [
    "--rate",
    "12k",
    "--range",
    "60",
    "--delay",
    "10ms",
    "--silence",
    "300ms",
    "--format=json",
];

/// What a run with four losses of every place could take at most, on a machine that is busy.
const BOUND: Duration = Duration::from_secs(45);

/// Dice that fall the same way for a seed: splitmix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }
}

/// A connection to a worker in which, after so many bytes on the way back, garbage follows.
fn garbage(worker: &str, after: u64, seed: u64) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let address = listener.local_addr().expect("bound").to_string();
    let worker = worker.to_owned();
    thread::spawn(move || {
        // A run that finds garbage connects again; it is the same.
        while let Ok((run, _)) = listener.accept() {
            let worker = TcpStream::connect(&worker).expect("it waits");
            let both = |stream: &TcpStream| stream.try_clone().expect("a handle");
            let (up, down) = ((both(&run), both(&worker)), (worker, run));
            thread::spawn(move || copy(up.0, up.1, u64::MAX, 0));
            thread::spawn(move || copy(down.0, down.1, after, seed));
        }
    });
    address
}

fn copy(mut from: TcpStream, mut to: TcpStream, mut left: u64, seed: u64) {
    let (mut buffer, mut dice) = ([0; 4096], Dice(seed));
    while let Ok(len @ 1..) = from.read(&mut buffer) {
        let sound = len.min(usize::try_from(left).unwrap_or(usize::MAX));
        left -= sound as u64;
        buffer[sound..len].fill_with(|| dice.below(256) as u8);
        if to.write_all(&buffer[..len]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(std::net::Shutdown::Both);
    let _ = from.shutdown(std::net::Shutdown::Both);
}

/// The flags of a run: where its workers are, and what the network between is like.
fn flags(dice: &mut Dice, worker: &str) -> Vec<String> {
    let mut flags: Vec<String> = Vec::new();
    let mut place = |place: &str| flags.extend(["--place".into(), format!("lookup={place}")]);
    for _ in 0..=dice.below(3) {
        place("process");
    }
    match dice.below(4) {
        0 => place("here"),
        1 => place(worker),
        2 => place(&garbage(
            worker,
            3_000 + dice.below(60_000),
            dice.below(u64::MAX),
        )),
        _ => {}
    }
    if dice.below(3) == 0 {
        let after = 4_000 + dice.below(100_000);
        let seed = dice.below(1_000);
        let fault = dice.one(&["cut", "reset", "blackhole", "hold"]);
        let time = if fault == "hold" { ":500ms" } else { "" };
        let weather = format!("{fault}=4000..{after}{time},seed={seed}");
        flags.extend(["--weather".into(), weather]);
    }
    flags
}

/// Strikes a run's children at random, and gives all that it has seen of them.
fn strike(dice: &mut Dice, run: &Program, start: Instant) -> Vec<Pid> {
    let mut seen: Vec<Pid> = Vec::new();
    let mut moments: Vec<u64> = (0..=dice.below(4)).map(|_| dice.below(600)).collect();
    moments.sort_unstable();
    for moment in moments {
        thread::sleep(
            (start + Duration::from_millis(moment)).saturating_duration_since(Instant::now()),
        );
        let children = run.workers();
        seen.extend(&children);
        if children.is_empty() {
            continue; // none yet, none any more, or none left
        }
        let victim = dice.one(&children);
        let signals: &[Signal] = match dice.below(6) {
            0..=2 => &[Signal::KILL],
            3 => &[Signal::STOP],
            _ => &[Signal::STOP, Signal::CONT],
        };
        for &signal in signals {
            if signal == Signal::CONT {
                thread::sleep(Duration::from_millis(dice.below(800)));
            }
            // It may have ended meanwhile.
            let _ = kill_process(victim, signal);
        }
    }
    seen
}

/// One run, and how long it took.
fn run(seed: u64, log: &Path, worker: &str, expected: &Outcome) -> Duration {
    let mut dice = Dice(seed);
    let flags = flags(&mut dice, worker);
    let log = log.to_str().expect("a name of letters");
    let mut arguments = vec![log];
    arguments.extend(RUN);
    arguments.extend(flags.iter().map(String::as_str));
    let start = Instant::now();
    let program = Program::start(&arguments);
    let seen = strike(&mut dice, &program, start);
    let ended = program.ended_within(BOUND);
    let ended = ended.unwrap_or_else(|state| {
        panic!("N03_SEED={seed}: {flags:?} has not ended after {BOUND:?}:\n{state}")
    });
    let took = start.elapsed();
    assert!(
        ended.status.success(),
        "N03_SEED={seed}: {flags:?}: {ended:?}"
    );
    let report: Outcome = serde_json::from_str(&ended.stdout).expect("a report");
    // On a machine that has nothing to spare the directory may be silent for too long, and the report says so.
    let rule = match report.unresolved {
        0 => Rule::Equal,
        _ => Rule::ButUnresolved,
    };
    if let Some(first) = differences(expected, &report, rule).first() {
        panic!("N03_SEED={seed}: {flags:?}: {first}: {}", ended.stderr);
    }
    if report.unresolved > 0 {
        let (number, told) = (report.unresolved, ended.stderr);
        println!("*** N03_SEED={seed}: {number} unresolved: {flags:?}: {told}");
    }
    // A child that is killed is there until the system has taken it away.
    until("end of the children", || {
        !seen.iter().any(|&child| is_running(child))
    });
    took
}

#[test]
fn every_report_is_exact() {
    let number = |name: &str, default| {
        std::env::var(name).map_or(default, |number| number.parse().expect("a number"))
    };
    let (runs, first) = (number("N03_KILLS", 25), number("N03_SEED", 1));
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log");
    let mut lines = Vec::new();
    write_log(Workload::Messy, 17, LINES, &mut lines, &mut |_| true).expect("memory takes all");
    std::fs::write(&log, &lines).expect("room");
    let expected = Oracle::of(&[&lines]).outcome();
    let worker = Joined::start(None);
    let next = AtomicU64::new(0);
    thread::scope(|scope| {
        let runner = || {
            let mut slowest = (Duration::ZERO, 0);
            loop {
                let seed = first + next.fetch_add(1, Relaxed);
                if seed >= first + runs {
                    return slowest;
                }
                let took = run(
                    seed,
                    &log,
                    worker.place().trim_start_matches("lookup="),
                    &expected,
                );
                slowest = slowest.max((took, seed));
            }
        };
        let runners: Vec<_> = (0..AT_ONCE.min(runs))
            .map(|_| scope.spawn(runner))
            .collect();
        let slowest = runners
            .into_iter()
            .map(|runner| runner.join().expect("exact"));
        let (took, seed) = slowest.max().expect("at least one");
        println!("{runs} runs, all exact; the slowest took {took:?} (N03_SEED={seed})");
    });
}
