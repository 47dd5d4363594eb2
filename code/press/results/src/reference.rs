//! A reference to a measurement: `evolution/s04-release[workers=8] lines_per_s`.

use std::collections::BTreeMap;
use std::fmt;

/// The metric that is meant when none is named: what a step is compared by.
pub const DEFAULT_METRIC: &str = "lines_per_s";

/// What cases of one operation begin with, which are compared by its time.
const OF_OPERATIONS: [&str; 4] = ["mapping/", "go/", "network/hop/", "network/ladder/"];

/// The metric that is meant for it.
const TIME_METRIC: &str = "ns";

/// The name of a case, with its parameters apart, so that their order does not matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CaseName {
    /// The name without the brackets.
    pub base: String,
    /// The parameters between them.
    pub parameters: BTreeMap<String, String>,
}

/// A case and one of its metrics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The case.
    pub case: CaseName,
    /// The metric.
    pub metric: String,
}

impl CaseName {
    /// Reads `evolution/s04-release[workers=8, batch=64]`.
    ///
    /// # Errors
    ///
    /// If it has no name or its brackets are not `[name=value]`.
    pub fn parse(text: &str) -> Result<CaseName, String> {
        let text = text.trim();
        let (base, parameters) = match text.split_once('[') {
            None => (text, ""),
            Some((base, rest)) => (
                base,
                rest.strip_suffix(']')
                    .ok_or_else(|| format!("`{text}` has no closing `]`"))?,
            ),
        };
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        if base.is_empty() || !base.chars().all(allowed) {
            return Err(format!(
                "`{text}` is no reference; one looks like `evolution/s01-cache[workers=8] lines_per_s`"
            ));
        }
        let pairs = parameters
            .split(',')
            .map(str::trim)
            .filter(|pair| !pair.is_empty());
        let parameters = pairs
            .map(|pair| match pair.split_once('=') {
                Some((name, value)) => Ok((name.trim().to_owned(), value.trim().to_owned())),
                None => Err(format!(
                    "`{pair}` in `{text}` is no parameter; one looks like `workers=8`"
                )),
            })
            .collect::<Result<_, _>>()?;
        Ok(CaseName {
            base: base.to_owned(),
            parameters,
        })
    }

    /// The metric that is meant when none is named.
    fn default_metric(&self) -> &'static str {
        let of_an_operation = OF_OPERATIONS
            .iter()
            .any(|suite| self.base.starts_with(suite));
        if of_an_operation {
            TIME_METRIC
        } else {
            DEFAULT_METRIC
        }
    }
}

impl fmt::Display for CaseName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.base)?;
        if self.parameters.is_empty() {
            return Ok(());
        }
        let pairs: Vec<String> = self
            .parameters
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        write!(f, "[{}]", pairs.join(","))
    }
}

impl Reference {
    /// Reads `case[parameters] metric`; the metric may be left out.
    ///
    /// # Errors
    ///
    /// If it is not of that form.
    pub fn parse(text: &str) -> Result<Reference, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("a reference is missing, such as `evolution/s01-cache lines_per_s`".into());
        }
        // Blanks within the brackets do not part the case from the metric.
        let case_end = text.find(']').map_or_else(
            || text.find(char::is_whitespace).unwrap_or(text.len()),
            |at| at + 1,
        );
        let (case, metric) = text.split_at(case_end);
        let metric = metric.trim();
        if metric.contains(char::is_whitespace) {
            return Err(format!(
                "`{metric}` follows `{case}`, but one metric is all that may"
            ));
        }
        let case = CaseName::parse(case)?;
        let metric = match metric {
            "" => case.default_metric(),
            named => named,
        };
        Ok(Reference {
            metric: metric.to_owned(),
            case,
        })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.case, self.metric)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_metric_defaults_and_the_order_of_parameters_does_not_matter() {
        let one = Reference::parse("evolution/s04-release[workers=8, batch=64]").unwrap();
        let other =
            Reference::parse("evolution/s04-release[batch=64,workers=8] lines_per_s").unwrap();
        assert_eq!(one, other);
        assert_eq!(
            one.to_string(),
            "evolution/s04-release[batch=64,workers=8] lines_per_s"
        );
    }

    #[test]
    fn what_one_operation_costs_is_a_time() {
        for case in [
            "mapping/queues/send[capacity=64]",
            "go/queues/send",
            "network/hop/tokio[batch=1]",
        ] {
            assert_eq!(Reference::parse(case).unwrap().metric, "ns", "{case}");
        }
        assert_eq!(
            Reference::parse("network/n00-tasks").unwrap().metric,
            DEFAULT_METRIC
        );
        let named = Reference::parse("mapping/queues/idle bytes").unwrap();
        assert_eq!(named.metric, "bytes");
    }

    #[test]
    fn mistakes_are_said_in_one_sentence() {
        for (text, message) in [
            ("", "a reference is missing"),
            ("a[b", "has no closing `]`"),
            ("a[b]", "`b` in `a[b]` is no parameter"),
            ("a x y", "`x y` follows `a`"),
            ("a>b", "`a>b` is no reference"),
        ] {
            let said = Reference::parse(text).unwrap_err();
            assert!(said.contains(message), "{text}: {said}");
        }
    }
}
