//! `book/charts.toml`: what each chart shows.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use super::super::near;
use super::super::reference::DEFAULT_METRIC;
use super::super::scan::line_of;
use crate::problem::Problem;
use crate::project::Project;

/// The charts of the book by name.
pub struct Definitions {
    charts: BTreeMap<String, Definition>,
    broken: bool,
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
    #[serde(default = "default_metric")]
    pub metric: String,
    /// The cases: a prefix, or a list of names.
    pub cases: Cases,
    /// What the entries of a list of cases are called, if not by their steps' titles.
    #[serde(default)]
    pub names: Vec<String>,
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
    /// A measurement over a parameter.
    Curve,
    /// A measurement over time.
    Series,
    /// Percentiles.
    Distribution,
}

/// Which cases a chart shows.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Cases {
    /// All whose names begin so and that have no parameters, or in a curve any.
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

fn default_metric() -> String {
    DEFAULT_METRIC.to_owned()
}

fn yes() -> bool {
    true
}

impl Definition {
    /// The parameter along the horizontal axis, if the chart has one there.
    pub fn axis(&self) -> Option<&str> {
        self.x.as_deref().filter(|_| self.kind == Kind::Curve)
    }
}

impl Definitions {
    /// Reads the file; without one there are no charts.
    pub fn load(project: &Project) -> (Definitions, Option<Problem>) {
        let path = project.book().join("charts.toml");
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        match toml::from_str(&text) {
            Ok(charts) => (
                Definitions {
                    charts,
                    broken: false,
                },
                None,
            ),
            Err(error) => {
                let problem = Problem {
                    file: PathBuf::from(project.shown(&path)),
                    line: error.span().map(|span| line_of(&text, span.start)),
                    message: error.message().trim().replace('\n', ", "),
                };
                (
                    Definitions {
                        charts: BTreeMap::new(),
                        broken: true,
                    },
                    Some(problem),
                )
            }
        }
    }

    /// The chart of that name.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn find(&self, name: &str) -> Result<&Definition, String> {
        if self.broken {
            return Err("book/charts.toml cannot be read, so there are no charts".into());
        }
        self.charts.get(name).ok_or_else(|| {
            let hint = near::hint(name, self.charts.keys().map(String::as_str));
            format!("book/charts.toml defines no chart `{name}`{hint}")
        })
    }
}
