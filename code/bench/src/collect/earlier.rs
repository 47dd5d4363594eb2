//! What the file of a suite holds already when the suite is measured again.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use results::{Case, Suite};

use super::order::Order;

/// The cases by name.
type Cases = BTreeMap<String, Case>;

/// The cases of an earlier measurement that stay if they are not measured anew; read before anything is measured, so that it
/// is told at once if they cannot be.
///
/// # Errors
///
/// If the order is about some cases only, and the file of all cannot be read.
pub(super) fn cases(file: &Path, order: &Order) -> Result<Cases> {
    match order.only {
        Some(_) if file.exists() => Ok(Suite::read(file)?.cases),
        _ => Ok(Cases::new()),
    }
}

#[cfg(test)]
mod tests {
    use results::testing;

    use super::*;
    use crate::collect::order::Effort;

    fn order(only: Option<&str>) -> Order<'_> {
        Order {
            suite: "process",
            only,
            effort: Effort::Quick,
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_matters_only_if_a_part_of_it_is_to_be_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("process@m.json");
        assert!(cases(&file, &order(Some("s01"))).expect("none").is_empty());
        std::fs::write(&file, "no result").expect("written");
        assert!(cases(&file, &order(None)).expect("it is not asked").is_empty());
        let said = cases(&file, &order(Some("s01"))).expect_err("it is no result");
        assert!(said.to_string().contains("is not a result file"), "{said}");
        let earlier = Cases::from([("process/s00-baseline".to_owned(), testing::case(1.0))]);
        let suite = testing::suite_of("process", "m", earlier);
        suite.write(&file).expect("written");
        assert_eq!(cases(&file, &order(Some("s01"))).expect("read").len(), 1);
    }
}
