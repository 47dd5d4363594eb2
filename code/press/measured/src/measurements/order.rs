//! The cases of several suites in one order.

use results::{CaseName, Suite};

/// One of them: where it is.
pub struct Entry {
    /// Its name, read.
    pub name: CaseName,
    /// The number of its suite.
    pub suite: usize,
    /// Its name there.
    pub written: String,
}

/// All cases, in the order of their names. One whose name cannot be read is never found.
pub fn in_order(suites: &[Suite]) -> Vec<Entry> {
    let of = |(number, suite): (usize, &Suite)| {
        let entries = suite.cases.keys().filter_map(move |written| {
            Some(Entry {
                name: CaseName::parse(written).ok()?,
                suite: number,
                written: written.clone(),
            })
        });
        entries.collect::<Vec<_>>()
    };
    let mut cases: Vec<Entry> = suites.iter().enumerate().flat_map(of).collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}
