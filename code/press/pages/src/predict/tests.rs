//! Predictions from their files to the Markdown of a page, and the sentences about what is wrong with them.

use directives::testing::rendered;
use measured::{Evidence, Whose};
use project::testing::sample;
use results::testing;

use super::Predict;

const WHOLE: &str = r#"
[[predictions]]
id = "s01-gain"
question = "How much faster than {{#result evolution/s00-baseline}} is it?"
truth = "evolution/s01-cache / evolution/s00-baseline"
from = "0.1 ×"
to = "100 ×"
chart = "evolution"
why = "Why so much?"
because = "It asks once."

[predictions.replies]
right = "So it is."
hopeful = "Not so much."
careful = "More than that."
slower = "It gains."

[[predictions]]
id = "s01-choice"
question = "Which is it?"
claim = "evolution/s01-cache > 2 * evolution/s00-baseline"
why = "Why this one?"
because = "By *that*."

[[predictions.choices]]
option = "The *first*"
reply = "No."

[[predictions.choices]]
option = "The second"
right = true
reply = "Yes."
"#;

/// What becomes of a prediction of a file, and what is told of the file.
fn predict(text: &str, name: &str) -> (Result<String, String>, Vec<String>) {
    let (_folder, project) = sample();
    let cases = [
        ("evolution/s00-baseline", 1000.0),
        ("evolution/s01-cache", 5000.0),
    ];
    testing::write_suite(&project, "evolution", "here", &cases);
    let folder = project.book().join("predictions");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("s01-cache.toml"), text).expect("written");
    let chapter = "# Cache\n\n{{#predict s01-gain}}\n\n{{#chart evolution}}\n";
    std::fs::write(project.book().join("evolution/s01-cache.md"), chapter).expect("written");
    let programs = project::catalog::programs(&project.root).expect("its programs");
    let (evidence, _) = Evidence::load(&project, &programs, Whose::default());
    let shelf = crate::shelf::load(&project).with_predictions(&evidence);
    let problems = shelf.predictions.problems.iter().map(ToString::to_string);
    let problems = problems.collect();
    (rendered(&Predict, name, &shelf), problems)
}

#[test]
fn a_quantity_has_its_truth_from_the_results() {
    let (markdown, problems) = predict(WHOLE, "s01-gain");
    assert_eq!(problems, [""; 0]);
    let markdown = markdown.expect("a prediction");
    for part in [
        "data-type=\"quantity\" data-truth=\"5\"",
        "data-on-axis=\"1000\" data-axis-unit=\"lines/s\" data-ratio=\"true\"",
        "&quot;2.5&#160;×&quot;",
        "How much faster than {{#result evolution/s00-baseline}} is it?",
        "Measured: {{#ratio evolution/s01-cache / evolution/s00-baseline}}",
        "data-reply=\"slower\">\n\n<span class=\"predict-for\">A bet on a gain:</span> It gains.",
        "data-chart=\"evolution\"",
        "**Why?** Why so much?",
    ] {
        let part = part.replace("&#160;", "\u{a0}");
        assert!(markdown.contains(&part), "{part} in {markdown}");
    }
}

#[test]
fn of_choices_one_is_so_by_a_claim() {
    let (markdown, _) = predict(WHOLE, "s01-choice");
    let markdown = markdown.expect("a prediction");
    for part in [
        "data-type=\"choice\" data-right=\"1\"",
        "<li>\n\nThe *first*\n\n</li>",
        "It is so: The second{{#claim evolution/s01-cache > 2 * evolution/s00-baseline}}",
        "data-reply=\"0\">",
    ] {
        assert!(markdown.contains(part), "{part} in {markdown}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    for (from, to, told) in [
        (
            "from = \"0.1 ×\"",
            "from = \"6 ×\"",
            ":2: `s01-gain`: 5.0\u{a0}× is not between",
        ),
        (
            "from = \"0.1 ×\"",
            "from = \"0.1 s\"",
            ":2: `s01-gain`: `0.1 s` is no quantity in ×",
        ),
        (
            "from = \"0.1 ×\"",
            "",
            ":2: `s01-gain`: a quantity has `from` and `to`",
        ),
        (
            "/s01-cache / evolution",
            "/s01-cash / evolution",
            ":2: `s01-gain`: there is no measurement of `evolution/s01-cash`",
        ),
        (
            "truth = ",
            "# ",
            ":2: `s01-gain`: it has either a `truth` or `choices`",
        ),
        (
            "right = true\n",
            "",
            ":18: `s01-choice`: of two or more `choices` one has `right = true`",
        ),
        (
            "id = \"s01-choice\"",
            "id = \"s01-gain\"",
            ":18: another prediction has the id `s01-gain`",
        ),
        (
            "because = \"It asks once.\"",
            "because = \"It takes 5 ms.\"",
            ":2: `s01-gain`: “5 ms” is a measurement",
        ),
        ("hopeful", "hopefull", ":14: unknown field `hopefull`"),
        ("why = \"Why so much?\"\n", "", ":2: missing field `why`"),
    ] {
        let text = WHOLE.replacen(from, to, 1);
        assert_ne!(text, WHOLE, "{from}");
        let (_, problems) = predict(&text, "s01-gain");
        assert_eq!(problems.len(), 1, "{to}: {problems:?}");
        let told = format!("book/predictions/s01-cache.toml{told}");
        assert!(problems[0].starts_with(&told), "{}\n{told}", problems[0]);
    }
}

#[test]
fn a_bet_is_drawn_on_a_chart_that_follows() {
    let text = WHOLE.replace("chart = \"evolution\"", "chart = \"memory\"");
    let said = predict(&text, "s01-gain").0.unwrap_err();
    assert_eq!(
        said,
        "the chart of `s01-gain`, `memory`, does not stand behind it in this chapter"
    );
}
