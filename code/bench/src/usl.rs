//! Fitting the Universal Scalability Law to measured throughputs.
//!
//! N. J. Gunther, *Guerrilla Capacity Planning* (2007): with N workers the throughput is
//! X(N) = X(1) N / (1 + alpha (N - 1) + beta N (N - 1)). Alpha is the price of waiting for what is
//! shared, beta that of keeping it the same for all. Divided through, the law is linear in both:
//! (N X(1) / X(N) - 1) / (N - 1) = alpha + beta N, and a straight line through the measured points
//! gives them.
//!
//! Where workers do not wait for one another, that line may come out with an alpha below zero. Then nothing is left
//! but what keeping in step costs, so the law is also fitted with an alpha of zero: a line through the origin.

use std::collections::BTreeMap;

use results::{Case, Metric};

/// The workers from whose throughput the law is fitted.
const FITTED: [u32; 4] = [1, 2, 4, 8];

/// The workers for which it predicts.
const PREDICTED: [u32; 8] = [1, 2, 4, 8, 16, 32, 64, 128];

/// The step whose workers are counted.
const STEP: &str = "process/s04-release";

/// Which coefficients a fit may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Freedom {
    /// Both.
    Both,
    /// Beta alone.
    Beta,
}

impl Freedom {
    /// What its cases are called behind `fit=`.
    fn name(self) -> &'static str {
        match self {
            Freedom::Both => "usl",
            Freedom::Beta => "usl-beta",
        }
    }
}

/// A fitted law.
#[derive(Clone, Copy, Debug)]
struct Law {
    /// The throughput of one worker.
    one: f64,
    alpha: f64,
    beta: f64,
}

impl Law {
    /// Fits the law by least squares; the first point is that of one worker.
    fn fit(points: &[(f64, f64)], freedom: Freedom) -> Option<Law> {
        let (&(_, one), rest) = points.split_first()?;
        let count = rest.len() as f64;
        let line: Vec<(f64, f64)> = rest
            .iter()
            .map(|(n, x)| (*n, (n * one / x - 1.0) / (n - 1.0)))
            .collect();
        if freedom == Freedom::Beta {
            let squares: f64 = line.iter().map(|(n, _)| n * n).sum();
            let products: f64 = line.iter().map(|(n, y)| n * y).sum();
            let beta = products / squares;
            let alpha = 0.0;
            return beta.is_finite().then_some(Law { one, alpha, beta });
        }
        let mean_n = line.iter().map(|(n, _)| n).sum::<f64>() / count;
        let mean_y = line.iter().map(|(_, y)| y).sum::<f64>() / count;
        let spread: f64 = line.iter().map(|(n, _)| (n - mean_n).powi(2)).sum();
        if spread == 0.0 || !spread.is_finite() {
            return None;
        }
        let beta = line
            .iter()
            .map(|(n, y)| (n - mean_n) * (y - mean_y))
            .sum::<f64>()
            / spread;
        Some(Law {
            one,
            alpha: mean_y - beta * mean_n,
            beta,
        })
    }

    fn throughput(&self, n: f64) -> f64 {
        self.one * n / (1.0 + self.alpha * (n - 1.0) + self.beta * n * (n - 1.0))
    }
}

/// Files the law, both ways, and its predictions beside the measured cases, if those are there.
pub(crate) fn add_fits(cases: &mut BTreeMap<String, Case>) {
    for freedom in [Freedom::Both, Freedom::Beta] {
        add_fit(cases, freedom);
    }
}

fn add_fit(cases: &mut BTreeMap<String, Case>, freedom: Freedom) {
    let measured = |n: u32| {
        let case = cases.get(&format!("{STEP}[workers={n}]"))?;
        Some((
            f64::from(n),
            case.metrics.get("lines_per_s")?.summary().median,
        ))
    };
    let Some(points) = FITTED.into_iter().map(measured).collect::<Option<Vec<_>>>() else {
        return;
    };
    let Some(law) = Law::fit(&points, freedom) else {
        return;
    };
    let fit = freedom.name();
    let source = cases[&format!("{STEP}[workers=1]")].source.clone();
    let mut add = |name: String, metrics: Vec<(&str, &str, f64)>| {
        let metric = |(name, unit, value): (&str, &str, f64)| {
            (
                name.to_owned(),
                Metric {
                    unit: unit.to_owned(),
                    samples: vec![value],
                },
            )
        };
        let metrics = metrics.into_iter().map(metric).collect();
        cases.insert(
            name,
            Case {
                source: source.clone(),
                metrics,
                series: BTreeMap::new(),
                notes: BTreeMap::new(),
            },
        );
    };
    add(
        format!("{STEP}[fit={fit}]"),
        vec![("alpha", "", law.alpha), ("beta", "", law.beta)],
    );
    for n in PREDICTED {
        let predicted = law.throughput(f64::from(n));
        add(
            format!("{STEP}[fit={fit},workers={n}]"),
            vec![("lines_per_s", "lines/s", predicted)],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_is_found_again_from_its_own_points() {
        let law = Law {
            one: 1_000.0,
            alpha: 0.03,
            beta: 0.0005,
        };
        let points: Vec<_> = FITTED
            .into_iter()
            .map(|n| (f64::from(n), law.throughput(f64::from(n))))
            .collect();
        let fitted = Law::fit(&points, Freedom::Both).unwrap();
        assert!((fitted.alpha - law.alpha).abs() < 1e-9, "{fitted:?}");
        assert!((fitted.beta - law.beta).abs() < 1e-9, "{fitted:?}");
    }

    #[test]
    fn a_law_without_alpha_is_found_by_beta_alone() {
        let law = Law {
            one: 1_000.0,
            alpha: 0.0,
            beta: 0.0005,
        };
        let points: Vec<_> = FITTED
            .into_iter()
            .map(|n| (f64::from(n), law.throughput(f64::from(n))))
            .collect();
        let fitted = Law::fit(&points, Freedom::Beta).unwrap();
        assert!((fitted.beta - law.beta).abs() < 1e-9, "{fitted:?}");
        assert_eq!(fitted.alpha, 0.0);
    }

    #[test]
    fn too_few_points_are_no_law() {
        assert!(Law::fit(&[], Freedom::Both).is_none());
        assert!(Law::fit(&[(1.0, 5.0)], Freedom::Beta).is_none());
        assert!(Law::fit(&[(1.0, 5.0), (2.0, 9.0)], Freedom::Both).is_none());
    }
}
