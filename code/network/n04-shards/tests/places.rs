//! Every workload and every fault of the directory, wherever the servers are: here, in processes, and at ports over TLS.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::common::program::Program;
use crate::common::{Own, PROGRAM, here, processes, replicas, run_with};
use n04_shards::keys;
use traffic::testing::check_each_once;
use traffic::{Directory, Error, Input, Meter, Plan, Report};

fn check(what: &'static str, own: Vec<Own>) {
    check_each_once(what, move |input, directory, plan, meter| {
        run_with(own.clone(), input, directory, plan, meter)
    });
}

#[test]
fn one_server_here() {
    check("one server", Vec::new());
}

#[test]
fn three_shards_in_processes() {
    check("three shards", processes(3));
}

#[test]
fn two_shards_of_two_one_here() {
    // Of each shard, one is here and one elsewhere.
    let [near, far] = [here(1), processes(1)];
    let own = [near.clone(), far.clone(), near, far, vec![replicas(2)]].concat();
    check("two shards of two", own);
}

#[test]
fn replicas_chosen_by_chance_and_no_second_attempts() {
    let own = vec![
        replicas(2),
        ("choice", "random".into()),
        ("hedge", "off".into()),
    ];
    check("replicas by chance", [processes(2), own].concat());
}

/// A server at a port.
struct Waiting(Child, String);

impl Waiting {
    fn start(directory: &Directory, keys: &Path) -> Waiting {
        let address = directory.addresses()[0].to_string();
        let policy = serde_json::to_string(&directory.policy()).expect("numbers");
        let child = Command::new(PROGRAM)
            .args(["--serve", "server", "--listen", "127.0.0.1:0"])
            .args(["--directory", &address, "--policy", &policy, "--keys"])
            .arg(keys)
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.expect("the program is built");
        let mut stderr = BufReader::new(child.stderr.take().expect("piped"));
        let mut line = String::new();
        stderr.read_line(&mut line).expect("a line");
        let address = line
            .split_once(" at ")
            .and_then(|(_, at)| at.split_once(';'));
        let address = address
            .unwrap_or_else(|| panic!("no address: {line}"))
            .0
            .to_owned();
        // What else it says is not read, and must not fill the pipe.
        std::thread::spawn(move || std::io::copy(&mut stderr, &mut std::io::sink()));
        Waiting(child, address)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Servers that were there ask a directory of their own, so they are started for the one of the check.
fn run_over_tls(
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    let folder = tempfile::tempdir().expect("a folder");
    let ours = folder.path().join("ours");
    keys::make(&ours).expect("a new folder");
    let servers = [(); 2].map(|()| Waiting::start(directory, &ours));
    let places = servers
        .iter()
        .map(|server| ("place", format!("server={}", server.1)));
    let own = places
        .chain([("keys", ours.display().to_string())])
        .collect();
    run_with(own, input, directory, plan, meter)
}

#[test]
fn servers_that_were_there_over_tls() {
    check_each_once("two servers at ports, over TLS", run_over_tls);
}

#[test]
fn beyond_loopback_keys_are_a_must() {
    // An address for documentation (RFC 5737): were it tried, nothing would be there.
    let ended = Program::run(&["--lines", "1k", "--place", "server=192.0.2.1:7000"]);
    ended.assert_refused(2, "give --keys DIR");
}

#[test]
fn a_program_that_is_none_is_refused() {
    let run = |place: &str| Program::run(&["--lines", "1k", "--place", place]);
    run("server=/no/such/program").assert_refused(2, "cannot start a server process");
    // It ends at once, without a greeting.
    run("server=/usr/bin/true").assert_refused(2, "cannot be used");
}
