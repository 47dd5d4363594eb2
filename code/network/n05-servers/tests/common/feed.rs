//! A log that is written while a run reads it, for as long as the test wants: what is done to a run is done while
//! there is work, however busy the machine is.

use std::io::{PipeReader, PipeWriter, Write, pipe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use traffic::event::Outcome;
use traffic::generator::{Workload, write_log};
use traffic::oracle::{Oracle, Rule, differences};

use super::program::Ended;

/// Lines that are written at a time, and the pause behind them: a few thousand a second, and less on a busy machine.
const LINES: usize = 25;
const PAUSE: Duration = Duration::from_millis(5);

/// A log that grows.
#[derive(Debug)]
pub struct Feed {
    is_enough: Arc<AtomicBool>,
    writing: JoinHandle<Vec<u8>>,
}

impl Feed {
    /// Begins to write it, and gives the end at which it is read.
    pub fn start() -> (PipeReader, Feed) {
        let (reader, writer) = pipe().expect("a pipe");
        let is_enough = Arc::<AtomicBool>::default();
        let asked = Arc::clone(&is_enough);
        let writing = thread::spawn(move || write(writer, &asked));
        (reader, Feed { is_enough, writing })
    }

    /// Ends it, and gives what was written.
    pub fn end(self) -> Vec<u8> {
        self.is_enough.store(true, Relaxed);
        self.writing.join().expect("no panic")
    }
}

fn write(mut pipe: PipeWriter, is_enough: &AtomicBool) -> Vec<u8> {
    let mut log = Vec::new();
    write_log(Workload::Messy, 17, 5_000, &mut log, &mut |_| true).expect("memory takes all");
    let lines: Vec<&[u8]> = log.split_inclusive(|&byte| byte == b'\n').collect();
    let mut written = Vec::new();
    for chunk in lines.chunks(LINES).cycle() {
        if is_enough.load(Relaxed) {
            break;
        }
        let chunk = chunk.concat();
        // A run that is gone is what the test is about.
        if pipe.write_all(&chunk).is_err() {
            break;
        }
        written.extend(chunk);
        thread::sleep(PAUSE);
    }
    written
}

/// Asserts that a report is what the oracle makes of the log.
pub fn assert_exact(log: &[u8], ended: &Ended) {
    assert!(ended.status.success(), "{ended:?}");
    let report: Outcome = serde_json::from_str(&ended.stdout).expect("a report");
    // On a machine that has nothing to spare the directory may be silent for too long, and the report says so.
    let rule = match report.unresolved {
        0 => Rule::Equal,
        _ => Rule::ButUnresolved,
    };
    if let Some(first) = differences(&Oracle::of(&[log]).outcome(), &report, rule).first() {
        panic!("{first}: {}", ended.stderr);
    }
}
