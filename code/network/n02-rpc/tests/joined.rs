//! Services that are there already: joined over TCP, on loopback without keys and with.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::common::PROGRAM;
use crate::common::hops::{FAR, in_time, one, until};
use crate::common::joined::{Service, two};
use crate::common::probe::{Log, Silent};
use crate::common::program::Program;
use n02_rpc::contract::Directory;
use n02_rpc::hello::greet;
use n02_rpc::keys;
use n02_rpc::remote::Remote;
use n02_rpc::service::serve;
use rustix::process::Signal;
use tokio::net::{TcpListener, TcpStream};

const LOG: [&str; 5] = ["--lines", "5k", "--workload", "messy", "--format=json"];

fn run(own: &[&str]) -> crate::common::program::Ended {
    Program::run(&[&LOG[..], own].concat())
}

#[test]
fn services_answer_one_run_after_another_and_two_at_once() {
    let (front, directory, _table) = two(None);
    let alone = run(&[]).report();
    let long = Program::start(&[
        "--lines",
        "60k",
        "--rate",
        "2k",
        "--place",
        &front.place("front"),
    ]);
    assert_eq!(run(&["--place", &front.place("front")]).report(), alone);
    assert_eq!(
        run(&["--place", &directory.place("directory")]).report(),
        alone
    );
    // A front that is started for the run, and asks a directory that is there already.
    let places = [&format!("front={PROGRAM}"), &directory.place("directory")];
    let both = run(&["--place", places[0], "--place", places[1]]);
    assert_eq!(both.report(), alone);
    long.signal(Signal::KILL);
    long.ended();
    assert_eq!(run(&["--place", &front.place("front")]).report(), alone);
}

#[test]
fn a_front_that_is_there_already_has_a_directory_of_its_own() {
    let places = [
        "--place",
        "front=127.0.0.1:9",
        "--place",
        "directory=process",
    ];
    run(&places).assert_refused(2, "has a directory of its own");
}

#[test]
fn with_keys_both_hops_prove_who_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ours, others) = (folder.path().join("ours"), folder.path().join("others"));
    keys::make(&ours).expect("a new folder");
    keys::make(&others).expect("a new folder");
    let (front, directory, _table) = two(Some(&ours));
    let with =
        |place: &str, keys: &Path| run(&["--place", place, "--keys", &keys.display().to_string()]);
    let alone = run(&[]).report();
    assert_eq!(with(&front.place("front"), &ours).report(), alone);
    assert_eq!(with(&directory.place("directory"), &ours).report(), alone);
    with(&front.place("front"), &others).assert_refused(2, "invalid peer certificate");
    // A run without keys is not understood.
    run(&["--place", &front.place("front")]).assert_refused(2, "cannot be used");
}

/// What the far hop sees when a process in the middle is killed, and nothing is said to it.
#[test]
fn a_front_that_is_killed_is_a_cancellation_to_the_directory_behind_it() {
    in_time(async {
        let log = Log::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
        let address = listener.local_addr().expect("bound").to_string();
        let silent = Silent(log.clone());
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a front");
            greet(&mut stream, "directory").await.expect("one of ours");
            serve(silent, stream).await;
        });
        let started = tokio::task::spawn_blocking(move || {
            Service::start("front", &["--asks", &address], None)
        });
        let mut front = started.await.expect("no panic");
        let mut stream = TcpStream::connect(&front.address)
            .await
            .expect("it listens");
        greet(&mut stream, "front").await.expect("one of ours");
        let remote = Remote::over("the front", stream);
        let call = tokio::spawn(async move { remote.holders(one(), Instant::now() + FAR).await });
        until("question at the directory", || log.first().is_some()).await;
        let killed = Instant::now();
        front.child.kill().expect("it runs");
        let ended = || log.first().and_then(|seen| seen.ended);
        until("end of the work", || ended().is_some()).await;
        let after = ended()
            .expect("it has ended")
            .saturating_duration_since(killed);
        println!("dropped at the directory {after:?} after the front was killed");
        assert!(after < Duration::from_secs(30));
        assert!(call.await.expect("no panic").unknown().is_some());
    });
}
