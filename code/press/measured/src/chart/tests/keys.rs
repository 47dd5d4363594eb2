//! The keys that show several metrics of a case, or a case as a line; and the reader's own data.

use std::collections::BTreeMap;

use results::testing;
use results::{Case, Metric};

use super::{chart, chart_with, steps};

/// A case with two shares and two series.
fn pipeline() -> Case {
    let mut case = testing::case(1.0);
    for (stage, share) in [("read", 0.03), ("lookup", 0.97)] {
        let metric = Metric {
            unit: "share".into(),
            samples: vec![share],
        };
        case.metrics.insert(format!("busy_share.{stage}"), metric);
        let series = vec![[0.0, 1.0], [1.0, share * 100.0]];
        case.series.insert(format!("depth.{stage}"), series);
    }
    case
}

fn drawn(keys: &str) -> Result<String, String> {
    let cases = [
        ("evolution/s01-cache", pipeline()),
        ("evolution/cost", testing::case(5_000_000.0)),
        ("evolution/s00-baseline", testing::case(1430.0)),
    ];
    let charts = format!("[x]\ntitle = \"t\"\nalt = \"a\"\n{keys}\n");
    chart("x", "evolution/s01-cache.md", &charts, &cases)
}

#[test]
fn what_was_hoped_is_an_outline_that_comes_with_its_bar() {
    let keys = "kind = \"bars\"\ncases = [\"evolution/s00-baseline\", \"evolution/s01-cache\"]\n";
    let plain = drawn(keys).unwrap();
    let html = drawn(&format!("{keys}hoped = 8\nhoped_name = \"missing\"\n")).unwrap();
    let named = |html: &str| html.matches(">missing<").count();
    assert_eq!(
        (named(&plain), named(&html)),
        (0, 2),
        "on a page and on a phone"
    );
    let last = html.find(">missing<").expect("found");
    let part = html[..last].rfind("data-part=\"").expect("a part");
    assert!(
        html[part..].starts_with("data-part=\"1\""),
        "of the last bar"
    );
    let refused = drawn("kind = \"bars\"\ncases = \"evolution/\"\nhoped_name = \"x\"\n");
    assert!(refused.unwrap_err().contains("nothing was"));
}

#[test]
fn a_condition_picks_the_cases_of_a_prefix_and_is_no_part_of_their_names() {
    let cases = [
        ("evolution/s01-cache[lines=1M]", testing::case(2.0)),
        ("evolution/s00-baseline[lines=1M]", testing::case(1.0)),
        (
            "evolution/s00-baseline[delay=0,lines=1M]",
            testing::case(3.0),
        ),
        ("evolution/s00-baseline", testing::case(4.0)),
        ("evolution/cost[lines=1M]", testing::case(5.0)),
    ];
    let drawn = |keys: &str| {
        let charts = format!(
            "[x]\ntitle = \"t\"\nalt = \"a\"\nkind = \"bars\"\ncases = {keys}\n\
             reference = \"evolution/cost[lines=1M]\"\n"
        );
        chart("x", "start/idea.md", &charts, &cases)
    };
    let html = drawn("\"evolution/\"\nwhere = \"lines=1M\"").unwrap();
    let body = html.split("<tbody>").nth(1).expect("a table");
    let rows = body.matches("<tr><td>").count();
    assert_eq!(rows, 3, "two steps and the line across: {body}");
    let at = |text: &str| {
        body.find(text)
            .unwrap_or_else(|| panic!("{text} in {body}"))
    };
    assert!(
        at("<td>Baseline</td>") < at("<td>Cache</td>"),
        "in book order"
    );
    for (keys, message) in [
        (
            "\"evolution/\"\nwhere = \"lines=2M\"",
            "nothing was measured whose name begins with `evolution/` and ends with `[lines=2M]`",
        ),
        (
            "\"evolution/\"\nwhere = \"lines\"",
            "`where` takes parameters such as `lines=1M`, not `lines`",
        ),
        (
            "[\"evolution/s01-cache[lines=1M]\"]\nwhere = \"lines=1M\"",
            "`where` is for `cases` that are a prefix",
        ),
    ] {
        assert_eq!(drawn(keys).unwrap_err(), message);
    }
}

