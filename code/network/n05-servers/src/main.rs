//! The command line of this step, of its workers, and of what looks after its servers.

use std::process::ExitCode;

use n05_servers::{serving, settings};
use traffic::Parameter::{Batch, Capacity, Linger, Workers};
use traffic::harness::{Own, Step};

/// The flags that only this step has.
const OWN: [Own; 10] = [
    Own {
        name: "place",
        value_name: "lookup=WHERE",
        help: "Where ranges are parsed, looked up and counted: here, process, or the path of a program that speaks the same; \
               given several times, so many workers. Others come by themselves, with `--serve lookup --nats … --job NAME`. \
               Any may be lost at any time, and the report is exact; where no report comes for three times as long as \
               --silence, this process works, too. The run ends: exact, or with one sentence when a server was not \
               there for as long as --patience [default: lookup=here]",
        check: |text| settings::place(text).map(|_| ()),
    },
    Own {
        name: "nats",
        value_name: "[TOKEN@]HOST:PORT",
        help: "The queue's server, with JetStream and a max_payload of 9 MiB. Without it one is started for the run, and ends \
               with it",
        check: |text| settings::nats(text).map(|_| ()),
    },
    Own {
        name: "redis",
        value_name: "WHERE",
        help: "The shared cache's server: HOST:PORT, the path of its socket, or none to do without. Without a word one is started \
               for the run, and ends with it",
        check: |text| settings::redis(text).map(|_| ()),
    },
    Own {
        name: "job",
        value_name: "NAME",
        help: "A name for the work. Where a run with --nats was killed, the same command with the same input and the same \
               name goes on where it was, from what is in the queue [default: a name that no other run has]",
        check: |text| settings::job(text).map(|_| ()),
    },
    Own {
        name: "range",
        value_name: "LINES",
        help: "Lines of a range, up to 65,536: what is given away, reported, merged and done again as one. \
               It is also full with 4 MiB [default: 1000]",
        check: |text| settings::range(text).map(|_| ()),
    },
    Own {
        name: "silence",
        value_name: "TIME",
        help: "After so much silence about a range the queue gives it to another worker. A worker says four times as \
               often that it is at it [default: 1s]",
        check: |text| settings::time(text).map(|_| ()),
    },
    Own {
        name: "patience",
        value_name: "TIME",
        help: "For how long the queue's server is waited for when it is not there [default: 30s]",
        check: |text| settings::time(text).map(|_| ()),
    },
    Own {
        name: "shared",
        value_name: "TIME",
        help: "How long the shared cache keeps an answer; 0: it is not asked [default: 60s]",
        check: |text| settings::keeps(text).map(|_| ()),
    },
    Own {
        name: "near",
        value_name: "TIME",
        help: "How long a worker's own cache keeps an answer; 0: it has none [default: 10s]",
        check: |text| settings::keeps(text).map(|_| ()),
    },
    Own {
        name: "near-size",
        value_name: "N",
        help: "How many answers a worker's own cache keeps [default: 65536]",
        check: |text| traffic::units::count(text).map(|_| ()),
    },
];

fn main() -> ExitCode {
    serving::main().unwrap_or_else(|| {
        Step::new(env!("CARGO_PKG_NAME"), n05_servers::run)
            .lines(1_000_000)
            .workers(1024)
            .uses(&[Workers, Capacity, Batch, Linger])
            .own(&OWN)
            .main()
    })
}
