//! Files what two programs did that ran side by side: a reader's fork of a step, and its parent.
//!
//! The criterion bench of the steps is compiled with them; a fork that is made later cannot be in it.
//! So both are run as whole processes, by the caller of this, and their rates are filed here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::collect::{self, About, Samples};
use results::Suite;

/// A comparison that is going on.
#[derive(Debug)]
pub struct Pair {
    load_before: f64,
    rates: BTreeMap<String, Vec<f64>>,
}

impl Pair {
    /// Begins; the load of the machine is looked at now.
    pub fn begin() -> Pair {
        Pair {
            load_before: results::load_average(),
            rates: BTreeMap::new(),
        }
    }

    /// Adds a sample of a case such as `my-batch/s09-batch`, in lines a second.
    pub fn add(&mut self, case: &str, lines_per_s: f64) {
        let rates = self.rates.entry(case.to_owned()).or_default();
        rates.push(lines_per_s);
    }

    /// Files all samples in `into`, and says what was filed, and where.
    ///
    /// # Errors
    ///
    /// If a case is about no program, or the file cannot be written.
    pub fn file(self, root: &Path, into: &Path, about: &About) -> Result<(Suite, PathBuf)> {
        let mut samples = Samples::default();
        for (case, rates) in self.rates {
            samples.add(&case, "lines_per_s", "lines/s", rates);
        }
        let cases = samples.into_cases(root)?;
        collect::file(root, into, about, self.load_before, cases)
    }
}