#[test]
fn several_metrics_of_a_case_have_a_bar_or_a_line_each() {
    let cases = "cases = [\"evolution/s01-cache\"]";
    let bars = drawn(&format!(
        "kind = \"bars\"\n{cases}\nmetrics = [\"busy_share.read\", \"busy_share.lookup\"]\nnames = [\"read\", \"look up\"]"
    ));
    let bars = bars.unwrap();
    let at = |text: &str| {
        bars.find(text)
            .unwrap_or_else(|| panic!("{text} in {bars}"))
    };
    assert!(at(">read</text>") < at(">look up</text>"));
    at(">97.0\u{a0}%</text>");
    assert!(
        !bars.contains("font-weight"),
        "all are of the chapter's step"
    );
    let series = drawn(&format!(
        "kind = \"series\"\n{cases}\nmetrics = [\"depth.lookup\", \"depth.read\"]"
    ));
    let series = series.unwrap();
    assert!(series.contains(">lookup</text>") && series.contains(">read</text>"));
    assert_eq!(series.matches("class=\"chart-source\"").count(), 1);
}

#[test]
fn a_reference_is_a_line_with_a_name_and_no_bar() {
    let keys =
        "kind = \"bars\"\ncases = \"evolution/\"\nlog = true\nreference = \"evolution/cost\"\n";
    let html = drawn(&format!("{keys}reference_name = \"one thread\"")).unwrap();
    let label = ">one thread: 5.00\u{a0}million</text>";
    assert_eq!(html.matches(label).count(), 2, "wide and narrow: {html}");
    assert!(html.contains("<td>one thread</td><td>5.00\u{a0}million\u{a0}lines/s</td>"));
    assert!(!html.contains(">cost"));
    assert_eq!(html.matches("<td>Baseline</td>").count(), 1);
    let cases = chart(
        "x",
        "start/idea.md",
        &format!("[x]\ntitle = \"t\"\nalt = \"a\"\n{keys}"),
        &steps(),
    );
    assert!(
        cases
            .unwrap_err()
            .starts_with("there is no measurement of `evolution/cost`")
    );
}

#[test]
fn keys_that_contradict_are_refused_in_one_sentence() {
    let one = "cases = [\"evolution/s01-cache\"]\nmetrics = [\"busy_share.read\", \"busy_share.lookup\"]\n";
    for (keys, message) in [
        (
            format!("kind = \"bars\"\n{one}metric = \"x\""),
            "both `metric` and `metrics`",
        ),
        (
            format!("kind = \"curve\"\nx = \"w\"\n{one}"),
            "`metrics` is for bars and series",
        ),
        (
            format!("kind = \"bars\"\n{one}names = [\"a\"]"),
            "has 1 names for 2 metrics",
        ),
        (
            format!("kind = \"bars\"\n{one}reference = \"evolution/cost\""),
            "needs one `metric`",
        ),
        (
            "kind = \"bars\"\ncases = \"evolution/\"\nmetrics = [\"a\"]".into(),
            "needs a list of one case",
        ),
        (
            "kind = \"bars\"\ncases = [\"evolution/s01-cache\"]\nmetrics = [\"busy_share.raed\"]"
                .into(),
            "did you mean `busy_share.read`?",
        ),
        (
            "kind = \"series\"\ncases = [\"evolution/s01-cache\"]\nmetrics = [\"depth.raed\"]"
                .into(),
            "has no series `depth.raed`; did you mean `depth.read`?",
        ),
        (
            "kind = \"series\"\ncases = \"evolution/\"\nreference = \"evolution/cost\"".into(),
            "`reference` is for bars",
        ),
        (
            "kind = \"bars\"\ncases = \"evolution/\"\nreference_name = \"x\"".into(),
            "there is none",
        ),
        ("kind = \"bars\"".into(), "needs `cases`"),
        ("kind = \"flame\"".into(), "needs `profile`"),
        (
            "kind = \"bars\"\nprofile = \"x\"".into(),
            "is for a flame graph",
        ),
        (
            "kind = \"flame\"\nprofile = \"x\"\nmetric = \"y\"".into(),
            "shows no cases or metrics",
        ),
    ] {
        let said = drawn(&keys).unwrap_err();
        assert!(said.contains(message), "{keys}: {said}");
    }
}

