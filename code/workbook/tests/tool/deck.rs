//! The talk without a browser: what is told of its slides, what its pages hold, and its running order.

use crate::common::fixture::Fixture;
use crate::common::http::get;
use crate::common::server::Server;
use crate::common::talk::{book, book_of_two_programs};
use crate::common::{errors, text, workbook};

#[test]
fn what_no_panel_runs_and_no_chart_has_is_told() {
    let book = book_of_two_programs();
    book.replace(
        "book/start/idea.md",
        "s03-replicas workers=2",
        "s03-replicas workes=2",
    );
    book.replace("book/appendix/bibliography.md", "steps: 2|1", "steps: 2|3");
    book.replace("book/start/idea.md", "lines=1|2-3", "lines=1|2-9");
    let output = workbook(book.root(), &["build", "--out", "site"]);
    let told = errors(&output);
    for (file, mark, message) in [
        (
            "book/start/idea.md",
            "<!-- run:",
            "s03-replicas has no parameter workes",
        ),
        (
            "book/start/idea.md",
            "```rust lines=",
            "the code has 3 lines, and no line 4",
        ),
        (
            "book/appendix/bibliography.md",
            "<!-- steps:",
            "the chart has 2 parts, and no part 3",
        ),
    ] {
        let text = std::fs::read_to_string(book.root().join(file)).expect("a chapter");
        let line = 1 + text
            .lines()
            .take_while(|line| !line.starts_with(mark))
            .count();
        let problem = format!("{file}:{line}: {message}");
        assert!(told.contains(&problem), "{problem}: {told}");
    }
}

/// Nobody reads the notes over a shoulder, and a reader of the book does not see that it is a talk, too.
#[test]
fn notes_are_the_speakers_and_marks_are_nobodys() {
    let book = book();
    let server = Server::start(book.root());
    for path in ["/talk/", "/start/idea.html", "/print.html"] {
        let text = get(server.port, path).text();
        for part in [
            "Good evening",
            "slide-only",
            "<!-- notes",
            "<!-- slide",
            "<!-- step",
        ] {
            assert!(!text.contains(part), "{path}: {part}");
        }
    }
    let speaker = get(server.port, "/talk/speaker/").text();
    assert!(speaker.contains("Good evening") && speaker.contains("content=\"noindex\""));
    let chapter = get(server.port, "/start/idea.html").text();
    assert!(
        chapter.contains("A paragraph that only readers see.") && !chapter.contains("Few words")
    );
    for path in ["/talk", "/talk/speaker"] {
        let answer = get(server.port, &format!("{path}?cut=45"));
        assert_eq!(answer.status, 307);
        assert_eq!(answer.header("location"), Some(&*format!("{path}/?cut=45")));
    }
    let policy = get(server.port, "/talk/");
    let policy = policy.header("content-security-policy").expect("a policy");
    assert!(
        !policy.contains("sha256"),
        "the talk has no inline script: {policy}"
    );
}

#[test]
fn the_running_order_has_its_times_and_mistakes_their_lines() {
    let book = book();
    let output = workbook(book.root(), &["list", "--talk", "--cut", "45"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let order = text(&output);
    assert!(
        order.starts_with("45 minutes: 4 slides, 5:00 planned\n"),
        "{order}"
    );
    for line in [
        "   1:00   1:30  Three steps  ",
        "  steps    book/start/idea.md:",
    ] {
        assert!(order.contains(line), "{line:?}: {order}");
    }
    book.write("book/start/long.md", "# Long\n\n<!-- slide: 600s cut=20 -->\n\n<!-- /slide -->\n\n<!-- slide: 600s cut=20 -->\n\n<!-- slide-only: x -->\n");
    book.append("book/SUMMARY.md", "- [Long](start/long.md)\n");
    let output = workbook(book.root(), &["list", "--talk", "--cut", "20"]);
    assert!(
        errors(&output).contains("book/start/long.md:7: the slide has no end"),
        "{}",
        errors(&output)
    );
    book.replace(
        "book/start/long.md",
        "x -->\n",
        "x -->\n\n<!-- /slide -->\n",
    );
    let output = workbook(book.root(), &["list", "--talk", "--cut", "20"]);
    let order = text(&output);
    assert!(
        order.starts_with("20 minutes: 4 slides, 21:30 planned: over by 1:30\n"),
        "{order}"
    );
    assert_eq!(errors(&output), "");
}

#[test]
fn a_book_without_slides_has_no_running_order() {
    let book = Fixture::new();
    let output = workbook(book.root(), &["list", "--talk"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    assert_eq!(text(&output), "the book has no slides\n");
    let output = workbook(book.root(), &["list", "--talk", "--json"]);
    assert_eq!(text(&output), "[]\n");
}

#[test]
fn a_rehearsal_stands_beside_its_own_cut_only() {
    let book = book();
    book.write(
        "times.json",
        r#"{"cut": 20, "real_s": 90, "slides": [{"id": "opening", "real_s": 70}, {"id": "lost", "real_s": 20}]}"#,
    );
    let list = |cut: &str| {
        workbook(
            book.root(),
            &["list", "--talk", "--cut", cut, "--rehearsal", "times.json"],
        )
    };
    let output = list("20");
    let order = text(&output);
    assert!(
        order.ends_with("took 1:30, 0:20 of it on slides that are gone: lost\n"),
        "{order}"
    );
    let output = list("45");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        errors(&output),
        "error: the rehearsal was of the cut of 20 minutes, not of that of 45\n"
    );
}
