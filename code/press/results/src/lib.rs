//! Result files: what was measured, where, when and on which source.
//!
//! A *suite* is measured on a *machine* and filed as `book/results/<suite>@<machine>.json`. It holds *cases*
//! (`evolution/s04-release[workers=8]`), each with *metrics* (`lines_per_s`), each with all its samples. Who measures
//! writes these files (the collector), who shows them reads them; neither knows of the other.

pub mod criterion;
mod folder;
mod machine;
mod provenance;
mod reference;
pub mod source;
mod suite;
#[cfg(feature = "testing")]
pub mod testing;

pub use self::folder::{files, suites};
pub use self::machine::{Machine, load_average, said};
pub use self::provenance::Provenance;
pub use self::reference::{CaseName, DEFAULT_METRIC, Reference};
pub use self::suite::{Case, Metric, Suite, Summary};