#[test]
fn the_readers_own_lines_are_dashed_and_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = pipeline();
    for (name, value) in [("p50_us", 40.0), ("p99_us", 900.0)] {
        let metric = Metric {
            unit: "us".into(),
            samples: vec![value],
        };
        case.metrics.insert(name.into(), metric);
    }
    let suite = testing::suite_of(
        "evolution",
        "here",
        BTreeMap::from([("evolution/s01-cache".to_owned(), case)]),
    );
    let path = folder.path().join("results.json");
    suite.write(&path).unwrap();
    let results = std::fs::read_to_string(path).unwrap();
    let files = [
        ("book/results/evolution@here.json", results.as_str()),
        ("target/results/evolution@mine.json", results.as_str()),
    ];
    let start = "[x]\ntitle = \"t\"\nalt = \"a\"\ncases = [\"evolution/s01-cache\"]\n";
    for keys in [
        "kind = \"series\"\nmetric = \"depth.read\"",
        "kind = \"distribution\"\nmetric = \"us\"",
    ] {
        let html = chart_with("x", &format!("{start}{keys}"), &files).unwrap();
        assert!(html.contains(">yours</text>"), "{html}");
        assert!(html.contains("stroke=\"var(--chart-own)\""));
        assert!(html.contains("Yours: Model 1") && html.contains("Cache, yours"));
    }
}

#[test]
fn what_another_machine_has_measured_is_no_point_of_the_books_line() {
    let drawn = |other: &str| {
        let cases = [
            ("process/s01-cache[workers=1]", testing::case(1.0)),
            ("process/s01-cache[workers=2]", testing::case(2.0)),
            (other, testing::case(9.0)),
        ];
        let charts = "[x]\ntitle = \"t\"\nalt = \"a\"\nkind = \"curve\"\ncases = \"process/\"\nx = \"workers\"\n";
        let html = chart("x", "start/idea.md", charts, &cases).unwrap();
        html.matches("<circle").count()
    };
    let without = drawn("process/s01-cache");
    assert!(drawn("process/s01-cache[workers=4]") > without);
    assert_eq!(drawn("process/s01-cache[machine=big,workers=2]"), without);
}

#[test]
fn a_chart_of_all_steps_is_of_one_machine() {
    let suite = |machine: &str, step: &str| {
        let cases = BTreeMap::from([(format!("evolution/{step}"), testing::case(1.0))]);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("results.json");
        testing::suite_of("evolution", machine, cases)
            .write(&path)
            .unwrap();
        std::fs::read_to_string(path).unwrap()
    };
    let (here, there) = (suite("here", "s00-baseline"), suite("there", "s01-cache"));
    let files = [
        ("book/results/evolution@here.json", here.as_str()),
        ("book/results/evolution@there.json", there.as_str()),
    ];
    let charts = |cases: &str| {
        let keys = "[x]\ntitle = \"t\"\nalt = \"a\"\nkind = \"bars\"\n";
        chart_with("x", &format!("{keys}cases = {cases}\n"), &files).unwrap()
    };
    assert!(!charts("\"evolution/\"").contains("Cache"));
    assert!(charts("[\"evolution/s00-baseline\", \"evolution/s01-cache\"]").contains("Cache"));
}
