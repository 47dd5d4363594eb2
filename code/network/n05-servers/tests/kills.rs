//! Servers that are killed and started again, at moments from seeds: 4 runs, or as many as `N05_KILLS` says, from `N05_SEED` on. Each report
//! has to be exact. And what is worse: a queue that has lost its files, and a run that is killed itself.

mod common;

use std::thread;
use std::time::Duration;

use common::PROGRAM;
use common::feed::{Feed, assert_exact};
use common::program::{Ended, Program, until};
use common::servers::{Servers, are_there};
use n05_servers::once::Name;
use n05_servers::queue::Queue;
use n05_servers::ranges::Cutter;
use n05_servers::servers::{NATS, REDIS};
use rustix::process::{Signal, kill_process};
use tokio::runtime::Runtime;
use traffic::Input;
use traffic::generator::{Workload, write_log};

/// A run that reads for as long as the test writes, in many ranges.
const FED: [&str; 6] = ["-", "--range", "50", "--delay", "2ms", "--format=json"];

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

    /// Waits for less than so many milliseconds.
    fn wait(&mut self, ms: u64) {
        thread::sleep(Duration::from_millis(self.below(ms)));
    }
}

fn places(processes: u64) -> Vec<String> {
    let place = ["--place".to_owned(), format!("lookup={PROGRAM}")];
    (0..processes).flat_map(|_| place.clone()).collect()
}

/// A run on a log that grows, to which something is done meanwhile; its report is exact.
fn exact(own: &[String], act: impl FnOnce(&Program)) -> Ended {
    let (input, feed) = Feed::start();
    let arguments: Vec<&str> = FED
        .into_iter()
        .chain(own.iter().map(String::as_str))
        .collect();
    let run = Program::start_reading(input, &arguments);
    act(&run);
    let log = feed.end();
    let ended = run.ended();
    assert_exact(&log, &ended);
    ended
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).map_or(default, |text| text.parse().expect("a number"))
}

/// Kills one of the servers that a run has started, which starts it again.
fn kill_its_own(dice: &mut Dice, program: &'static str) {
    let processes = dice.below(3);
    exact(&places(processes), |run| {
        let server = run.server(program, 1);
        if processes > 0 {
            run.at_work(1);
        }
        dice.wait(600);
        kill_process(server, Signal::KILL).expect("it runs");
        run.server(program, 2);
        dice.wait(400);
    });
}

/// Kills one of the servers that a run has joined, and starts it again some time later.
fn kill_a_joined_one(dice: &mut Dice, program: &'static str) {
    let servers = Servers::start();
    let own = [servers.arguments(), places(1 + dice.below(2))].concat();
    exact(&own, |run| {
        run.at_work(1);
        dice.wait(600);
        if program == NATS {
            servers.kill_queue();
            dice.wait(800);
            servers.start_queue();
        } else {
            servers.kill_cache();
            dice.wait(800);
            servers.start_cache();
        }
        dice.wait(400);
    });
}

#[test]
fn every_report_is_exact() {
    if !are_there("every_report_is_exact") {
        return;
    }
    let (runs, first) = (number("N05_KILLS", 4), number("N05_SEED", 0));
    for seed in first..first + runs {
        println!("N05_SEED={seed}");
        let dice = &mut Dice(seed);
        match seed % 4 {
            0 => kill_its_own(dice, NATS),
            1 => kill_its_own(dice, REDIS),
            2 => kill_a_joined_one(dice, NATS),
            _ => kill_a_joined_one(dice, REDIS),
        }
    }
}

/// A disk that is lost, or writes that were acknowledged and had not reached it: the server comes back, and knows nothing.
#[test]
fn a_queue_that_loses_its_files_loses_no_line() {
    if !are_there("a_queue_that_loses_its_files_loses_no_line") {
        return;
    }
    let servers = Servers::start();
    let own = [servers.arguments(), places(2)].concat();
    exact(&own, |run| {
        run.at_work(2);
        thread::sleep(Duration::from_millis(300));
        // ANCHOR: files
        servers.kill_queue();
        std::fs::remove_dir_all(servers.store()).expect("it was there");
        servers.start_queue();
        // ANCHOR_END: files
        servers.look_after_queue(Duration::from_secs(2));
    });
}

/// The first range of a log, by its name.
fn first_name(log: &[u8], lines: usize) -> Name {
    let input = Input::from_bytes(&[log]).expect("a temporary file");
    let mut cutter = Cutter::new(lines);
    let mut read = input.lines();
    let range = read.find_map(|line| {
        let [_, range] = cutter.push(&line.expect("readable"));
        range
    });
    let part = range.expect("it is full").part;
    Name::of(0, &postbag::to_full_vec(&*part).expect("memory"))
}

#[test]
fn a_run_that_was_killed_goes_on() {
    if !are_there("a_run_that_was_killed_goes_on") {
        return;
    }
    let servers = Servers::start();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log");
    let mut log = Vec::new();
    write_log(Workload::Messy, 3, 6_000, &mut log, &mut |_| true).expect("memory takes all");
    std::fs::write(&path, &log).expect("room");
    let joined = servers.arguments();
    let mut arguments: Vec<&str> = joined.iter().map(String::as_str).collect();
    let place = format!("lookup={PROGRAM}");
    let own = [
        "--job",
        "again",
        "--range",
        "50",
        "--format=json",
        "--place",
        &place,
    ];
    arguments.push(path.to_str().expect("letters"));
    arguments.extend(own);
    // By the clock, so that it is in its midst when it is killed.
    let killed = Program::start(&[&arguments[..], &["--rate", "500"]].concat());
    let runtime = Runtime::new().expect("a runtime");
    let queue = runtime.block_on(Queue::connect(&servers.url(), "again"));
    let (queue, first) = (queue.expect("it is there"), first_name(&log, 50));
    until("report on the first range", || {
        runtime.block_on(queue.report(first)).is_some()
    });
    killed.signal(Signal::KILL);
    assert!(!killed.ended().status.success());
    let ended = Program::run(&arguments);
    assert_exact(&log, &ended);
    let sentence = "had their report in the queue already";
    assert!(ended.stderr.contains(sentence), "{ended:?}");
    // And nothing of it is left.
    assert!(!runtime.block_on(queue.was_here()));
}
