//! Long logs: to write one takes longer than to measure what reads it, so a suite's run writes each once.

use std::env;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use traffic::Input;
use traffic::generator::{Workload, write_log};

/// Names the folder in which the logs of a run are kept: each case is measured in a process of its own.
const FOLDER: &str = "BENCH_LOGS";

/// The log of a workload with seed 1, in a file that can be mapped. Without a folder to keep it in, a temporary one.
pub fn long(workload: Workload, lines: u64) -> Input {
    let Some(folder) = env::var_os(FOLDER) else {
        return Input::generate(workload, 1, lines, &mut |_| true).expect("a temporary file");
    };
    let kept = PathBuf::from(folder).join(format!("{workload}-{lines}.log"));
    if !kept.is_file() {
        write(workload, lines, &kept);
    }
    Input::open(&[kept], None, &mut |_| true).expect("it was written by this run")
}

/// Writes it under another name first: a case that is stopped leaves no half of a log.
fn write(workload: Workload, lines: u64, kept: &Path) {
    let half = kept.with_extension("half");
    let mut file = BufWriter::new(File::create(&half).expect("a folder that can be written"));
    write_log(workload, 1, lines, &mut file, &mut |_| true).expect("room for a log");
    file.flush().expect("room for a log");
    fs::rename(half, kept).expect("both are in one folder");
}
