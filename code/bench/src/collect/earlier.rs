//! What the file of a suite holds already when the suite is measured again.
//!
//! An order of some cases leaves the others as they are. An order of all cases replaces them, but for those that this machine
//! cannot run now and could then.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use results::{Case, Suite};

use super::filing;
use super::order::Order;

/// The cases by name.
type Cases = BTreeMap<String, Case>;

/// The cases of an earlier measurement; read before anything is measured, so that it is told at once if they cannot be.
///
/// # Errors
///
/// If the order is about some cases only, and the file of all cannot be read.
pub(super) fn cases(file: &Path, order: &Order) -> Result<Cases> {
    if !file.exists() {
        return Ok(Cases::new());
    }
    let read = Suite::read(file).map(|suite| suite.cases);
    match order.only {
        Some(_) => read,
        // What it might lack is little against what is measured anew.
        None => Ok(read.unwrap_or_default()),
    }
}

/// Those that stay if they are not measured anew. Of all cases these are the ones that could not run, of which the names begin
/// with one of these beginnings, as long as their source is the same; what becomes of them is said.
pub(super) fn staying(root: &Path, earlier: Cases, order: &Order, left_out: &[String]) -> Cases {
    if order.only.is_some() {
        return earlier;
    }
    let could_not_run = |name: &String| left_out.iter().any(|part| name.starts_with(part));
    let of_those = earlier.into_iter().filter(|(name, _)| could_not_run(name));
    let (staying, changed): (Cases, Cases) =
        of_those.partition(|(name, case)| filing::is_of_now(root, name, case));
    for (cases, what) in [
        (&staying, "KEPT as they were measured before"),
        (&changed, "DROPPED, for their source has changed"),
    ] {
        let names: Vec<&str> = cases.keys().map(String::as_str).collect();
        if !names.is_empty() {
            eprintln!("*** {what}: {}", names.join(", "));
        }
    }
    staying
}

/// What is filed: what was measured, and what stays of the earlier cases. A bench also tells of cases that it was not asked for,
/// but not all that is known of them; those keep the rest, unless their source has changed since.
pub(super) fn joined(earlier: Cases, measured: Cases, order: &Order) -> Cases {
    let mut cases = earlier;
    for (name, case) in measured {
        match cases.get_mut(&name) {
            Some(kept) if !order.has(&name) && kept.source == case.source => {
                kept.metrics.extend(case.metrics);
                kept.series.extend(case.series);
                kept.notes.extend(case.notes);
            }
            _ => {
                cases.insert(name, case);
            }
        }
    }
    cases
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
        assert!(
            cases(&file, &order(None))
                .expect("it is passed over")
                .is_empty()
        );
        let said = cases(&file, &order(Some("s01"))).expect_err("it is no result");
        assert!(said.to_string().contains("is not a result file"), "{said}");
        let earlier = Cases::from([("process/s00-baseline".to_owned(), testing::case(1.0))]);
        let suite = testing::suite_of("process", "m", earlier);
        suite.write(&file).expect("written");
        assert_eq!(cases(&file, &order(Some("s01"))).expect("read").len(), 1);
    }

    /// A case of a source, which has these metrics and notes.
    fn case(source: &str, metrics: &[&str], notes: &[(&str, &str)]) -> Case {
        let mut case = testing::case(1.0);
        let metric = case.metrics["lines_per_s"].clone();
        let named = |name: &&str| ((*name).to_owned(), metric.clone());
        case.source = source.to_owned();
        case.metrics = metrics.iter().map(named).collect();
        case.notes = (notes.iter())
            .map(|&(name, text)| (name.to_owned(), text.to_owned()))
            .collect();
        case
    }

    #[test]
    fn of_all_cases_those_stay_that_could_not_run_and_have_the_same_source() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let name = "process/s00-baseline[delay=0]";
        let source = results::source::hash(&root, name).expect("a hash");
        let earlier = Cases::from([
            (name.to_owned(), case(&source, &["ns"], &[])),
            ("process/s00-baseline".into(), case("1", &["ns"], &[])),
            ("process/s01-cache".into(), case("1", &["ns"], &[])),
        ]);
        let staying = |only, left_out: &[&str]| {
            let left_out: Vec<String> = left_out.iter().map(|&name| name.to_owned()).collect();
            let staying = staying(&root, earlier.clone(), &order(only), &left_out);
            staying.into_keys().collect::<Vec<_>>()
        };
        assert_eq!(staying(None, &["process/s00"]), [name]);
        assert!(staying(None, &[]).is_empty());
        assert_eq!(staying(Some("s01"), &[]).len(), 3);
    }

    #[test]
    fn a_case_that_is_only_told_of_beside_another_keeps_what_is_known_of_it() {
        let earlier = Cases::from([
            (
                "m/asked".into(),
                case("1", &["old", "ns"], &[("answer", "old")]),
            ),
            (
                "m/beside".into(),
                case("1", &["ns", "share"], &[("version", "1")]),
            ),
            ("m/changed".into(), case("1", &["ns", "share"], &[])),
            ("m/other".into(), case("1", &["ns"], &[])),
        ]);
        let measured = Cases::from([
            ("m/asked".into(), case("1", &["ns"], &[])),
            ("m/beside".into(), case("1", &["share", "told"], &[])),
            ("m/changed".into(), case("2", &["share"], &[])),
            ("m/new".into(), case("1", &["share"], &[])),
        ]);
        let joined = joined(earlier, measured, &order(Some("asked")));
        let metrics = |name: &str| {
            let names = joined[name].metrics.keys();
            names.map(String::as_str).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(metrics("m/asked"), "ns", "all of it is measured anew");
        assert!(joined["m/asked"].notes.is_empty());
        assert_eq!(metrics("m/beside"), "ns share told");
        assert_eq!(joined["m/beside"].notes["version"], "1");
        assert_eq!(metrics("m/changed"), "share");
        assert_eq!(metrics("m/other"), "ns");
        assert_eq!(metrics("m/new"), "share");
    }
}
