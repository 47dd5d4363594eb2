//! The whole way: from chapters and results to pages and problems.

mod building;

use std::path::Path;

use directives::Expanded;
use mdbook_driver::book::{Book, Chapter};
use mdbook_driver::config::Config;
use mdbook_preprocessor::PreprocessorContext;
use project::Project;
use project::testing::sample;
use results::testing;

use super::sources::Sources;
use super::{Options, answer, build, check};

/// A project with measurements of both steps.
fn measured() -> (tempfile::TempDir, Project) {
    let (folder, project) = sample();
    measure(&project, 5210.0);
    (folder, project)
}

fn measure(project: &Project, cache: f64) {
    let cases = [
        ("evolution/s00-baseline", 1000.0),
        ("evolution/s01-cache", cache),
    ];
    testing::write_suite(project, "evolution", "here", &cases);
}

fn expanded(text: &str) -> Expanded {
    let (_folder, project) = measured();
    let sources = Sources::load(&project, &Config::default(), false);
    let expander = sources.expander();
    expander.chapter(Path::new("evolution/s01-cache.md"), text)
}

/// The one problem of a chapter that has one.
fn problem(text: &str) -> String {
    let expanded = expanded(text);
    assert_eq!(
        expanded.problems.len(),
        1,
        "{text}: {:?}",
        expanded.problems
    );
    assert!(
        expanded.text.contains("class=\"problem\""),
        "{}",
        expanded.text
    );
    expanded.problems[0].to_string()
}

#[test]
fn quantities_stand_in_sentences() {
    let text = "We do {{#result evolution/s01-cache}}, {{#ratio evolution/s01-cache / evolution/s00-baseline}}.";
    let html = expanded(text).text;
    assert!(html.starts_with(
        "We do <span class=\"measured\" title=\"evolution/s01-cache lines&#95;per&#95;s: median"
    ));
    assert!(html.contains(">5,210\u{a0}lines/s</span>, <span"));
    assert!(html.ends_with(">5.2\u{a0}×</span>."));
    let html = expanded("{{#given 500 µs}} and {{#cited 1,000 times, seda}}").text;
    assert!(html.starts_with(
        "<span class=\"given\" title=\"configured, not measured\">500\u{a0}µs</span>"
    ));
    assert!(html.ends_with(
        "<span class=\"cited\">1,000\u{a0}times <a class=\"citation\" \
         href=\"../appendix/bibliography.html#seda\">&#91;seda&#93;</a></span>"
    ));
}

#[test]
fn every_mistake_has_its_sentence_and_its_line() {
    for (text, message) in [
        (
            "a\n\n{{#reslt x}}",
            "book/evolution/s01-cache.md:3: there is no directive `reslt`; did you mean `result`?",
        ),
        (
            "{{#result evolution/s1-cache}}",
            "did you mean `evolution/s01-cache`?",
        ),
        ("{{#result}}", "a reference is missing"),
        (
            "{{#ratio evolution/s01-cache}}",
            "`ratio` takes two references",
        ),
        ("{{#given}}", "`given` takes the configured quantity"),
        ("{{#cited 40 µs}}", "`cited` takes a figure and a key"),
        ("{{#cited 40 µs, sead}}", "did you mean `seda`?"),
        (
            "{{#claim evolution/s01-cache}}",
            "a claim compares two terms",
        ),
        (
            "{{#claim evolution/s01-cache > 9 * evolution/s00-baseline}}",
            "the claim does not hold on the book's machine",
        ),
        (
            "{{#diff s01-cash}}",
            "there is no step `s01-cash`; did you mean `s01-cache`?",
        ),
        ("{{#chart evolutoin}}", "did you mean `evolution`?"),
        (
            "{{#machine evolutoin}}",
            "no suite `evolutoin` was measured on the book's machine; did you mean `evolution`?",
        ),
        (
            "{{#twin queues snd}}",
            "code/mapping/queues has no `ANCHOR: snd` in Rust; did you mean `send`?",
        ),
        (
            "see {{#twin queues send}}",
            "`twin` needs a line of its own",
        ),
        (
            "see {{#chart evolution}}",
            "`chart` needs a line of its own",
        ),
        (
            "a\n{{#result evolution/s01-cache",
            "book/evolution/s01-cache.md:2: `{{#result` is not closed",
        ),
        (
            "{{#include ../nowhere.rs}}",
            "`../nowhere.rs` cannot be read from book/evolution/s01-cache.md",
        ),
        (
            "```text\n{{#include ../charts.toml:3:99}}\n```\n",
            "`../charts.toml` has 7 lines only",
        ),
        (
            "```rust\n{{#include ../charts.toml:none}}\n```\n",
            "`../charts.toml` has no `ANCHOR: none`",
        ),
    ] {
        let said = problem(text);
        assert!(said.contains(message), "{text}: {said}");
    }
}

#[test]
fn the_facts_of_the_machine_are_those_of_the_suite() {
    let html = expanded("{{#machine evolution}}\n").text;
    for fact in [
        "Model 1",
        "8.00\u{a0}GiB",
        "workbook bench evolution",
        "0.10 before, 0.20 after",
    ] {
        assert!(html.contains(fact), "{fact} in {html}");
    }
}

#[test]
fn a_mistake_in_a_paragraph_stays_in_it() {
    assert!(
        expanded("a {{#reslt x}} b")
            .text
            .contains("a <span class=\"problem\">")
    );
    assert!(
        expanded("a\n\n{{#reslt x}}\n\nb")
            .text
            .contains("\n<aside class=\"problem\">")
    );
    let failed = expanded("So. {{#claim evolution/s01-cache > 9 * evolution/s00-baseline}}").text;
    assert!(failed.contains("claim-fails") && failed.contains("<span class=\"problem\">"));
}

#[test]
fn code_escapes_and_mdbooks_own_are_left_alone() {
    let text = "`{{#nope}}` \\{{#result x}}\n\n```text\n{{#result nope}}\n```\n\n{{#title T}}\n\n<!-- {{#nope}} -->\n";
    let expanded = expanded(text);
    assert_eq!(expanded.problems, []);
    assert_eq!(expanded.text, text);
}

#[test]
fn blocks_get_blank_lines_around_them() {
    let html = expanded("before\n{{#diff s01-cache}}\nafter\n").text;
    assert!(
        html.starts_with("before\n\n<figure") && html.ends_with("</figure>\n\nafter\n"),
        "{html}"
    );
    let figure = html
        .trim_start_matches("before")
        .trim_end_matches("after\n")
        .trim();
    assert!(!figure.contains('\n'), "a blank line would end the block");
}

#[test]
fn both_sides_of_a_twin_reach_the_page_as_code() {
    let (_folder, project) = measured();
    let chapter = "# Cache\n\nBoth:\n{{#twin queues send}}\nThat is all.\n";
    std::fs::write(project.book().join("evolution/s01-cache.md"), chapter).unwrap();
    let out = project.root.join("target/site");
    let built = build(&project, &out, &Options::default()).unwrap();
    assert_eq!(built.problems, []);
    let page = std::fs::read_to_string(out.join("evolution/s01-cache.html")).unwrap();
    for part in [
        "<p>Both:</p>",
        "<code class=\"language-rust\">if room &lt; 1 {\n    wait();\n}",
        "<code class=\"language-go\">if room &lt; 1 {\n\twait()\n}",
        "<p>That is all.</p>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}
