//! The book's measurements: their file format, and the collector that makes them.
//!
//! A *suite* is measured on a *machine* and filed as `book/results/<suite>@<machine>.json`. It holds
//! *cases* (`evolution/s04-release[workers=8]`), each with *metrics* (`lines_per_s`), each with all
//! its samples. The criterion benches are in `benches/`; nothing here depends on criterion, so that
//! the tool that reads results builds without it.

pub mod cargo;
pub mod collect;
mod criterion;
mod derive;
mod instructions;
mod machine;
pub mod pair;
mod peers;
mod process;
mod profile;
pub mod results;
pub mod source;
mod suites;
mod usage;
mod usl;
