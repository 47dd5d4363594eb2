//! What only several cases together tell.

use std::collections::BTreeMap;

use crate::usl;
use results::{Case, Metric};

/// The case that asks for each client once, whose lookups the others' are compared with.
const ONCE: &str = "process/s01-cache";

/// The steps in which workers may ask for one client at the same time.
const TOGETHER: [&str; 2] = ["process/s03-replicas", "process/s04-release"];

/// Adds all that is derived, where the cases that it needs are there.
pub(crate) fn all(cases: &mut BTreeMap<String, Case>) {
    usl::add_fits(cases);
    keys_again(cases);
    repairs(cases);
}

/// How much longer a run took because it lost a worker: against the median of those that lost none.
fn repairs(cases: &mut BTreeMap<String, Case>) {
    const LOST: &str = "[killed=1,";
    let seconds = |case: &Case| case.metrics.get("seconds").cloned();
    let mut found = Vec::new();
    for (name, case) in cases.iter().filter(|(name, _)| name.contains(LOST)) {
        let whole = cases.get(&name.replace(LOST, "["));
        if let (Some(lost), Some(whole)) = (seconds(case), whole.and_then(seconds)) {
            let usual = whole.summary().median;
            let samples = lost.samples.iter().map(|lost| lost - usual).collect();
            found.push((name.clone(), samples));
        }
    }
    for (name, samples) in found {
        let unit = "s".to_owned();
        let repair = Metric { unit, samples };
        let case = cases.get_mut(&name).expect("it was just found");
        case.metrics.insert("repair_s".into(), repair);
    }
}

/// How many keys were asked for although a lookup had asked, or was just asking, for them.
fn keys_again(cases: &mut BTreeMap<String, Case>) {
    let keys = |case: &Case| {
        case.metrics
            .get("keys")
            .map(|metric| metric.samples.clone())
    };
    let Some(once) = cases
        .get(ONCE)
        .and_then(|case| Some(case.metrics.get("keys")?.summary().median))
    else {
        return;
    };
    for (name, case) in cases.iter_mut() {
        let step = name.split('[').next().unwrap_or(name);
        if let (true, Some(keys)) = (TOGETHER.contains(&step), keys(case)) {
            let samples = keys.iter().map(|keys| keys - once).collect();
            case.metrics.insert(
                "keys_again".into(),
                Metric {
                    unit: String::new(),
                    samples,
                },
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn took(seconds: &[f64]) -> Case {
        let metric = Metric {
            unit: "s".into(),
            samples: seconds.to_vec(),
        };
        Case {
            source: String::new(),
            metrics: BTreeMap::from([("seconds".into(), metric)]),
            series: BTreeMap::new(),
            notes: BTreeMap::new(),
        }
    }

    #[test]
    fn a_repair_is_what_a_run_took_longer_than_those_that_lost_nothing() {
        let mut cases = BTreeMap::from([
            ("network/n[range=5]".to_owned(), took(&[1.0, 2.0, 9.0])),
            ("network/n[killed=1,range=5]".to_owned(), took(&[2.5, 3.0])),
            ("network/n[killed=1,range=6]".to_owned(), took(&[4.0])),
        ]);
        all(&mut cases);
        let repair = |name: &str| cases[name].metrics.get("repair_s").cloned();
        let repaired = repair("network/n[killed=1,range=5]").expect("it is derived");
        assert_eq!(repaired.samples, [0.5, 1.0]);
        assert!(repair("network/n[killed=1,range=6]").is_none());
    }
}
