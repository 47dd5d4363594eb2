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
