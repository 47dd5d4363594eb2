//! What has been measured so far, by case.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use results::source;
use results::{Case, Metric};

/// All samples so far, by case and metric, what is said of the cases in words, and the last round's series.
#[derive(Default)]
pub(crate) struct Samples {
    metrics: BTreeMap<String, BTreeMap<String, Metric>>,
    notes: BTreeMap<String, BTreeMap<String, String>>,
    pub(super) series: BTreeMap<String, BTreeMap<String, Vec<[f64; 2]>>>,
    /// What the names of those cases begin with that this machine cannot run.
    pub(super) left_out: Vec<String>,
}

impl Samples {
    pub(crate) fn add(
        &mut self,
        case: &str,
        metric: &str,
        unit: &str,
        values: impl IntoIterator<Item = f64>,
    ) {
        let metrics = self.metrics.entry(case.to_owned()).or_default();
        let metric = metrics.entry(metric.to_owned()).or_insert_with(|| Metric {
            unit: unit.to_owned(),
            samples: Vec::new(),
        });
        metric.samples.extend(values.into_iter().map(significant));
    }

    /// Says something of a case, in place of what was said under that name before.
    pub(crate) fn note(&mut self, case: &str, name: &str, text: String) {
        // A case of which there is nothing to measure is one all the same.
        self.metrics.entry(case.to_owned()).or_default();
        let notes = self.notes.entry(case.to_owned()).or_default();
        notes.insert(name.to_owned(), text);
    }

    /// What was said of a case.
    #[cfg(test)]
    pub(crate) fn noted(&self, case: &str, name: &str) -> Option<&str> {
        self.notes.get(case)?.get(name).map(String::as_str)
    }

    /// What was measured of a case.
    #[cfg(test)]
    pub(crate) fn of(&self, case: &str, metric: &str) -> &[f64] {
        let metric = self.metrics.get(case).and_then(|case| case.get(metric));
        metric.map_or(&[], |metric| &metric.samples)
    }

    pub(crate) fn into_cases(self, root: &Path) -> Result<BTreeMap<String, Case>> {
        let (mut series, mut notes) = (self.series, self.notes);
        self.metrics
            .into_iter()
            .map(|(name, metrics)| {
                let source = source::hash(root, &name)?;
                let series = series.remove(&name).unwrap_or_default();
                let notes = notes.remove(&name).unwrap_or_default();
                Ok((
                    name,
                    Case {
                        source,
                        metrics,
                        series,
                        notes,
                    },
                ))
            })
            .collect()
    }
}

/// Six digits are more than any of these measurements has, and keep the files readable.
fn significant(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}
