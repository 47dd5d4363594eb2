//! What a figure shows where, and what is refused.

use std::path::Path;

use directives::testing::rendered;
use project::Project;
use project::testing::sample;

use super::*;

const DESCRIPTION: &str = r#"
title = "A picture"
said = "One & two."
size = [640, 200]

[[box]]
name = "one"
shape = "task"
at = [88, 150]
does = "asks"

[[box]]
name = "map"
shape = "map"
at = [320, 150]

[[arrow]]
name = "way"
along = [[156, 150], [258, 150]]
kind = "channel"
words = [200, 140]

[words]
task = ["task", "node"]
map = ["map", "cache"]
choice = ["select", "scheduler"]
channel = ["channel", "queue"]
interface = ["interface", "remote call"]

[view.s04-release]
reading = "cluster"
red = ["map"]
gone = ["way"]
about = "New: the map."
"#;

fn with(description: &str) -> (tempfile::TempDir, Project) {
    let (folder, project) = sample();
    let figures = project.book().join(FOLDER);
    std::fs::create_dir_all(&figures).unwrap();
    std::fs::write(figures.join("cluster.toml"), description).unwrap();
    (folder, project)
}

fn shown(argument: &str, description: &str) -> Result<String, String> {
    let (_folder, project) = with(description);
    rendered(&Figure, argument, &crate::shelf::load(&project))
}

#[test]
fn a_whole_figure_has_both_words_and_is_read_as_a_program_first() {
    let html = shown("cluster", DESCRIPTION).unwrap();
    for part in [
        r#"<figure class="picture"><svg viewBox="0 0 640 200" role="img""#,
        r#"aria-label="A picture: One &amp; two.""#,
        r#"<path d="M156 150L258 150"/><path class="head" transform="translate(258 150) rotate(0)""#,
        r#"text-anchor="middle">task</text>"#,
        r#"text-anchor="middle">node</text>"#,
        r#"value="program" checked>"#,
        r#"data-part="map""#,
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(!html.contains("is-red") && !html.contains("figcaption"));
}

#[test]
fn a_view_may_have_arrows_and_words_of_its_own() {
    let spare = "kind = \"channel\"\nspare = true";
    let other = DESCRIPTION.replace("kind = \"channel\"", spare).replace(
        "gone = [\"way\"]",
        "with = [\"way\"]\ndoes = { one = \"counts\" }\nsaid = \"One counts.\"",
    );
    let usual = shown("cluster", &other).unwrap();
    assert!(
        !usual.contains("data-part=\"way\"") && usual.contains(">asks</text>"),
        "{usual}"
    );
    let own = shown("cluster s04-release", &other).unwrap();
    for part in [
        "data-part=\"way\"",
        ">counts</text>",
        "aria-label=\"A picture: One counts.\"",
    ] {
        assert!(own.contains(part), "{part}\n{own}");
    }
    let wrong = other.replace("does = { one", "does = { four");
    assert!(
        shown("cluster", &wrong)
            .unwrap_err()
            .contains("names `four`")
    );
}

#[test]
fn in_a_corner_there_are_no_words() {
    let html = shown("cluster s04-release small", DESCRIPTION).unwrap();
    for part in [
        r#"<figure class="picture is-mute">"#,
        r#"aria-label="A picture: New: the map.""#,
        r#"<g class="figure-box is-red" data-part="map""#,
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    for part in ["<text", "<input", "sign"] {
        assert!(!html.contains(part), "{part}\n{html}");
    }
    assert!(shown("cluster s04-release tiny", DESCRIPTION).is_err());
}

#[test]
fn a_drawing_is_shown_as_it_is() {
    let (_folder, project) = with(DESCRIPTION);
    let file = project.book().join(FOLDER).join("served.svg");
    std::fs::write(file, "<svg>\n  <g data-part=\"0\"></g>\n</svg>\n").unwrap();
    let html = rendered(&Figure, "served", &crate::shelf::load(&project)).unwrap();
    assert_eq!(
        html,
        r#"<figure class="drawing"><svg><g data-part="0"></g></svg></figure>"#
    );
}

#[test]
fn a_view_says_what_is_red_and_what_is_gone() {
    let html = shown("cluster s04-release", DESCRIPTION).unwrap();
    for part in [
        r#"<figure class="picture is-small">"#,
        r#"<g class="figure-box is-red" data-part="map""#,
        r#"<g class="figure-arrow is-gone" data-part="way">"#,
        r#"value="cluster" checked>"#,
        "<figcaption>New: the map.</figcaption>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
}

#[test]
fn a_chapter_with_a_view_shows_it_small_and_its_slide_whole() {
    let (_folder, project) = with(DESCRIPTION);
    let shelf = crate::shelf::load(&project);
    let at = |is_slide| {
        let place = Place {
            chapter: Path::new("evolution/s04-release.md"),
            line: 1,
            ordinal: 3,
            is_slide,
        };
        Figure.render("cluster", &shelf, &place).unwrap().html
    };
    assert!(at(false).starts_with(r#"<figure class="picture is-small">"#));
    assert!(at(false).contains(r#"id="figure-s04-release-3-cluster""#));
    assert!(at(true).starts_with(r#"<figure class="picture">"#));
    assert!(at(true).contains("is-red"));
}

#[test]
fn mistakes_are_said_in_one_sentence() {
    let cases = [
        ("", DESCRIPTION.to_owned(), "a figure is shown by its name"),
        (
            "cluster a b",
            DESCRIPTION.to_owned(),
            "a figure is shown by its name",
        ),
        (
            "custer",
            DESCRIPTION.to_owned(),
            "there is no figure `custer`",
        ),
        (
            "../figures/cluster",
            DESCRIPTION.to_owned(),
            "there is no figure",
        ),
        (
            "cluster s04-releas",
            DESCRIPTION.to_owned(),
            "did you mean `s04-release`?",
        ),
        (
            "cluster",
            DESCRIPTION.replace("gone = [\"way\"]", "gone = [\"weg\"]"),
            "names `weg`, which is neither a box nor an arrow",
        ),
        (
            "cluster",
            DESCRIPTION.replace("[258, 150]", "[200, 150], [258, 150]"),
            "the arrow `way` goes along two points",
        ),
        (
            "cluster",
            DESCRIPTION.replace("about", "over"),
            "cluster.toml: TOML parse error",
        ),
    ];
    for (argument, description, message) in cases {
        let said = shown(argument, &description).unwrap_err();
        assert!(said.contains(message), "{argument}: {said}");
    }
}
