//! A panel that replays what was recorded, on the static site; and what is read where it cannot.

use serde_json::json;

use super::hand::{BADGE, STATUS, assert_calm, go, tab_to};
use crate::common;
use crate::common::browser::Page;
use crate::common::fileserver::FileServer;
use crate::common::recorded::book;
use crate::common::server::Server;

#[test]
fn sliders_of_the_static_site_choose_among_recorded_runs() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser(
            "sliders_of_the_static_site_choose_among_recorded_runs",
        );
    };
    let book = book();
    let output = common::workbook(book.root(), &["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{}", common::errors(&output));
    let server = FileServer::start(&book.root().join("site"), "under/a/path");
    let port = server.port;
    // The first page is a copy at the root of the site: recordings are found from there, too.
    for place in ["start/idea.html", ""] {
        let address = format!("http://127.0.0.1:{port}/under/a/path/{place}");
        go(&page, &address);
        assert_eq!(page.ask(BADGE), "RECORDED");
        page.wait(
            "document.querySelector('.run-source').textContent === 'Another machine, 2026-01-02'",
        );
        assert_eq!(
            page.ask("document.querySelector('.run-measure').checkVisibility()"),
            false
        );
        tab_to(&page, ".run input[type=range]");
        assert_eq!(
            page.ask("document.activeElement.getAttribute('aria-valuetext')"),
            "8"
        );
        page.press("ArrowLeft");
        assert_eq!(
            page.ask("document.activeElement.getAttribute('aria-valuetext')"),
            "2"
        );
        page.wait(&format!("{STATUS} === 'Replaying.'"));
        page.wait("document.querySelector('.run-ledger').textContent.includes('workers 2')");
        page.wait(&format!("{STATUS}.includes(' in 3.00 s')"));
        let ledger = page
            .ask("document.querySelector('.run-ledger').textContent")
            .to_string();
        assert!(ledger.contains("2,500"), "{ledger}");
        // The usual run, which was recorded there too, is what it is compared with.
        assert_eq!(
            page.ask(STATUS),
            "2 workers instead of 8: 0.29 × the lines a second, 833 instead of 2,830 (2,500 lines in 3.00 s when it was recorded)."
        );
        tab_to(&page, ".run input[type=range]");
        page.press("ArrowLeft");
        // Another choice in the middle of a replay begins that one.
        page.wait("document.querySelector('.run-ledger').textContent.includes('now: s04-release, workers 2, distance 0 µs')");
        page.press("ArrowRight");
        page.wait("document.querySelector('.run-ledger').textContent.includes('now: s04-release, workers 2, distance 500 µs')");
        assert_eq!(
            page.ask("location.href"),
            address,
            "no arrow turns the page"
        );
        assert_calm(&page, port);
    }
}

/// Without scripts and on paper a panel says what was recorded.
#[test]
fn a_panel_is_a_sentence_where_it_cannot_run() {
    let book = book();
    let output = common::workbook(book.root(), &["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{}", common::errors(&output));
    let html = std::fs::read_to_string(book.root().join("site/start/idea.html")).expect("a page");
    for words in [
        "was recorded on 2026-01-02 (Another machine)",
        "it read 8,500",
        "cargo run --release -- run s04-release",
    ] {
        assert!(html.contains(words), "{words}");
    }
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("a_panel_is_a_sentence_where_it_cannot_run");
    };
    let server = Server::start(book.root());
    go(
        &page,
        &format!("http://127.0.0.1:{}/start/idea.html", server.port),
    );
    let shown = "['.run-fallback', '.run-fields', '.run-go'].map(part => document.querySelector(part).checkVisibility())";
    assert_eq!(page.ask(shown), json!([false, true, true]));
    page.show_on("print");
    assert_eq!(page.ask(shown), json!([true, false, false]));
}

/// An idle panel asks something over the usual run, the button answers it, and nothing below the panel moves.
#[test]
fn an_idle_panel_asks_and_keeps_its_room() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("an_idle_panel_asks_and_keeps_its_room");
    };
    let book = book();
    let far = "<p>Far.</p>\n".repeat(200);
    book.append("book/start/idea.md", &format!("\n{far}\n## Below\n\n{far}"));
    let output = common::workbook(book.root(), &["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{}", common::errors(&output));
    let server = FileServer::start(&book.root().join("site"), "under/a/path");
    let address = format!(
        "http://127.0.0.1:{}/under/a/path/start/idea.html#below",
        server.port
    );
    go(&page, &address);
    let top = "document.querySelector('#below').getBoundingClientRect().top";
    page.wait(&format!("{top} >= 0 && {top} < 120"));
    let height = "document.querySelector('.run').offsetHeight";
    let before = page.ask(height);
    assert_eq!(
        page.ask("!!document.querySelector('.run-chart svg')"),
        false,
        "it is far away"
    );
    page.ask("(document.querySelector('.run').scrollIntoView(), 1)");
    page.wait("!!document.querySelector('.run-chart.is-faint .run-line')");
    assert_eq!(page.ask(height), before);
    let question = "document.querySelector('.run-ask p').textContent";
    assert_eq!(page.ask(question), "Predict: 32 workers instead of 8?");
    tab_to(&page, ".run-see");
    page.press("Enter");
    page.wait(&format!(
        "{STATUS}.startsWith('32 workers instead of 8: 3.8 × the lines a second')"
    ));
    assert_calm(&page, server.port);
}
