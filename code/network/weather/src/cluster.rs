//! A cluster on hosts of its own, for tests: a program's workers on two of them, its run on a third, and the
//! directory on the switch between.

use std::io::{BufRead, Read};
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use tokio::runtime::Runtime;
use traffic::directory::{Config, Server, Table};

use crate::hosts::{Host, Switch};
use crate::{Place, Proxy, Weather};

/// The number of the run's host; those of its workers are 1 and 2.
const RUN: u8 = 3;

/// Lines after which a run is at work.
const AT_WORK: u64 = 500;

/// Two hosts with workers for the lookup, and the directory.
#[derive(Debug)]
pub struct Cluster {
    /// The workers' hosts.
    pub workers: [Host; 2],
    program: &'static str,
    keys: String,
    directory: String,
    switch: Switch,
    _server: Server,
    _runtime: Runtime,
}

impl Cluster {
    /// Starts the workers of a program, with keys that are in a folder.
    ///
    /// # Panics
    ///
    /// If a worker does not say that it waits for runs.
    pub fn start(switch: Switch, program: &'static str, keys: &Path) -> Cluster {
        let keys = keys.display().to_string();
        let workers = [1, 2].map(|number| {
            let place = format!("{}:7000", Switch::address(number));
            let arguments = ["--serve", "lookup", "--listen", &place, "--keys", &keys];
            let mut host = switch.host(number, program, &arguments);
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
            workers,
            program,
            keys,
            directory,
            switch,
            _server: server,
            _runtime: runtime,
        }
    }

    /// A run on a host of its own, with both workers, which tells what it does.
    pub fn run(&self, arguments: &[&str]) -> Host {
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
        self.switch
            .host(RUN, self.program, &[arguments, &own].concat())
    }
}

/// Waits until a run of a cluster has done some of its work.
///
/// # Panics
///
/// If it ends before that.
pub fn at_work(run: &mut Host) {
    let mut line = String::new();
    loop {
        line.clear();
        if run.stdout.read_line(&mut line).expect("text") == 0 {
            let mut complaint = String::new();
            let _ = run.stderr.read_to_string(&mut complaint);
            panic!("it ended before that: {complaint}");
        }
        let event: Value = serde_json::from_str(&line).expect("an event");
        if event["event"] == "progress" && event["lines"].as_u64() > Some(AT_WORK) {
            return;
        }
    }
}

/// The rows of a run of a cluster that has ended well, on so many lines, and what it told.
///
/// # Panics
///
/// If it has not ended well, or its totals are others.
pub fn rows(run: Host, lines: u64) -> (Value, String) {
    let (code, stdout, stderr) = run.ended();
    assert_eq!(code, 0, "{stderr}");
    let end = stdout.lines().last().expect("an end");
    let mut end: Value = serde_json::from_str(end).expect("an event");
    let totals = ["lines", "malformed", "unresolved"].map(|total| end[total].take());
    assert_eq!(totals, [lines, 0, 0], "{stderr}");
    (end["rows"].take(), stderr)
}
