//! Dots: two ways of measuring beside each other, and what was configured.

use results::testing;
use results::{Case, Metric};

use super::{chart, chart_with};

/// A case that takes so many nanoseconds.
fn takes(ns: f64) -> Case {
    let mut case = testing::case(1.0);
    let samples = vec![ns; 3];
    let unit = "ns".into();
    case.metrics.insert("ns".into(), Metric { unit, samples });
    case
}

/// A near case and a far one, in two ways.
fn drawn(keys: &str) -> Result<String, String> {
    let cases = [
        ("mapping/near", takes(2.0)),
        ("mapping/far", takes(600e3)),
        ("go/near", takes(3.0)),
        ("go/far", takes(1.2e6)),
    ];
    let charts = format!(
        "[x]\ntitle = \"t\"\nalt = \"a\"\nkind = \"dots\"\nmetric = \"ns\"\nlog = true\n\
         cases = [\"mapping/near\", \"mapping/far\"]\nnames = [\"near\", \"far\"]\n{keys}\n"
    );
    chart("x", "start/idea.md", &charts, &cases)
}

const BESIDE: &str = "beside = [\"go/near\", \"go/far\"]\nsets = [\"Rust\", \"Go\"]";

#[test]
fn two_ways_stand_beside_each_other_with_what_was_configured() {
    let html = drawn(&format!("{BESIDE}\ngiven = [\"\", \"500 µs\"]")).unwrap();
    for text in [
        ">near</text>",
        ">Go</text>",
        ">2.00\u{a0}ns</text>",
        ">1.20\u{a0}ms</text>",
        ">500\u{a0}µs\u{a0}configured</text>",
        ">100\u{a0}ns</text>",
        "<td>far; Rust</td>",
        "<td>500\u{a0}µs</td>",
    ] {
        assert!(html.contains(text), "{text} in {html}");
    }
    assert!(!html.contains("yours"));
    let circles = html.matches("<circle").count();
    let squares = html.matches("<polygon").count();
    assert_eq!(
        (circles, squares),
        (6, 6),
        "two dots and one in the head, twice"
    );
}

#[test]
fn dots_may_be_alone() {
    let html = drawn("").unwrap();
    assert!(html.contains(">600\u{a0}µs</text>") && !html.contains("<polygon"));
}

#[test]
fn lists_that_do_not_fit_each_other_are_mistakes() {
    for (keys, wrong) in [
        (
            "beside = [\"go/near\"]\nsets = [\"Rust\", \"Go\"]",
            "an entry for each",
        ),
        ("beside = [\"go/near\", \"go/far\"]", "`sets` names"),
        ("sets = [\"Rust\", \"Go\"]", "`sets` names"),
        ("given = [\"500 µs\"]", "an entry for each"),
        ("given = [\"\", \"soon\"]", "`soon` is no quantity"),
        ("given = [\"\", \"5 MiB\"]", "`5 MiB` is no quantity"),
        (
            "beside = [\"go/near\", \"go/none\"]\nsets = [\"Rust\", \"Go\"]",
            "go/none",
        ),
    ] {
        let said = drawn(keys).unwrap_err();
        assert!(said.contains(wrong), "{keys}: {said}");
    }
    let bars = "[x]\ntitle = \"t\"\nalt = \"a\"\nkind = \"bars\"\nmetric = \"ns\"\n\
                cases = [\"mapping/near\"]\ngiven = [\"500 µs\"]\n";
    let said = chart_with("x", bars, &[]).unwrap_err();
    assert!(said.contains("are for dots"), "{said}");
}
