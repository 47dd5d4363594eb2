//! `book/charts.toml`: what each chart shows.

mod check;

use std::collections::BTreeMap;
use std::path::PathBuf;

use project::Problem;
use project::Project;
use project::line_of;
use project::suggest;
use results::{CaseName, DEFAULT_METRIC};
use serde::Deserialize;

use super::record::Record;
use crate::places::Places;

/// The charts of the book by name.
pub struct Definitions {
    charts: BTreeMap<String, Definition>,
    broken: bool,
    /// The file as it is shown.
    file: PathBuf,
}

/// One table of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The first words of the caption.
    pub title: String,
    /// How it is drawn.
    pub kind: Kind,
    /// The metric; for `series` the name of the series, for `distribution` the unit that ends the
    /// metrics' names (`us` for `p50_us`, `p99_us`).
    metric: Option<String>,
    /// In place of it several of one case, a bar or a line each.
    #[serde(default)]
    pub metrics: Vec<String>,
    /// The cases: a prefix, or a list of names.
    #[serde(default)]
    pub cases: Cases,
    /// Which of a prefix: those with these parameters and no others, `lines=1M`; without it those that have none.
    #[serde(rename = "where")]
    pub condition: Option<String>,
    /// The case whose value is a line across the bars, and not a bar.
    pub reference: Option<String>,
    /// What that line is called, if not by its step's title.
    pub reference_name: Option<String>,
    /// How many times the first bar the last was hoped to be: an outline of that length.
    pub hoped: Option<f64>,
    /// What is missing there.
    pub hoped_name: Option<String>,
    /// The name of the folded stacks that a flame graph is drawn from.
    pub profile: Option<String>,
    /// The rows and columns of a test's record, and where they are.
    pub record: Option<Record>,
    /// What the entries of a list are called, if not by their steps' titles or their metrics.
    #[serde(default)]
    pub names: Vec<String>,
    /// What was measured in another way, for dots: a case for each of the list.
    #[serde(default)]
    pub beside: Vec<String>,
    /// What the two ways are called.
    #[serde(default)]
    pub sets: Vec<String>,
    /// What part of a dot's value was configured, `500 µs`; empty where none was.
    #[serde(default)]
    pub given: Vec<String>,
    /// The parameter on the horizontal axis of a curve.
    pub x: Option<String>,
    /// Whether the measured axis is logarithmic.
    #[serde(default)]
    pub log: bool,
    /// Whether the horizontal axis of a curve doubles from tick to tick.
    #[serde(default = "yes")]
    pub x_log: bool,
    /// What stands along the horizontal axis, if not the parameter's name.
    pub x_label: Option<String>,
    /// What stands along the measured axis, if not the unit.
    pub y_label: Option<String>,
    /// What somebody who cannot see the chart should know of it.
    pub alt: String,
    /// How far a chart that accumulates goes.
    pub until: Option<Until>,
}

/// The kinds of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One bar a case.
    Bars,
    /// One row a case, or two cases beside each other.
    Dots,
    /// A measurement over a parameter.
    Curve,
    /// A measurement over time.
    Series,
    /// Percentiles.
    Distribution,
    /// Where the samples of a profile were taken.
    Flame,
    /// What a test keeps of a run.
    Record,
}

/// Which cases a chart shows.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Cases {
    /// All whose names begin so and that have the parameters of the condition, or without one none; in a curve any.
    Prefix(String),
    /// These; in a curve each entry names the parameters that all its points share.
    List(Vec<String>),
}

/// How far a chart that accumulates goes.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Until {
    /// To the step of the chapter that it stands in.
    Chapter,
}

impl Default for Cases {
    fn default() -> Cases {
        Cases::List(Vec::new())
    }
}

fn yes() -> bool {
    true
}

impl Definition {
    /// The metric, or the first of several.
    pub fn metric(&self) -> &str {
        let first = self.metrics.first().or(self.metric.as_ref());
        first.map_or(DEFAULT_METRIC, String::as_str)
    }

    /// All its metrics.
    pub fn all_metrics(&self) -> Vec<&str> {
        match self.metrics.as_slice() {
            [] => vec![self.metric()],
            several => several.iter().map(String::as_str).collect(),
        }
    }

    /// The parameters that the cases of a prefix have in common, if that is said.
    ///
    /// # Errors
    ///
    /// If the condition is none.
    pub fn condition(&self) -> Result<Option<BTreeMap<String, String>>, String> {
        let parameters = |condition: &String| {
            // As they stand between the brackets of a name.
            let case = CaseName::parse(&format!("case[{condition}]"));
            case.map(|case| case.parameters).map_err(|_| {
                format!("`where` takes parameters such as `lines=1M`, not `{condition}`")
            })
        };
        self.condition.as_ref().map(parameters).transpose()
    }

    /// The parameter along the horizontal axis, if the chart has one there.
    pub fn axis(&self) -> Option<&str> {
        self.x.as_deref().filter(|_| self.kind == Kind::Curve)
    }
}

impl Definitions {
    /// Reads the file; without one there are no charts.
    pub fn load(project: &Project, places: &Places) -> (Definitions, Option<Problem>) {
        let file = PathBuf::from(project.shown(&places.charts));
        let text = project::read_text(&places.charts).unwrap_or_default();
        let (charts, problem) = match toml::from_str(&text) {
            Ok(charts) => (charts, None),
            Err(error) => {
                let problem = Problem {
                    file: file.clone(),
                    line: error.span().map(|span| line_of(&text, span.start)),
                    message: error.message().trim().replace('\n', ", "),
                };
                (BTreeMap::new(), Some(problem))
            }
        };
        let definitions = Definitions {
            charts,
            broken: problem.is_some(),
            file,
        };
        (definitions, problem)
    }

    /// The chart of that name.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn find(&self, name: &str) -> Result<&Definition, String> {
        let file = self.file.display();
        if self.broken {
            return Err(format!("{file} cannot be read, so there are no charts"));
        }
        self.charts.get(name).ok_or_else(|| {
            let hint = suggest::hint(name, self.charts.keys().map(String::as_str));
            format!("{file} defines no chart `{name}`{hint}")
        })
    }
}
