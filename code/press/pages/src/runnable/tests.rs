//! The table keeps its rules, and what is not in it is refused.

use std::collections::BTreeSet;

use project::Project;
use project::{Part, catalog};

use super::*;
use crate::recording;

/// The most recordings of one program: what a site carries, and a minute of a quiet machine.
const POINTS_MAX: usize = 16;

/// Which rules of the table an entry breaks.
fn mistakes(entry: &Entry) -> Vec<String> {
    let mut mistakes = Vec::new();
    let mut must = |holds: bool, what: String| {
        if !holds {
            mistakes.push(format!("{}: {what}", entry.name));
        }
    };
    let plain = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let mut names = BTreeSet::new();
    for preset in &entry.presets {
        must(plain(&preset.name), format!("preset {:?}", preset.name));
        must(names.insert(&preset.name), format!("{} twice", preset.name));
    }
    for parameter in &entry.parameters {
        let Parameter { name, min, max, .. } = parameter;
        must(plain(name), format!("parameter {name:?}"));
        must(names.insert(name), format!("{name} twice"));
        let is_right = match &parameter.flag {
            Some(flag) => flag.starts_with("--") && name != KILL,
            None => name == KILL && parameter.unit == "ms" && parameter.min == 0,
        };
        must(is_right, format!("{name}'s flag"));
        must(
            parameter.recorded.is_sorted_by(|a, b| a < b),
            format!("{name}'s recorded values do not ascend"),
        );
        let all = [&parameter.recorded[..], &[parameter.default]].concat();
        must(
            all.iter().all(|value| (min..=max).contains(&value)),
            format!("{name} out of range"),
        );
        must(
            parameter.recorded.contains(&parameter.default),
            format!("{name}'s default is not recorded"),
        );
    }
    let points = entry.recorded().len();
    must(points <= POINTS_MAX, format!("{points} points"));
    mistakes
}

#[test]
fn the_table_keeps_its_rules() {
    let mistakes: Vec<String> = entries().iter().flat_map(mistakes).collect();
    assert!(mistakes.is_empty(), "{mistakes:#?}");
}

#[test]
fn every_program_of_the_book_is_in_it_and_no_other() {
    let project = Project::find().expect("the project");
    let programs = catalog::programs(&project.root).expect("the catalog");
    // Of the steps of Part III those whose runs are recorded; all others are.
    let is_recorded = |name: &str| recording::folder(&project, name).is_dir();
    let of_the_book: Vec<String> = (programs.into_iter())
        .filter(|program| program.name != "phrasebook")
        .filter(|program| program.part != Part::Network || is_recorded(&program.name))
        .map(|program| program.name)
        .collect();
    let here: Vec<String> = entries().iter().map(|entry| entry.name.clone()).collect();
    assert_eq!(here, of_the_book);
}

#[test]
fn a_point_has_all_that_was_not_asked_for_by_default() {
    let params = BTreeMap::from([("workers".to_owned(), 3)]);
    let point = point("s04-release", None, &params).expect("it is in the table");
    assert!(point.name.contains(",workers=3"), "{}", point.name);
    let flag = point.arguments.iter().position(|word| word == "--workers");
    assert_eq!(point.arguments[flag.expect("the flag") + 1], "3");
}

#[test]
fn the_tool_kills_and_the_program_does_not_hear_of_it() {
    let killed = |ms| {
        let params = BTreeMap::from([(KILL.to_owned(), ms)]);
        point("n01-remote-channels", Some("two"), &params).expect("it is in the table")
    };
    let (whole, killed) = (killed(0), killed(500));
    assert!(whole.may_kill && whole.kill_after.is_none());
    assert_eq!(killed.kill_after, Some(Duration::from_millis(500)));
    assert_eq!(killed.arguments, whole.arguments);
    assert!(killed.name.ends_with(",kill=500"), "{}", killed.name);
    assert!(
        killed.typed().ends_with("after 500 ms"),
        "{}",
        killed.typed()
    );
    let other = point("s04-release", None, &BTreeMap::new()).expect("it is in the table");
    assert!(!other.may_kill);
}

#[test]
fn what_is_not_in_the_table_is_refused() {
    let none = BTreeMap::new();
    let refused = |program, preset, params: &[(&str, u64)]| {
        let params = params
            .iter()
            .map(|(name, value)| ((*name).to_owned(), *value));
        point(program, preset, &params.collect()).expect_err("it is not in the table")
    };
    assert!(matches!(refused("sh", None, &[]), Refused::Program(_)));
    assert!(matches!(
        refused("../s04-release", None, &[]),
        Refused::Program(_)
    ));
    assert!(matches!(
        refused("s04-release", Some("--help"), &[]),
        Refused::Preset(..)
    ));
    assert!(matches!(
        refused("s04-release", None, &[("--table", 1)]),
        Refused::Parameter(..)
    ));
    for workers in [0, 65, u64::MAX] {
        assert!(matches!(
            refused("s04-release", None, &[("workers", workers)]),
            Refused::Range { .. }
        ));
    }
    assert!(point("s04-release", None, &none).is_ok());
}
