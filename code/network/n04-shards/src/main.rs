//! The command line of this step, and of its servers.

use std::path::Path;
use std::process::ExitCode;

use n04_shards::{keys, options, program};
use traffic::Parameter::{Batch, Capacity, Workers};
use traffic::harness::{Own, Step};
use weather::Weather;

/// The flags that only this step has.
const OWN: [Own; 10] = [
    Own {
        name: "place",
        value_name: "server=WHERE",
        help: "Where a server runs: here, process, HOST:PORT (where `--serve server --listen HOST:PORT` waits), or \
               the path of a program that speaks the same; given several times, so many servers. One that does \
               not greet within 5 s is refused before any work. One that is lost later is replaced by the others of \
               its shard, or its keys move to other shards; when none is left, or one does not answer within \
               the deadline, that is an error [default: server=here]",
        check: |text| options::place(text).map(|_| ()),
    },
    Own {
        name: "replicas",
        value_name: "N",
        help: "How many servers hold the same keys, the first N a shard, then the next N [default: 1]",
        check: |text| options::replicas(text).map(|_| ()),
    },
    Own {
        name: "service",
        value_name: "TIME",
        help: "What one question takes of a server's one thread [default: 50us]",
        check: |text| traffic::units::duration(text).map(|_| ()),
    },
    Own {
        name: "choice",
        value_name: "WHICH",
        help: "Which replica is asked: random, or the one of two with less to do [default: two]",
        check: |text| options::choice(text).map(|_| ()),
    },
    Own {
        name: "hedge",
        value_name: "ON",
        help: "Whether another replica is asked, too, when one is late, for 1 call in 25 at most [default: on]",
        check: |text| options::hedge(text).map(|_| ()),
    },
    Own {
        name: "shed",
        value_name: "TIME",
        help: "A server refuses what would wait for longer; those lines are unresolved [default: it never does]",
        check: |text| traffic::units::duration(text).map(|_| ()),
    },
    Own {
        name: "upset",
        value_name: "WHAT",
        help: "kill:SERVER@QUESTIONS kills a server's process when it has been asked so often; \
               slow:SERVER@QUESTIONS makes it ten times as slow; add@QUESTIONS adds a shard when all together have \
               been asked so often",
        check: |text| options::upset(text).map(|_| ()),
    },
    Own {
        name: "deadline",
        value_name: "TIME",
        help: "How long a call may take [default: 30s]",
        check: |text| options::deadline(text).map(|_| ()),
    },
    Own {
        name: "weather",
        value_name: "KNOBS",
        help: "The network to the servers: delay=TIME, jitter=TIME, bandwidth=BYTES, drip, hold=BYTES:TIME, \
               blackhole=BYTES, reset=BYTES, cut=BYTES, only=up|down, seed=N, with commas between them",
        check: |text| text.parse::<Weather>().map(|_| ()),
    },
    Own {
        name: "keys",
        value_name: "DIR",
        help: "Keys for mutual TLS with servers at a HOST:PORT, a must beyond loopback; \
               `--make-keys DIR` makes them",
        check: |_| Ok(()),
    },
];

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    if let [flag, folder] = &arguments[..]
        && flag == "--make-keys"
    {
        return make_keys(folder.as_ref());
    }
    program::main().unwrap_or_else(|| {
        Step::new(env!("CARGO_PKG_NAME"), n04_shards::run)
            .lines(60_000)
            .workers(1024)
            .uses(&[Workers, Capacity, Batch])
            .own(&OWN)
            .main()
    })
}

fn make_keys(folder: &Path) -> ExitCode {
    if folder.as_os_str().is_empty() {
        // As a path it would be the folder that we are in.
        eprintln!(
            "{}: --make-keys needs the name of a folder",
            env!("CARGO_PKG_NAME")
        );
        return ExitCode::from(2);
    }
    match keys::make(folder) {
        Ok(()) => {
            println!(
                "keys for {} days are in {}",
                keys::VALID_DAYS,
                folder.display()
            );
            ExitCode::SUCCESS
        }
        Err(err) => {
            eprintln!("{}: {err}", env!("CARGO_PKG_NAME"));
            ExitCode::from(2)
        }
    }
}
