//! The reader's forks on the charts: beside the step that they began as, and as fast as they were.

use std::collections::BTreeMap;

use results::testing;

use super::chart_with;

const CHARTS: &str = "[steps]\ntitle = \"t\"\nkind = \"bars\"\nalt = \"a\"\ncases = \"evolution/\"\n\
    [long]\ntitle = \"t\"\nkind = \"bars\"\nalt = \"a\"\ncases = [\"evolution/s01-cache[lines=1M]\"]\n\
    [other]\ntitle = \"t\"\nkind = \"bars\"\nalt = \"a\"\ncases = [\"evolution/s00-baseline\"]\n";

const FORK: &str = "[package]\nname = \"mine\"\ndescription = \"d\"\n\
    [package.metadata.workbook]\ntitle = \"mine\"\nparent = \"s01-cache\"\n";

/// A result file of cases with these medians.
fn results(suite: &str, cases: &[(&str, f64)]) -> String {
    let cases = cases
        .iter()
        .map(|(name, median)| ((*name).to_owned(), testing::case(*median)))
        .collect::<BTreeMap<_, _>>();
    serde_json::to_string(&testing::suite_of(suite, "here", cases)).unwrap()
}

fn drawn(chart: &str, parent: f64, fork: f64) -> String {
    let book = results(
        "evolution",
        &[
            ("evolution/s00-baseline", 1_430.0),
            ("evolution/s01-cache", 5_210.0),
            ("evolution/s01-cache[lines=1M]", 9_000.0),
        ],
    );
    let own = results(
        "mine",
        &[
            ("mine/mine", fork),
            ("mine/s01-cache", parent),
            ("mine/mine[lines=1M]", 17_000.0),
            ("mine/s01-cache[lines=1M]", 16_000.0),
        ],
    );
    // Of a fork that was deleted the results may still be there.
    let gone = results("gone", &[("gone/gone", 3.0), ("gone/s01-cache", 2.0)]);
    let files = [
        ("book/results/evolution@here.json", book.as_str()),
        ("target/results/mine@here.json", own.as_str()),
        ("target/results/gone@here.json", gone.as_str()),
        ("my-work/mine/Cargo.toml", FORK),
    ];
    chart_with(chart, CHARTS, &files).unwrap()
}

/// How far the bar in the reader's colour reaches whose number this is: where that number begins.
fn end_of(html: &str, number: &str) -> f64 {
    let text = html.find(&format!(">{number} yours</text>")).expect(number);
    let start = html[..text].rfind("<text").expect("a text");
    let x = html[start..].split(" x=\"").nth(1).expect("its place");
    x.split('"')
        .next()
        .and_then(|x| x.parse().ok())
        .expect("a number")
}

#[test]
fn the_faster_of_two_has_the_longer_bar() {
    let faster = drawn("steps", 4_000.0, 8_000.0);
    assert!(end_of(&faster, "8,000") > end_of(&faster, "4,000"));
    let slower = drawn("steps", 4_000.0, 2_000.0);
    assert!(end_of(&slower, "2,000") < end_of(&slower, "4,000"));
    for text in [
        ">Cache, beside mine</text>",
        ">mine, before its last change</text>",
        "mine and its parent beside it, yours: compare these two with each other only; steady; Model 1",
        "workbook bench mine",
        "<td>–</td><td>8,000\u{a0}lines/s</td>",
    ] {
        assert!(faster.contains(text), "{text} in {faster}");
    }
    assert!(!faster.contains("gone"));
}

#[test]
fn a_fork_is_on_the_charts_of_its_step() {
    let long = drawn("long", 1.0, 2.0);
    assert!(long.contains(">17,000 yours</text>") && !long.contains(">2 yours"));
    assert!(!drawn("other", 1.0, 2.0).contains("mine"));
}
