//! The book's measurements: the collector that makes them.
//!
//! What it files has a format of its own (`results`). The criterion benches are in `benches/`; nothing here depends on
//! criterion, so that the tool builds without it.

pub mod collect;
mod counted;
mod criterion;
mod derive;
mod far;
mod instructions;
mod kill;
pub mod pair;
mod peers;
mod process;
mod profile;
mod said;
mod suites;
mod usage;
mod usl;
mod wire;
