//! Which results are found, and what is said when none are.

use std::path::Path;

use project::testing::sample;
use results::testing;

use super::*;
use crate::places::Places;

#[test]
fn one_machine_is_the_books() {
    let (_folder, project) = sample();
    testing::write_suite(
        &project,
        "evolution",
        "here",
        &[("evolution/s00-baseline", 1430.0)],
    );
    let (results, problems) = Measurements::of_the_book(&project, &Places::of(&project), None);
    assert_eq!(problems, []);
    let found = results
        .find(&Reference::parse("evolution/s00-baseline").unwrap())
        .unwrap();
    assert_eq!(found.median(), "1,430\u{a0}lines/s");
    assert_eq!(found.spread(), "1,420 to 1,440\u{a0}lines/s");
}

#[test]
fn several_machines_need_a_name() {
    let (_folder, project) = sample();
    testing::write_suite(
        &project,
        "evolution",
        "big",
        &[("evolution/s00-baseline", 9000.0)],
    );
    testing::write_suite(
        &project,
        "evolution",
        "small",
        &[("evolution/s00-baseline", 1430.0)],
    );
    let said = |machine| {
        Measurements::of_the_book(&project, &Places::of(&project), machine)
            .1
            .first()
            .map(ToString::to_string)
    };
    assert!(
        said(None)
            .unwrap()
            .contains("holds big and small; say which")
    );
    assert!(
        said(Some("smal"))
            .unwrap()
            .ends_with("did you mean `small`?")
    );
    assert_eq!(said(Some("small")), None);
    let (results, _) = Measurements::of_the_book(&project, &Places::of(&project), Some("small"));
    let found = results
        .find(&Reference::parse("evolution/s00-baseline").unwrap())
        .unwrap();
    assert_eq!(found.summary.median, 1430.0);
}

#[test]
fn what_only_another_machine_has_measured_is_found_and_compared_with_nothing_else() {
    let (_folder, project) = sample();
    let baseline = |machine, suite: &str, rate| {
        let case = format!("{suite}/s00-baseline");
        testing::write_suite(&project, suite, machine, &[(case.as_str(), rate)]);
    };
    baseline("small", "evolution", 1430.0);
    baseline("big", "network", 8000.0);
    testing::write_suite(
        &project,
        "evolution",
        "big",
        &[
            ("evolution/s00-baseline", 9000.0),
            ("evolution/s01-cache", 7000.0),
        ],
    );
    let (results, problems) =
        Measurements::of_the_book(&project, &Places::of(&project), Some("small"));
    assert_eq!(problems, []);
    let find = |name: &str| results.find(&Reference::parse(name).unwrap()).unwrap();
    let [here, there] = ["evolution/s00-baseline", "network/s00-baseline"].map(find);
    assert_eq!(here.summary.median, 1430.0);
    assert_eq!(there.summary.median, 8000.0);
    // So also of a suite that both have measured.
    assert_eq!(find("evolution/s01-cache").summary.median, 7000.0);
    // What both have is the book's, and the other's by the name of its machine.
    let named = find("evolution/s00-baseline[machine=big]");
    assert_eq!(named.summary.median, 9000.0);
    assert!(named.on_the_machine_of(&there).is_ok() && named.on_the_machine_of(&here).is_err());
    assert_eq!(results.cases().len(), 4);
    let refused = here.on_the_machine_of(&there).unwrap_err();
    assert!(refused.contains("on small and"), "{refused}");
    assert!(here.on_the_machine_of(&here).is_ok());
}

#[test]
fn unknown_names_are_told_apart() {
    let (_folder, project) = sample();
    let said = |text: &str| {
        let (results, _) = Measurements::of_the_book(&project, &Places::of(&project), None);
        results
            .find(&Reference::parse(text).unwrap())
            .err()
            .unwrap()
    };
    assert!(said("evolution/s01-cache").contains("`workbook bench` makes them"));
    testing::write_suite(
        &project,
        "evolution",
        "here",
        &[("evolution/s00-baseline", 1430.0)],
    );
    assert!(said("evolution/s0-baseline").contains("did you mean `evolution/s00-baseline`?"));
    assert!(said("evolution/s00-baseline line_per_s").contains("it has `lines_per_s`; did you"));
}

#[test]
fn a_broken_file_is_a_problem_of_that_file() {
    let (_folder, project) = sample();
    std::fs::write(project.results().join("evolution@x.json"), "{").unwrap();
    let (_, problems) = Measurements::of_the_book(&project, &Places::of(&project), None);
    assert_eq!(problems[0].file, Path::new("book/results/evolution@x.json"));
}
