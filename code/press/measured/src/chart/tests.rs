//! What every chart must have, and what is said when it cannot be drawn.

mod dots;
mod forks;
mod keys;
mod records;

use std::collections::BTreeMap;
use std::path::Path;

use directives::{Directive, Place};
use project::testing::sample;
use results::testing;
use results::{Case, Metric};

use super::{Chart, Definitions};
use crate::evidence;
use crate::places::Places;

/// Renders the chart `name` with the given definitions, in a project that has these files, too.
pub fn chart_with(name: &str, charts: &str, files: &[(&str, &str)]) -> Result<String, String> {
    let (folder, project) = sample();
    for (path, text) in [&[("book/charts.toml", charts)], files].concat() {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let sources = evidence::load(&project, true);
    let place = Place {
        chapter: Path::new("start/idea.md"),
        line: 1,
        ordinal: 0,
        is_slide: false,
    };
    let rendered = Chart.render(name, &sources, &place);
    rendered.map(|rendered| rendered.html)
}

/// Renders the chart `name` in the given chapter, with the given definitions and cases.
fn chart(
    name: &str,
    chapter: &str,
    charts: &str,
    cases: &[(&str, Case)],
) -> Result<String, String> {
    let (_folder, project) = sample();
    if !charts.is_empty() {
        std::fs::write(project.book().join("charts.toml"), charts).unwrap();
    }
    let cases: BTreeMap<_, _> = cases
        .iter()
        .map(|(name, case)| ((*name).to_owned(), case.clone()))
        .collect();
    let path = project.results().join("evolution@here.json");
    testing::suite_of("evolution", "here", cases)
        .write(&path)
        .unwrap();
    let sources = evidence::load(&project, false);
    let place = Place {
        chapter: Path::new(chapter),
        line: 1,
        ordinal: 0,
        is_slide: false,
    };
    let rendered = Chart.render(name, &sources, &place);
    rendered.map(|rendered| rendered.html)
}

fn steps() -> [(&'static str, Case); 2] {
    [
        ("evolution/s00-baseline", testing::case(1430.0)),
        ("evolution/s01-cache", testing::case(5210.0)),
    ]
}

#[test]
fn bars_have_text_theme_colours_caption_and_table() {
    let html = chart("evolution", "evolution/s01-cache.md", "", &steps()).unwrap();
    assert!(html.starts_with(
        r#"<figure class="chart" id="chart-evolution"><div class="chart-wide"><svg role="img""#
    ));
    assert!(html.contains(r#"aria-label="Each step is faster than the one before.""#));
    assert!(html.contains(r#"<svg aria-hidden="true""#));
    for text in [
        ">Baseline</text>",
        ">Cache</text>",
        ">1,430</text>",
        ">5,210</text>",
        "Model 1, 2 cores",
    ] {
        assert!(html.contains(text), "{text} in {html}");
    }
    assert!(html.contains("workbook bench evolution") && html.contains("2026-11-22"));
    assert!(html.contains("<td>5,210\u{a0}lines/s</td>"));
    assert!(
        html.contains(r#"fill="var(--chart-1)""#) && html.contains(r#"stroke="var(--chart-ink)""#)
    );
    assert!(!html.contains("#0101") && !html.contains("font-family") && !html.contains('\n'));
    assert_eq!(
        html.matches(r#"font-weight="bold">Cache"#).count(),
        2,
        "this chapter's step stands out"
    );
}

#[test]
fn the_numbers_of_a_chart_follow_the_results() {
    let [base, _] = steps();
    let faster = [base, ("evolution/s01-cache", testing::case(9990.0))];
    let html = chart("evolution", "evolution/s01-cache.md", "", &faster).unwrap();
    assert!(html.contains(">9,990</text>") && !html.contains("5,210"));
}

#[test]
fn a_chart_stops_at_the_step_of_its_chapter() {
    let html = chart("evolution", "evolution/s00-baseline.md", "", &steps()).unwrap();
    assert!(html.contains("Baseline") && !html.contains("Cache"));
    let everywhere = chart("evolution", "start/idea.md", "", &steps()).unwrap();
    assert!(everywhere.contains("Cache"));
}

#[test]
fn a_curve_has_a_line_for_each_step_and_a_tick_for_each_value() {
    let charts = "[workers]\ntitle = \"W\"\nkind = \"curve\"\ncases = \"evolution/\"\nx = \"workers\"\nalt = \"a\"\n";
    let sweep = [
        ("evolution/s00-baseline[workers=1]", testing::case(1000.0)),
        ("evolution/s00-baseline[workers=16]", testing::case(9000.0)),
        ("evolution/s00-baseline[workers=8]", testing::case(5000.0)),
        ("evolution/s01-cache[workers=8]", testing::case(4000.0)),
    ];
    let html = chart("workers", "start/idea.md", charts, &sweep).unwrap();
    for text in [
        ">Baseline</text>",
        ">Cache</text>",
        ">16</text>",
        ">workers</text>",
    ] {
        assert!(html.contains(text), "{text}");
    }
    assert!(
        html.contains("<circle") && html.contains("<polygon"),
        "shapes tell the lines apart"
    );
}

#[test]
fn listed_cases_share_their_parameters_and_bear_their_names() {
    let charts = "[c]\ntitle = \"W\"\nkind = \"curve\"\nx = \"lines\"\nalt = \"a\"\nnames = [\"near\"]\n\
        cases = [\"evolution/s01-cache[delay=0]\"]\n[b]\ntitle = \"W\"\nkind = \"bars\"\nalt = \"a\"\n\
        cases = [\"evolution/s01-cache[delay=0]\", \"evolution/s01-cache\"]\n";
    let cases = [
        ("evolution/s01-cache", testing::case(7.0)),
        ("evolution/s01-cache[delay=0]", testing::case(5.0)),
        (
            "evolution/s01-cache[delay=0,lines=10]",
            testing::case(1000.0),
        ),
        (
            "evolution/s01-cache[delay=0,lines=20]",
            testing::case(2000.0),
        ),
        ("evolution/s01-cache[lines=40]", testing::case(9000.0)),
    ];
    let curve = chart("c", "start/idea.md", charts, &cases).unwrap();
    assert!(curve.contains(">near</text>") && curve.contains(">20</text>"));
    assert!(
        !curve.contains(">40</text>"),
        "it does not have the shared parameter"
    );
    let bars = chart("b", "start/idea.md", charts, &cases).unwrap();
    let labels = (
        bars.find(">Cache, delay 0</text>"),
        bars.find(">Cache</text>"),
    );
    assert!(labels.0.unwrap() < labels.1.unwrap(), "listed is ordered");
    let missing = chart("b", "start/idea.md", charts, &cases[..1]).unwrap_err();
    assert_eq!(
        missing,
        "the chart shows `evolution/s01-cache[delay=0]`, which was not measured"
    );
}

#[test]
fn series_and_distributions_are_drawn() {
    let mut case = testing::case(1.0);
    for (name, value) in [("p50_us", 40.0), ("p99_us", 900.0), ("p99.9_us", 4000.0)] {
        case.metrics.insert(
            name.into(),
            Metric {
                unit: "us".into(),
                samples: vec![value],
            },
        );
    }
    case.series
        .insert("depth".into(), vec![[0.0, 1.0], [1.0, 7.0], [2.0, 3.0]]);
    let charts = "[tail]\ntitle = \"T\"\nkind = \"distribution\"\ncases = [\"evolution/s01-cache\"]\n\
        metric = \"us\"\nalt = \"a\"\n[depth]\ntitle = \"D\"\nkind = \"series\"\nmetric = \"depth\"\n\
        cases = \"evolution/\"\nalt = \"a\"\n";
    let cases = [("evolution/s01-cache", case)];
    let tail = chart("tail", "start/idea.md", charts, &cases).unwrap();
    assert!(
        tail.contains(">99.9\u{a0}%</text>") && tail.contains("4.00\u{a0}ms"),
        "{tail}"
    );
    let depth = chart("depth", "start/idea.md", charts, &cases).unwrap();
    assert!(depth.contains("<polyline") && depth.contains(">seconds</text>"));
}

#[test]
fn mistakes_are_said_in_one_sentence() {
    let said = |name: &str, charts: &str, cases: &[(&str, Case)]| {
        chart(name, "start/idea.md", charts, cases).unwrap_err()
    };
    assert!(said("evolutoin", "", &steps()).ends_with("did you mean `evolution`?"));
    assert!(said("evolution", "", &[]).starts_with("nothing was measured whose name begins with"));
    assert!(said("x", "[x]\nkind = 1", &steps()).contains("cannot be read"));
    let start = "[x]\ntitle = \"t\"\nalt = \"a\"\ncases = \"evolution/\"\n";
    for (rest, message) in [
        ("kind = \"curve\"", "a curve needs `x`"),
        (
            "kind = \"curve\"\nx = \"workers\"",
            "begins with `evolution/`",
        ),
        ("kind = \"bars\"\nmetric = \"joy\"", "has the metric `joy`"),
        ("kind = \"series\"", "has a series `lines_per_s`"),
        ("kind = \"distribution\"", "has percentiles such as"),
    ] {
        assert!(
            said("x", &format!("{start}{rest}"), &steps()).contains(message),
            "{rest}"
        );
    }
}

#[test]
fn a_mistake_in_the_definitions_names_its_line() {
    let (_folder, project) = sample();
    std::fs::write(
        project.book().join("charts.toml"),
        "[x]\ntitle = \"t\"\nkind = \"pie\"\n",
    )
    .unwrap();
    let (_, problem) = Definitions::load(&project, &Places::of(&project));
    let problem = problem.unwrap();
    assert_eq!(
        (problem.file.as_path(), problem.line),
        (Path::new("book/charts.toml"), Some(3))
    );
    assert!(problem.message.contains("`bars`"), "{}", problem.message);
}
