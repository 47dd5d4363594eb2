//! The idioms give the same in both languages, and the appendix has them all.

use std::collections::BTreeSet;

#[test]
fn both_languages_give_the_same_answers() {
    twins::print_the_same(
        env!("CARGO_BIN_EXE_phrasebook"),
        "phrasebook",
        &[&[], &["select", "leak"]],
    );
}

#[test]
fn a_row_has_a_name_of_its_own_and_a_place_in_the_appendix() {
    let path = twins::root().join("book/appendix/phrasebook.md");
    let appendix = std::fs::read_to_string(path).expect("the appendix");
    let mut names = BTreeSet::new();
    for (name, run) in phrasebook::ROWS {
        assert!(names.insert(name), "{name} is there twice");
        assert!(!run().is_empty(), "{name} gives nothing");
        let shown = format!("{{{{#twin phrasebook {name}}}}}");
        assert!(appendix.contains(&shown), "{name} is not shown");
    }
    assert!(names.len() >= 30);
}
