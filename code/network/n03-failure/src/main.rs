//! The command line of this step, and of its workers.

use std::path::Path;
use std::process::ExitCode;

use n03_failure::{environment, health, keys, place, terms, worker};
use traffic::Parameter::{Batch, Capacity, Linger, Workers};
use traffic::harness::{Own, Step};
use weather::Weather;

/// The flags that only this step has.
const OWN: [Own; 9] = [
    Own {
        name: "place",
        value_name: "lookup=WHERE",
        help: "Where ranges are parsed, looked up and counted: here, process, HOST:PORT (where `--serve lookup \
               --listen HOST:PORT` waits; `--serve lookup --help` says more), or the path of a program that \
               speaks the same; given several times, so many workers. One that is something else is refused \
               before any work. Any may be lost at any time, and the report is exact. The work begins when all \
               have greeted: one that has not within 3 s, or 5 s at a HOST:PORT, is lost as well, and so is one \
               that cannot be reached. Any other loss costs at most the time of --silence, or of \
               --lease where a worker lives and keeps a range, and what it takes to do the 4 ranges again \
               that a worker has at most. Where a place has lost too many, and where no worker is left, this \
               process does the work: the run ends [default: lookup=here]",
        check: |text| place::place(text).map(|_| ()),
    },
    Own {
        name: "weather",
        value_name: "KNOBS",
        help: "The network to the workers: delay=TIME, jitter=TIME, bandwidth=BYTES, drip, hold=BYTES:TIME, \
               blackhole=BYTES, reset=BYTES, cut=BYTES, only=up|down, seed=N, with commas between them. Of hold, \
               blackhole, reset and cut there is one; its BYTES may be a range to draw from, as in \
               hold=1k..64k:500ms. drip (a byte at a time) and a narrow bandwidth take \
               their time: whole lines travel, and 2k of them take most of a minute at bandwidth=10k",
        check: |text| text.parse::<Weather>().map(|_| ()),
    },
    Own {
        name: "keys",
        value_name: "DIR",
        help: "Keys for mutual TLS with workers at a HOST:PORT, a must beyond loopback; \
               `--make-keys DIR` makes them, and a worker's machine needs authority.pem, worker.pem and \
               worker.key of them",
        check: |_| Ok(()),
    },
    Own {
        name: "range",
        value_name: "LINES",
        help: "Lines of a range, up to 65,536: what is given away, reported, merged and done again as one. \
               It is also full with 4 MiB [default: 1000]",
        check: |text| terms::range(text).map(|_| ()),
    },
    Own {
        name: "silence",
        value_name: "TIME",
        help: "After so much silence a worker that has greeted is given up: its ranges are done again, and its place is \
               filled again. It says four times as often that it is there [default: 1s]",
        check: |text| terms::time(text).map(|_| ()),
    },
    Own {
        name: "lease",
        value_name: "TIME",
        help: "A worker that says that it is there and keeps a range for so long is given up, too. The next \
               may keep it twice as long, and the third four times; then this process does it \
               [default: 10s]",
        check: |text| terms::time(text).map(|_| ()),
    },
    Own {
        name: "restarts",
        value_name: "N",
        help: "How often a place is filled again at most [default: 3]",
        check: |text| terms::restarts(text).map(|_| ()),
    },
    Own {
        name: "ack",
        value_name: "WHAT",
        help: "range: a range is forgotten when its report is merged; none: when it is sent, and workers \
               report once in the end, so that one that is lost ends the run with an error [default: range]",
        check: |text| terms::ack(text).map(|_| ()),
    },
    Own {
        name: "repair",
        value_name: "WHICH",
        help: "fenced: a report counts while its lease stands. Two that are wrong, to be seen: naive, all \
               that comes is merged; unfenced, a report is taken for that of the worker's oldest range \
               [default: fenced]",
        check: |text| terms::repair(text).map(|_| ()),
    },
];

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    match &arguments[..] {
        [flag, folder] if flag == "--make-keys" => return make_keys(folder.as_ref()),
        [command, place @ ..] if command == health::COMMAND => return health::main(place),
        _ => {}
    }
    if let Err(why) = environment::take_over(&arguments) {
        eprintln!(
            "{}: cannot begin with what the environment says: {why}",
            env!("CARGO_PKG_NAME")
        );
        return ExitCode::from(2);
    }
    worker::main().unwrap_or_else(|| {
        Step::new(env!("CARGO_PKG_NAME"), n03_failure::run)
            .lines(1_000_000)
            .workers(1024)
            .uses(&[Workers, Capacity, Batch, Linger])
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
