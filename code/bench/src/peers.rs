//! The suite `peers`: the same report by the programs that a user would pick instead of ours.
//!
//! A peer is a small script in `code/bench/peers`, written as a competent user of that program would. It gets
//! the log, the table of holders and the number of threads, and prints the rows. All of them, and our own
//! fastest step beside them, are run as whole processes, in rounds, on the same files, and every answer is
//! compared row by row with that of `s16-range`: a cache of ranges in one thread, and proven equal to the oracle by
//! its tests. A peer that answers wrongly is timed and filed all the same, with what is wrong; one that
//! fails or is not installed is filed with the reason. Nothing is installed.

mod answer;
mod contender;
mod says;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use traffic::generator::{Workload, write_log};
use traffic::oracle::Difference;

use self::answer::{Answer, verdict};
use self::contender::Contender;
use self::says::Says;
use crate::collect::{Effort, Order, Progress, Samples, build_programs};

/// Enough that what a program does before its first line is a small part of its time.
const LINES: u64 = 5_000_000;

/// Those that would need many seconds for as many, and the beginning that they read.
const SLOW: [(&str, u64); 3] = [
    ("mawk", 500_000),
    ("s09-batch", 500_000),
    ("goaccess", 100_000),
];

/// As many as of each whole process.
const ROUNDS: usize = 9;

/// The peers: what `code/bench/peers/with-NAME.EXTENSION` is called, and what it prints.
const PEERS: [(&str, &str, Says); 5] = [
    ("duckdb", "py", Says::Rows),
    ("clickhouse", "py", Says::Rows),
    ("polars", "py", Says::Rows),
    ("mawk", "sh", Says::Rows),
    ("goaccess", "sh", Says::GoAccess),
];

/// The peer that is also asked about a log that it has read before, and what it is told then: what a database is for.
const KEEPS: (&str, &str, &str) = ("duckdb", "kept=1", "--keep");

/// Our own: the fastest; the step that it grew from; the best of those in one thread that read lines as texts; and
/// the last of those that ask the directory for each client, from their usual distance.
const OURS: [(&str, &str, &str); 4] = [
    ("s17-columns", "", "--workers {threads}"),
    ("s15-steal", "", "--workers {threads}"),
    ("s14-locality", "workers=1", "--workers 1"),
    ("s09-batch", "", ""),
];

/// The step whose answer is the right one, and its argument: the distance does not change an answer.
const RIGHT: (&str, &str) = ("s16-range", "--delay 0");

/// The logs: what stands in the brackets of a case, and the workload.
const LOGS: [(&str, Workload); 2] = [("", Workload::Steady), ("workload=wide", Workload::Wide)];

/// A log, its beginning, and the right answers to both.
struct Log {
    parameter: &'static str,
    lines: u64,
    path: PathBuf,
    /// The first line only: what a run on it takes is the start and the end of a program.
    short: PathBuf,
    right: Answer,
}

/// Measures the peers and our own steps.
///
/// # Errors
///
/// If our own steps do not build or fail; what is wrong with a peer is filed.
pub(crate) fn measure(
    root: &Path,
    order: &Order,
    samples: &mut Samples,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let ours: Vec<_> = OURS
        .into_iter()
        .filter(|(name, ..)| root.join("code/evolution").join(name).is_dir())
        .collect();
    let mut names: Vec<&str> = ours.iter().map(|(name, ..)| *name).collect();
    names.push(RIGHT.0);
    let binaries = build_programs(root, &names, say)?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);

    say(&Progress {
        done: 0,
        total: 0,
        what: "writing the logs".into(),
    });
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let mut contenders = ours
        .into_iter()
        .map(|(name, parameter, arguments)| {
            let arguments = arguments.replace("{threads}", &threads.to_string());
            contender::step(&binaries, name, parameter, &arguments)
        })
        .collect::<Vec<_>>();
    let table = root.join("code/traffic/data/ipv4-address-space.csv");
    contenders.extend(PEERS.map(|(name, extension, says)| {
        let script = format!("code/bench/peers/with-{name}.{extension}");
        contender::peer(name, &root.join(script), says, &table, threads)
    }));
    let (name, parameter, flag) = KEEPS;
    let reader = contenders.iter().find(|contender| contender.name == name);
    contenders.extend(reader.map(|reader| reader.with(parameter, flag)));
    let right = contender::step(&binaries, RIGHT.0, "", RIGHT.1);
    let mut logs = Vec::new();
    for (parameter, workload) in LOGS {
        for lines in lengths() {
            logs.push(log(folder.path(), parameter, workload, lines, &right)?);
        }
    }
    let rounds = match order.effort {
        Effort::Quick => 1,
        Effort::Full => ROUNDS,
    };
    let cases: Vec<(&Contender, &Log)> = logs
        .iter()
        .flat_map(|log| contenders.iter().map(move |contender| (contender, log)))
        .filter(|(contender, log)| log.lines == lines_for(&contender.name))
        .filter(|(contender, log)| order.has(&contender.case(log.parameter)))
        .collect();
    ensure!(!cases.is_empty(), "no case of peers is called so");
    contest(&cases, rounds, samples, say)
}

