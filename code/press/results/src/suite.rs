//! The file format of a measurement, and how to read and summarise it.

mod layout;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
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

    /// Writes the suite to its file: beside it at first, so that what was there stays until all of this is.
    ///
    /// # Errors
    ///
    /// If a number is none, or the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        self.ensure_finite()?;
        let half = path.with_extension("json.half");
        let written = std::fs::write(&half, layout::text(self)?)
            .and_then(|()| std::fs::rename(&half, path))
            .with_context(|| format!("cannot write {}", path.display()));
        if written.is_err() {
            // There may be none, and why it could not be written is what matters.
            let _ = std::fs::remove_file(&half);
        }
        written
    }

    /// JSON has nothing but finite numbers: another would make a file that nobody can read.
    fn ensure_finite(&self) -> Result<()> {
        for (name, case) in &self.cases {
            let metrics = case.metrics.iter();
            let metrics = metrics.map(|(metric, of)| (metric, of.samples.clone()));
            let series = case.series.iter();
            let series = series.map(|(series, points)| (series, points.concat()));
            for (what, values) in metrics.chain(series) {
                if let Some(value) = values.iter().find(|value| !value.is_finite()) {
                    bail!("{name} has a {what} of {value}, which no result file can hold");
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suite() -> Suite {
        let text = r#"{"suite":"s","machine":{"name":"m","cpu":"c","cores":2,"memory_bytes":1,"os":"o","kernel":"k"},
            "rustc":"r","commit":"c","date":"d","command":"c","workload":"w","load_average":[0,0],
            "cases":{"s/a":{"source":"0","metrics":{"ns":{"unit":"ns","samples":[1.5]}},"series":{"depth":[[0,1]]}}}}"#;
        serde_json::from_str(text).expect("a suite")
    }

    fn case(suite: &mut Suite) -> &mut Case {
        suite.cases.get_mut("s/a").expect("the case")
    }

    #[test]
    fn a_file_is_there_as_a_whole_or_stays_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("s@m.json");
        suite().write(&path).expect("written");
        let mut other = suite();
        case(&mut other).source = "1".into();
        other.write(&path).expect("written");
        assert_eq!(Suite::read(&path).expect("read").cases["s/a"].source, "1");
        // What was not written to its end would stand beside it.
        let half = folder.path().join("s@m.json.half");
        assert!(!half.exists());
        std::fs::create_dir(&half).expect("created");
        assert!(suite().write(&path).is_err());
        assert_eq!(Suite::read(&path).expect("read").cases["s/a"].source, "1");
    }

    #[test]
    fn a_number_that_is_none_is_refused_by_its_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("s@m.json");
        let mut bad = suite();
        case(&mut bad)
            .series
            .insert("depth".into(), vec![[0.5, f64::NAN]]);
        let said = bad.write(&path).expect_err("it is none").to_string();
        assert_eq!(
            said,
            "s/a has a depth of NaN, which no result file can hold"
        );
        let mut bad = suite();
        let metric = case(&mut bad).metrics.get_mut("ns").expect("the metric");
        metric.samples.push(f64::INFINITY);
        let said = bad.write(&path).expect_err("it is none").to_string();
        assert!(said.starts_with("s/a has a ns of inf"), "{said}");
        assert!(!path.exists());
    }
}
