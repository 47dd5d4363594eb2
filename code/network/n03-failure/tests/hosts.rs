//! Real hosts: two workers on two of them, with keys, and the run on a third. One is cut off, for a moment, for
//! longer, and for good, and the report is exact.

mod common;

use std::io::{BufRead, Read};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use common::PROGRAM;
use common::program::Program;
use n03_failure::keys;
use serde_json::Value;
use tokio::runtime::Runtime;
use traffic::directory::{Config, Server, Table};
use weather::hosts::{Host, Switch, inside};
use weather::{Place, Proxy, Weather};

/// The number of the run's host; those of its workers are 1 and 2.
const RUN: u8 = 3;

/// What every run reads, at a pace that leaves time to pull a cable.
const LOG: [&str; 8] = [
    "--lines",
    "6k",
    "--workload",
    "steady",
    "--range",
    "50",
    "--rate",
    "3k",
];

/// Two hosts with workers, and the directory on the switch.
struct Cluster {
    switch: Switch,
    workers: [Host; 2],
    keys: String,
    directory: String,
    _server: Server,
    _runtime: Runtime,
}

impl Cluster {
    fn start(switch: Switch, folder: &Path) -> Cluster {
        let keys = folder.join("keys");
        keys::make(&keys).expect("a new folder");
        let keys = keys.display().to_string();
        let workers = [1, 2].map(|number| {
            let place = format!("{}:7000", Switch::address(number));
            let arguments = ["--serve", "lookup", "--listen", &place, "--keys", &keys];
            let mut host = switch.host(number, PROGRAM, &arguments);
            let mut line = String::new();
            host.stderr.read_line(&mut line).expect("a line");
            assert!(line.contains("waits for runs at"), "{line}");
            host
        });
        let server = Server::start(Config {
            table: Arc::new(Table::iana()),
            ..Config::default()
        });
        let server = server.expect("a server on loopback");
        // A directory serves its own machine; fair weather leads to it from the others.
        let runtime = Runtime::new().expect("a runtime");
        let at = Place::Tcp(format!("{}:0", Switch::ADDRESS));
        let to = Place::Tcp(server.address().to_string());
        let proxy = runtime.block_on(Proxy::listen(&at, to, Weather::default()));
        let proxy = proxy.expect("an address of the switch");
        let directory = proxy.place().expect("bound").to_string();
        runtime.spawn(proxy.run(|_, _| {}));
        Cluster {
            switch,
            workers,
            keys,
            directory,
            _server: server,
            _runtime: runtime,
        }
    }

    /// A run on a host of its own, which tells what it does.
    fn run(&self) -> Host {
        let places = [1, 2].map(|number| format!("lookup={}:7000", Switch::address(number)));
        let own = [
            "--place",
            &places[0],
            "--place",
            &places[1],
            "--keys",
            &self.keys,
            "--directory",
            &self.directory,
            "--events",
        ];
        self.switch.host(RUN, PROGRAM, &[&LOG[..], &own].concat())
    }
}

/// Waits until a run has done some of its work.
fn at_work(run: &mut Host) {
    let mut line = String::new();
    loop {
        line.clear();
        if run.stdout.read_line(&mut line).expect("text") == 0 {
            let mut complaint = String::new();
            let _ = run.stderr.read_to_string(&mut complaint);
            panic!("it ended before that: {complaint}");
        }
        let event: Value = serde_json::from_str(&line).expect("an event");
        if event["event"] == "progress" && event["lines"].as_u64() > Some(500) {
            return;
        }
    }
}

/// The rows of a run that has ended well, and what it told.
fn rows(run: Host) -> (Value, String) {
    let (code, stdout, stderr) = run.ended();
    assert_eq!(code, 0, "{stderr}");
    let end = stdout.lines().last().expect("an end");
    let mut end: Value = serde_json::from_str(end).expect("an event");
    let totals = ["lines", "malformed", "unresolved"].map(|total| end[total].take());
    assert_eq!(totals, [6_000, 0, 0], "{stderr}");
    (end["rows"].take(), stderr)
}

/// Asserts that a run ends well, and with the rows that it has on one host; gives what it told.
fn assert_exact(run: Host) -> String {
    let pace = LOG.len() - 2;
    let here = Program::run(&[&LOG[..pace], &["--format=json"]].concat());
    // Not with `assert_eq`, which would print both reports.
    let (rows, told) = rows(run);
    assert!(rows == here.report().0, "the rows are wrong: {told}");
    told
}

#[test]
fn a_report_from_three_hosts_is_exact() {
    let Some(switch) = inside("a_report_from_three_hosts_is_exact") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let cluster = Cluster::start(switch, folder.path());
    assert_exact(cluster.run());
}

#[test]
fn a_host_that_is_cut_off_for_good_is_done_without() {
    let Some(switch) = inside("a_host_that_is_cut_off_for_good_is_done_without") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let cluster = Cluster::start(switch, folder.path());
    let mut run = cluster.run();
    at_work(&mut run);
    cluster.workers[1].pull();
    let told = assert_exact(run);
    assert!(
        told.contains("worker 2 of lookup (at 10.77.0.2:7000) was silent for 1 s"),
        "{told}"
    );
}

#[test]
fn a_host_that_is_cut_off_and_joined_again_counts_nothing_twice() {
    let name = "a_host_that_is_cut_off_and_joined_again_counts_nothing_twice";
    let Some(switch) = inside(name) else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let cluster = Cluster::start(switch, folder.path());
    // Shorter than the silence after which it is given up, and longer.
    for cut in [300, 1_500] {
        let mut run = cluster.run();
        at_work(&mut run);
        cluster.workers[0].pull();
        thread::sleep(Duration::from_millis(cut));
        cluster.workers[0].plug();
        assert_exact(run);
    }
}
