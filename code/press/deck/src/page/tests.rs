//! Both pages of a talk of one slide.

use super::*;
use crate::Deck;

fn talk() -> Talk {
    let slide = Slide {
        id: "one".into(),
        title: "A \"title\"".into(),
        seconds: 90,
        cuts: vec![20, 45],
        part: Some("Part <I>".into()),
        chapter: "evolution/s01-cache.md".into(),
        ..Slide::default()
    };
    let shown = Shown {
        slide: "<h2>A</h2><a href=\"root:/start/idea.html\">b</a>{{title}}<b data-machine=\"Z, 2 cores; A &amp; B, 2 cores\"></b><i data-machine=\"Z, 2 cores\"></i>".into(),
        notes: "<p>Say <a href=\"root:/x.html\">x</a>.</p>".into(),
        steps: 3,
    };
    Talk {
        deck: Deck {
            slides: vec![slide],
        },
        shown: vec![shown],
    }
}

fn site(with: Talk) -> (tempfile::TempDir, Result<()>) {
    let folder = tempfile::tempdir().expect("a folder");
    let templates = folder.path().join("book/theme/talk");
    std::fs::create_dir_all(&templates).expect("created");
    for name in [DECK.template, SPEAKER.template] {
        let text = "<title>{{title}}</title><main data-cuts=\"{{cuts}}\">{{slides}}</main>{{scripts}}{{root}}{{gone}}";
        std::fs::write(templates.join(name), text).expect("written");
    }
    let out = folder.path().join("site");
    std::fs::create_dir_all(&out).expect("created");
    std::fs::write(out.join("highlight-abc.js"), "").expect("written");
    let project = Project::at(folder.path());
    let mut config = Config::default();
    config.book.title = Some("The book".into());
    let written = write(&project, &config, &with, &out);
    (folder, written)
}

#[test]
fn both_pages_have_the_slides_and_one_has_the_notes() {
    let (folder, written) = site(talk());
    written.expect("written");
    let read = |path: &str| {
        std::fs::read_to_string(folder.path().join("site").join(path)).expect("a page")
    };
    let (deck, speaker) = (read(DECK.path), read(SPEAKER.path));
    for part in [
        "<title>The book</title><main data-cuts=\"20,45,90\"><section class=\"slide\" id=\"one\" role=\"group\"",
        "aria-label=\"A &quot;title&quot;\"",
        "data-seconds=\"90\" data-cuts=\"20,45\" data-chapter=\"../evolution/s01-cache.html\"",
        "data-part=\"Part &lt;I&gt;\" data-steps=\"3\"",
        "<a href=\"../start/idea.html\">b</a>{{title}}",
        "</div><p class=\"slide-machine\">A &amp; B, 2 cores; Z, 2 cores</p>",
        "<script src=\"../highlight-abc.js\"></script>../{{gone}}",
    ] {
        assert!(deck.contains(part), "{part}: {deck}");
    }
    assert!(!deck.contains("notes") && !deck.contains("Say"));
    assert!(speaker.contains(
        "<aside class=\"notes\"><p>Say <a href=\"../../x.html\">x</a>.</p></aside></section>"
    ));
    assert!(speaker.contains("<a href=\"../../start/idea.html\">b</a>"));
    assert!(!deck.contains("mermaid") && !folder.path().join("site/theme").exists());
}

#[test]
fn diagrams_bring_their_script() {
    let mut with = talk();
    with.shown[0].slide = "<pre class=\"mermaid\">graph TD</pre>".into();
    let (folder, written) = site(with);
    written.expect("written");
    let deck = std::fs::read_to_string(folder.path().join("site/talk/index.html")).expect("a page");
    assert!(deck.contains("<script src=\"../theme/mermaid.min.js\"></script>"));
    assert!(folder.path().join("site/theme/mermaid.min.js").is_file());
}

#[test]
fn a_theme_without_templates_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("highlight.js"), "").expect("written");
    let project = Project::at(folder.path());
    let error = write(&project, &Config::default(), &talk(), folder.path()).unwrap_err();
    assert!(
        format!("{error:#}").contains("no template book/theme/talk/deck.hbs"),
        "{error:#}"
    );
}

#[test]
fn the_highlighter_is_mdbooks() {
    for name in ["highlight.js", "highlight-493f70e1.js"] {
        assert!(is_highlighter(name), "{name}");
    }
    for name in [
        "highlighter.js",
        "highlight-.js",
        "highlight-rust.js",
        "highlight-493f70e1.css",
        "my-highlight.js",
    ] {
        assert!(!is_highlighter(name), "{name}");
    }
}
