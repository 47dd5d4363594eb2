//! The command line of this step, and of its worker processes.

use std::process::ExitCode;

use n06_engine::{flags, serve};
use traffic::Parameter::Workers;
use traffic::harness::{Own, Step};

/// The flags that only this step has.
const OWN: [Own; 7] = [
    Own {
        name: "processes",
        value_name: "N",
        help: "In how many processes the workers are, this one included, up to 16; each has as many of them, so their \
               number is rounded up. All end when one of them is lost, with one sentence and without a report: at \
               once if it has ended, and after --patience if it is stopped [default: 1]",
        check: |text| flags::processes(text).map(|_| ()),
    },
    Own {
        name: "epoch",
        value_name: "CHUNKS",
        help: "How many chunks of the log, of 256 KiB or less, are an epoch: what becomes final as one, and is combined \
               as one [default: 64]",
        check: |text| flags::chunks_each(text).map(|_| ()),
    },
    Own {
        name: "combine",
        value_name: "ON",
        help: "on: a worker adds up an epoch's hits by rows before it sends them; off: each hit is sent [default: on]",
        check: |text| flags::combine(text).map(|_| ()),
    },
    Own {
        name: "key",
        value_name: "WHAT",
        help: "What decides which worker counts a hit: row (holder and route), or the holder alone [default: row]",
        check: |text| flags::key(text).map(|_| ()),
    },
    Own {
        name: "tell",
        value_name: "WHAT",
        help: "epochs: tell of each epoch when it is final",
        check: |text| flags::tell(text).map(|_| ()),
    },
    Own {
        name: "patience",
        value_name: "TIME",
        help: "After so much time in which nothing was read here and nothing has become final, a run of several \
               processes ends with an error [default: 30s]",
        check: |text| flags::patience(text).map(|_| ()),
    },
    Own {
        name: "program",
        value_name: "PATH",
        help: "Start this program for the other processes, in place of this one; it has to be of the same version",
        check: |_| Ok(()),
    },
];

fn main() -> ExitCode {
    serve::main().unwrap_or_else(|| {
        Step::new(env!("CARGO_PKG_NAME"), n06_engine::run)
            .lines(5_000_000)
            .maps()
            .worker_per_core()
            .uses(&[Workers])
            .own(&OWN)
            .main()
    })
}
