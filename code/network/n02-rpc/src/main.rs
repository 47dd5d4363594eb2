//! The command line of this step, and of its services.

use std::path::Path;
use std::process::ExitCode;

use n02_rpc::{command, keys, places};
use traffic::Parameter::{Batch, Capacity, Workers};
use traffic::harness::{Own, Step};
use weather::Weather;

/// The flags that only this step has.
const OWN: [Own; 5] = [
    Own {
        name: "place",
        value_name: "SERVICE=WHERE",
        help: "Where the front (a cache) and the directory behind it run: here, process, HOST:PORT (where \
               `--serve front --listen HOST:PORT` waits, or `--serve directory`; `--serve front --help` \
               says more), or the path of a program \
               that speaks the same. A service that does not greet within 5 s is refused before any work; \
               one that is gone, or does not answer within the deadline, is an error \
               [default: front=here, directory=here]",
        check: |text| places::place(text).map(|_| ()),
    },
    Own {
        name: "deadline",
        value_name: "TIME",
        help: "How long a call may take, over all its hops [default: 30s]",
        check: |text| places::deadline(text).map(|_| ()),
    },
    Own {
        name: "tell",
        value_name: "WHAT",
        help: "left: each service that is started tells at its end how often it was asked, and how much of the \
               deadline was left when questions came",
        check: places::tell,
    },
    Own {
        name: "weather",
        value_name: "KNOBS",
        help: "The network to the services: delay=TIME, jitter=TIME, bandwidth=BYTES, drip, hold=BYTES:TIME, \
               blackhole=BYTES, reset=BYTES, cut=BYTES, only=up|down, seed=N, with commas between them. Of hold, \
               blackhole, reset and cut there is one; its BYTES may be a range to draw from, as in \
               hold=1k..64k:500ms. drip (a byte at a time) and a narrow bandwidth take \
               their time: a line is some 16 bytes there, so 20k of them take half a minute at bandwidth=10k",
        check: |text| text.parse::<Weather>().map(|_| ()),
    },
    Own {
        name: "keys",
        value_name: "DIR",
        help: "Keys for mutual TLS with services at a HOST:PORT, a must beyond loopback; \
               `--make-keys DIR` makes them, and a service's machine needs authority.pem, worker.pem and \
               worker.key of them",
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
    command::main().unwrap_or_else(|| {
        Step::new(env!("CARGO_PKG_NAME"), n02_rpc::run)
            .lines(1_000_000)
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