/// How many lines a contender reads.
fn lines_for(name: &str) -> u64 {
    let slow = SLOW.iter().find(|(slow, _)| *slow == name);
    slow.map_or(LINES, |(_, lines)| *lines)
}

/// How many lines the logs have.
fn lengths() -> BTreeSet<u64> {
    let slow = SLOW.iter().map(|(_, lines)| *lines);
    slow.chain([LINES]).collect()
}

/// Writes a log and its first line, and lets a program of ours say what is right for it.
fn log(
    folder: &Path,
    parameter: &'static str,
    workload: Workload,
    lines: u64,
    right: &Contender,
) -> Result<Log> {
    let path = folder.join(format!("{workload}-{lines}.log"));
    let mut file = BufWriter::new(File::create(&path).context("cannot write a log")?);
    write_log(workload, 1, lines, &mut file, &mut |_| true).context("cannot write a log")?;
    drop(file);
    let mut first = Vec::new();
    BufReader::new(File::open(&path)?).read_until(b'\n', &mut first)?;
    let short = folder.join(format!("{workload}-short.log"));
    std::fs::write(&short, first).context("cannot write a log")?;
    let right = right
        .run(&path)
        .and_then(|run| right.answer(&run.output))
        .map_err(anyhow::Error::msg)
        .with_context(|| format!("the answer of {}", right.name))?;
    Ok(Log {
        parameter,
        lines,
        path,
        short,
        right,
    })
}

/// Runs all cases once a round. A peer that is missing or fails is filed as that, and not run again; one that was wrong in a
/// round is, whatever it answers in others.
///
/// # Errors
///
/// If a step of ours fails or is wrong.
fn contest(
    cases: &[(&Contender, &Log)],
    rounds: usize,
    samples: &mut Samples,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let (mut out, mut bad) = (BTreeSet::new(), BTreeSet::new());
    for (contender, log) in cases {
        let case = contender.case(log.parameter);
        match contender.version() {
            Ok(version) => {
                samples.note(&case, "version", version);
                if contender.parameter == KEEPS.1 {
                    keep(contender, log, &case, samples);
                }
            }
            Err(why) => {
                samples.note(&case, "answer", format!("not found: {why}"));
                out.insert(case);
            }
        }
    }
    for round in 0..rounds {
        for (number, (contender, log)) in cases.iter().enumerate() {
            let case = contender.case(log.parameter);
            say(&Progress {
                done: round * cases.len() + number,
                total: rounds * cases.len(),
                what: format!("{case}, round {} of {rounds}", round + 1),
            });
            if out.contains(&case) {
                continue;
            }
            let answer = once(contender, log, &case, samples);
            let words = match &answer {
                Ok(differences) => verdict(differences, log.right.rows.len(), contender.says),
                Err(why) => format!("failed: {why}"),
            };
            let is_right = answer.as_ref().is_ok_and(Vec::is_empty);
            ensure!(is_right || contender.says != Says::Step, "{case}: {words}");
            if !bad.contains(&case) {
                samples.note(&case, "answer", words);
            }
            if answer.is_err() {
                out.insert(case.clone());
            }
            if !is_right {
                bad.insert(case);
            }
        }
    }
    Ok(())
}

/// Lets a peer read a log and its first line for the first time. If it cannot, its rounds will say so.
fn keep(contender: &Contender, log: &Log, case: &str, samples: &mut Samples) {
    if let (Ok(_), Ok(first)) = (contender.run(&log.short), contender.run(&log.path)) {
        samples.add(case, "first_s", "s", [first.seconds]);
    }
}

/// One run on the first line alone, one on the whole log, and how its answer differs from the right one.
fn once(
    contender: &Contender,
    log: &Log,
    case: &str,
    samples: &mut Samples,
) -> Result<Vec<Difference>, String> {
    let startup_s = contender.run(&log.short)?.seconds;
    let run = contender.run(&log.path)?;
    let answer = contender.answer(&run.output)?;
    let differences = answer.differences(&log.right.as_said_by(contender.says));
    // As many as there are: a peer that is wrong about them is no faster for that.
    let lines = log.lines as f64;
    for (metric, unit, value) in [
        ("seconds", "s", run.seconds),
        ("startup_s", "s", startup_s),
        ("lines_per_s", "lines/s", lines / run.seconds),
        // A run so short that it is all start-up has no rate of its own.
        (
            "warm_lines_per_s",
            "lines/s",
            lines / (run.seconds - startup_s).max(1e-3),
        ),
        ("memory_bytes", "bytes", run.usage.memory_bytes),
        ("cpu_s", "s", run.usage.cpu_s),
        ("lines", "", answer.lines() as f64),
        ("malformed", "", answer.malformed as f64),
        ("rows", "", answer.rows.len() as f64),
        ("rows_wrong", "", differences.len() as f64),
    ] {
        samples.add(case, metric, unit, [value]);
    }
    Ok(differences)
}
