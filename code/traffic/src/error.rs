//! The one error type of a run, each variant one clear sentence for the person at the terminal.

use std::path::PathBuf;

/// Why a run could not start, or could not go on.
///
/// A malformed line and a failed lookup are not errors: they are counted in the report.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be opened or read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file, as the user named it.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A file is packed by something that is not read here.
    #[error(
        "{} is packed by {packing}, which is not read here: use a pipe, `{unpack} {} | … {pipe}`",
        path.display(), path.display()
    )]
    Packed {
        /// The file, as the user named it.
        path: PathBuf,
        /// What packed it.
        packing: &'static str,
        /// The command that unpacks it to standard output.
        unpack: &'static str,
        /// What the pipe is called, in place of the file.
        pipe: &'static str,
    },
    /// What can only be read once was asked for again.
    #[error("{} can be read only once, from its beginning to its end", path.display())]
    ReadOnce {
        /// The file, as the user named it.
        path: PathBuf,
    },
    /// Spooling would fill the disk.
    #[error(
        "the input is too large to be held: {} has less than {left_mib} MiB left (TMPDIR names another folder)",
        folder.display()
    )]
    DiskFull {
        /// Where temporary files are.
        folder: PathBuf,
        /// How much is left to others, in MiB.
        left_mib: u64,
    },
    /// A table of address ranges is unusable.
    #[error("{name}, line {line}: {problem}")]
    Table {
        /// The table's file name.
        name: String,
        /// The line of the table that is wrong, counted from 1.
        line: u64,
        /// What is wrong with it.
        problem: String,
    },
    /// A table without a single range would make every client unknown, in silence.
    #[error("{name} holds no address ranges")]
    EmptyTable {
        /// The table's file name.
        name: String,
    },
    /// The directory server could not be started or named.
    #[error("{0}")]
    Directory(String),
    /// Something that the step needs besides cannot be had, which was seen before any work.
    #[error("{0}")]
    Refused(String),
    /// Something that the step needs besides was lost while it worked.
    #[error("{0}")]
    Lost(String),
    /// Anything else the operating system refused (a temporary file, a thread).
    #[error("{what}: {source}")]
    System {
        /// What was being done.
        what: &'static str,
        /// What the operating system said.
        source: std::io::Error,
    },
}
