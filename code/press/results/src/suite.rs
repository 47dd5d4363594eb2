//! The file format of a measurement, and how to read and summarise it.

mod layout;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::machine::Machine;

/// One suite, measured once on one machine: `book/results/<suite>@<machine>.json`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Suite {
    /// The suite's name, the first part of the file name.
    pub suite: String,
    /// What it ran on.
    pub machine: Machine,
    /// `rustc --version`.
    pub rustc: String,
    /// The commit that was measured; a `+` behind it means with uncommitted changes.
    pub commit: String,
    /// The day of the measurement, `YYYY-MM-DD`, in UTC.
    pub date: String,
    /// The command that measures it again.
    pub command: String,
    /// What the cases work on, in words.
    pub workload: String,
    /// The load average over one minute before and after.
    pub load_average: [f64; 2],
    /// The cases by name.
    pub cases: BTreeMap<String, Case>,
}

/// One measured case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    /// A hash of the source that was measured.
    pub source: String,
    /// The metrics by name: `lines_per_s`, `memory_bytes`.
    pub metrics: BTreeMap<String, Metric>,
    /// Measurements over time by name, for the cases that have some.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub series: BTreeMap<String, Vec<[f64; 2]>>,
    /// What is said of it in words by name: `version`, `answer`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<String, String>,
}

/// All the samples of one quantity.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Metric {
    /// The unit, as it is written behind the number: `lines/s`, `ns`, `bytes`; empty for a count.
    pub unit: String,
    /// Every sample, in the order of measurement.
    pub samples: Vec<f64>,
}

/// What is said of a metric's samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// The middle sample.
    pub median: f64,
    /// The tenth percentile.
    pub low: f64,
    /// The ninetieth percentile.
    pub high: f64,
}

impl Metric {
    /// The median and the spread from the tenth to the ninetieth percentile (nearest rank).
    ///
    /// # Panics
    ///
    /// If there are no samples; [`Suite::read`] refuses such files.
    pub fn summary(&self) -> Summary {
        let mut sorted = self.samples.clone();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share).round() as usize];
        Summary {
            median: at(0.5),
            low: at(0.1),
            high: at(0.9),
        }
    }
}

impl Suite {
    /// Reads a suite from its file.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is not of this format, or holds a metric without samples.
    pub fn read(path: &Path) -> Result<Suite> {
        let text =
            project::read_text(path).with_context(|| format!("cannot read {}", path.display()))?;
        let suite: Suite = serde_json::from_str(&text)
            .with_context(|| format!("{} is not a result file", path.display()))?;
        for (name, case) in &suite.cases {
            for (metric, samples) in &case.metrics {
                anyhow::ensure!(
                    !samples.samples.is_empty(),
                    "{}: {name} has no samples of {metric}",
                    path.display()
                );
            }
        }
        Ok(suite)
    }

    /// Writes the suite to its file.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        let text = layout::text(self)?;
        std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
    }
}
