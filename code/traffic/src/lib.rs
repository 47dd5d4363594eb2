//! What every step of the evolution shares.
//!
//! A step reads the lines of an [`Input`], asks a remote [`Directory`] who holds each client's
//! address, and counts the [`Hit`]s into a [`Report`]. The [`Meter`] watches it work, and the
//! [`harness`] gives it a command line. What is *not* here is any way of doing those things
//! together, which is what the steps are about.
//!
//! Errors: what the user got wrong (a missing file, an unreadable table) is an [`Error`] before any
//! work is done. What the data or the network got wrong is an answer: a malformed line is counted,
//! a lookup that failed is [`Unresolved`]; neither ends a run.

mod answer;
pub mod directory;
mod encoding;
mod error;
pub mod event;
pub mod generator;
pub mod harness;
mod hit;
mod input;
mod meter;
#[cfg(feature = "oracle")]
pub mod oracle;
mod pace;
mod packed;
mod plan;
mod report;
#[cfg(feature = "testing")]
pub mod testing;
pub mod units;

pub use answer::{Answer, Holder, Unresolved};
pub use directory::Directory;
pub use error::Error;
pub use hit::{Hit, HitBuf, Malformed};
pub use input::{
    Chunk, ChunkLines, Format, Input, LINE_BYTES_MAX, Line, Lines, Mapped, Misread, OpenFile,
    Place, Seen, Spooling,
};
pub use meter::{Meter, Reading, Stage};
pub use pace::Pace;
pub use plan::{Parameter, Plan};
pub use report::{Counts, EXAMPLES_MAX, Report, Row, UNRESOLVED};
