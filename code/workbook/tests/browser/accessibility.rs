//! What axe-core finds on every kind of page, light and dark: nothing that is serious or critical.
//!
//! axe-core is not ours to ship: `.ci/run` installs it into `target/axe`, and without it there is nothing to test with.

use crate::common;
use crate::common::browser::Page;
use crate::common::fixture::Fixture;
use crate::common::live::Live;
use crate::common::recorded::book;
use crate::common::server::Server;
use crate::common::{project, skipped_or_failed};

/// Where `.ci/run` has put it.
const AXE: &str = "target/axe/node_modules/axe-core/axe.min.js";

/// One page of each kind, and what is done on it first.
const PAGES: [(&str, &str); 13] = [
    ("", "1"),
    ("start/how-to-read.html", "1"),
    ("evolution/s04-release.html", "1"),
    // The evidence of a claim, and the numbers of a chart.
    (
        "evolution/s05-elastic.html",
        "(document.querySelector('.claim-mark').click(), document.querySelector('.chart-data').open = true)",
    ),
    (
        "mapping/channels-are-queues.html",
        "(document.querySelector('.twin [data-choice=both]').click(), 1)",
    ),
    ("appendix/bibliography.html", "1"),
    ("404.html", "1"),
    // A slide, the keys that it has, and the speaker's view of it.
    ("talk/", "1"),
    (
        "talk/?cut=45",
        "(dispatchEvent(new KeyboardEvent('keydown', { key: '?' })), 1)",
    ),
    (
        "talk/?cut=20",
        "(dispatchEvent(new KeyboardEvent('keydown', { key: 'o' })), 1)",
    ),
    // All slides with all their steps.
    ("talk/?print=notes", "1"),
    ("talk/speaker/", "1"),
    (
        "appendix/glossary.html",
        "(document.querySelector('#mdbook-search-toggle').click(), 1)",
    ),
];

/// axe-core and a browser; what is missing is said.
fn tools(test: &str) -> Option<(String, Page)> {
    let Ok(axe) = std::fs::read_to_string(project().join(AXE)) else {
        skipped_or_failed(test, &format!("there is no {AXE}; `.ci/run` installs it"));
        return None;
    };
    let Some(page) = Page::open() else {
        common::skipped_without_browser(test);
        return None;
    };
    Some((axe, page))
}

/// What it says of the page as it is now, one line for each kind of mistake.
fn mistakes(page: &Page, axe: &str) -> Vec<String> {
    page.ask(&format!("(() => {{ {axe}; return 1 }})()"));
    page.ask(
        "(window.judged = undefined, axe.run(document, { resultTypes: ['violations'] }).then(
            ({ violations }) => window.judged = violations
                .filter(({ impact }) => ['serious', 'critical'].includes(impact))
                .map(({ id, help, nodes }) => `${id}: ${help}: ` + nodes.slice(0, 3)
                    .map(({ html, any }) => `${html.slice(0, 300)} (${any.map(({ message }) => message)})`).join(' | ')),
            (error) => window.judged = [`axe failed: ${error}`]), 1)",
    );
    page.wait("Array.isArray(window.judged)");
    page.ask_strings("window.judged")
}

/// What it says of all kinds of pages, light or dark.
fn mistakes_of_all(page: &Page, axe: &str, port: u16, scheme: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    page.without_printing();
    page.show_as(1280, scheme);
    for (path, act) in PAGES {
        page.go(&format!("http://127.0.0.1:{port}/{path}"));
        page.ask(act);
        page.wait(
            "!location.search.includes('print') || document.documentElement.matches('.is-print')",
        );
        let found = mistakes(page, axe);
        wrong.extend((found.iter()).map(|mistake| format!("/{path}, {scheme}: {mistake}")));
    }
    wrong
}

#[test]
fn no_page_has_a_serious_mistake() {
    let Some((axe, page)) = tools("no_page_has_a_serious_mistake") else {
        return;
    };
    let dark = Page::open().expect("a second window");
    let server = Server::of_this_book();
    let (axe, port) = (&axe, server.port);
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let night = scope.spawn(|| mistakes_of_all(&dark, axe, port, "dark"));
        let by_day = mistakes_of_all(&page, axe, port, "light");
        [by_day, night.join().expect("no panic")].concat()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A panel at rest, and when it has all that it may have; and a book in one page, as it is printed.
#[test]
fn no_state_of_a_panel_has_a_serious_mistake() {
    let Some((axe, page)) = tools("no_state_of_a_panel_has_a_serious_mistake") else {
        return;
    };
    let live = Live::of(book());
    let address = format!("http://127.0.0.1:{}", live.server.port);
    let mut wrong = Vec::new();
    for (scheme, width) in [("light", 1280), ("dark", 390)] {
        let mut judge = |state: &str| {
            let found = mistakes(&page, &axe);
            wrong.extend(
                found
                    .iter()
                    .map(|mistake| format!("{state}, {scheme}: {mistake}")),
            );
        };
        page.show_as(width, scheme);
        page.go(&format!("{address}/start/idea.html"));
        page.wait("!!document.querySelector('.run.is-panel')");
        judge("at rest");
        page.ask("(document.querySelector('.run-go').click(), 1)");
        page.wait("!!document.querySelector('.run-line.now')");
        judge("running");
        page.wait("/ in [0-9]/.test(document.querySelector('.run-status').textContent)");
        page.ask("(document.querySelector('.run-report').open = true)");
        judge("at the end");
        page.without_printing();
        page.go(&format!("{address}/print.html"));
        judge("the printed book");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A play before, in and after its bad end, and its repaired version.
#[test]
fn no_state_of_a_play_has_a_serious_mistake() {
    let Some((axe, page)) = tools("no_state_of_a_play_has_a_serious_mistake") else {
        return;
    };
    let book = Fixture::new();
    book.dress();
    book.append("book/start/idea.md", "\n{{#play asked-to-leave}}\n");
    let server = Server::start(book.root());
    let mut wrong = Vec::new();
    for (scheme, width) in [("light", 1440), ("dark", 390)] {
        page.show_as(width, scheme);
        page.go(&format!(
            "http://127.0.0.1:{}/start/idea.html?{width}",
            server.port
        ));
        page.ask("(document.querySelector('.play').scrollIntoView(), 1)");
        page.wait("!!document.querySelector('.play.is-playing')");
        // The shortest way plays without the time between two steps.
        page.ask("(window.setTimeout = act => { queueMicrotask(act); return 1; }, 1)");
        for press in [
            "play-choice",
            "play-choice",
            "play-shortest",
            "play-version[data-version=repaired]",
        ] {
            page.ask(&format!("(document.querySelector('.{press}').click(), 1)"));
            let found = mistakes(&page, &axe);
            wrong.extend(
                (found.iter()).map(|mistake| format!("after .{press}, {scheme}: {mistake}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// It finds something where there is something, or the tests above would always pass.
#[test]
fn mistakes_are_found() {
    let Some((axe, page)) = tools("mistakes_are_found") else {
        return;
    };
    let book = book();
    let server = Server::start(book.root());
    page.go(&format!("http://127.0.0.1:{}/start/idea.html", server.port));
    page.ask("(document.querySelector('main').append(document.createElement('button')), 1)");
    let found = mistakes(&page, &axe);
    assert!(
        found
            .iter()
            .any(|mistake| mistake.starts_with("button-name")),
        "{found:?}"
    );
}
