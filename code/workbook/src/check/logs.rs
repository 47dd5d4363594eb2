//! The logs on which a fork is judged: every workload, and those that were made to break things.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, Result};
use project::Project;
use traffic::event::Outcome;
use traffic::generator::{Workload, write_log};
use traffic::oracle::{Neighbours, Oracle, hostile_logs};

/// The generated logs' seed: not the one that is the default, so that no fork is fitted to it.
const SEED: u64 = 7;

/// One log, as one or more files or as the generator makes it.
pub struct Log {
    /// `the workload steady`, `files without a last newline`
    pub name: String,
    source: Source,
    expected: OnceLock<Outcome>,
}

enum Source {
    Generated(Workload, u64),
    /// Their paths, as they are written on the command line, and what they hold.
    Files(Vec<(String, Vec<u8>)>),
    /// The path of a log whose addresses differ little, and that of the table which tells them apart.
    Neighbours {
        log: String,
        table: String,
    },
}

impl Log {
    /// So many lines of a workload.
    pub fn generated(workload: Workload, lines: u64) -> Log {
        Log {
            name: format!("the workload {workload}"),
            source: Source::Generated(workload, lines),
            expected: OnceLock::new(),
        }
    }

    /// What a step is given to read it.
    pub fn arguments(&self) -> Vec<String> {
        match &self.source {
            Source::Generated(workload, lines) => {
                let flags = format!("--lines {lines} --workload {workload} --seed {SEED}");
                flags.split(' ').map(str::to_owned).collect()
            }
            Source::Files(files) => files.iter().map(|(path, _)| path.clone()).collect(),
            Source::Neighbours { log, table } => {
                vec![log.clone(), "--table".to_owned(), table.clone()]
            }
        }
    }

    /// What its report must be; asked for once.
    pub fn expected(&self) -> &Outcome {
        self.expected.get_or_init(|| match &self.source {
            Source::Generated(workload, lines) => {
                let mut log = Vec::new();
                write_log(*workload, SEED, *lines, &mut log, &mut |_| true)
                    .expect("memory takes all");
                Oracle::of(&[&log]).outcome()
            }
            Source::Files(files) => {
                let logs: Vec<&[u8]> = files.iter().map(|(_, bytes)| bytes.as_slice()).collect();
                Oracle::of(&logs).outcome()
            }
            Source::Neighbours { .. } => {
                let Neighbours { table, log } = Neighbours::new();
                Oracle::with_table(&[&log], &table).outcome()
            }
        })
    }
}

/// The hostile logs, in files that stay, so that a run on them can be repeated.
///
/// # Errors
///
/// If they cannot be written.
pub fn hostile(project: &Project) -> Result<Vec<Log>> {
    let folder = folder(project)?;
    hostile_logs()
        .into_iter()
        // Without a file a step generates a log.
        .filter(|(_, files)| !files.is_empty())
        .map(|(name, files)| {
            let files = files.into_iter().enumerate().map(|(number, bytes)| {
                let path = folder.join(file_name(name, number));
                write(&path, &bytes)?;
                Ok((project.shown(&path).display().to_string(), bytes))
            });
            Ok(Log {
                name: name.to_owned(),
                source: Source::Files(files.collect::<Result<_>>()?),
                expected: OnceLock::new(),
            })
        })
        .collect()
}

/// The log and the table in which neighbours differ, in files that stay.
///
/// # Errors
///
/// If they cannot be written.
pub fn neighbours(project: &Project) -> Result<Log> {
    let folder = folder(project)?;
    let Neighbours { table, log } = Neighbours::new();
    let written = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        write(&path, bytes)?;
        anyhow::Ok(project.shown(&path).display().to_string())
    };
    Ok(Log {
        name: "neighbours that have different holders".to_owned(),
        source: Source::Neighbours {
            log: written("neighbours.log", &log)?,
            table: written("neighbours.csv", table.as_bytes())?,
        },
        expected: OnceLock::new(),
    })
}

fn folder(project: &Project) -> Result<PathBuf> {
    let folder = project.root.join("target/check");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    Ok(folder)
}

fn file_name(name: &str, number: usize) -> PathBuf {
    let name = name.replace(' ', "-");
    match number {
        0 => format!("{name}.log"),
        _ => format!("{name}-{}.log", number + 1),
    }
    .into()
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if std::fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(()); // another check may be reading it
    }
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}
