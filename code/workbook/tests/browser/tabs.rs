//! The served book in as many tabs as a reader opens: more than a browser opens connections.

use crate::common;
use crate::common::browser::Page;
use crate::common::fixture::Fixture;
use crate::common::server::Server;

/// More than the six connections that a browser opens to one host.
const TABS: usize = 8;

#[test]
fn every_tab_loads_and_hears_of_changes() {
    let Some(first) = Page::open() else {
        return common::skipped_without_browser("every_tab_loads_and_hears_of_changes");
    };
    let book = Fixture::new();
    // mdBook's own theme asks for fonts, which the policy of a served page refuses.
    book.dress();
    let server = Server::start(book.root());
    let address = format!("http://127.0.0.1:{}/start/idea.html", server.port);
    let mut tabs = vec![first];
    while tabs.len() < TABS {
        tabs.push(tabs[0].beside());
    }
    for tab in &tabs {
        tab.go(&address);
    }
    // What a page asks for besides, as a run does, is answered.
    for tab in &tabs {
        tab.ask("(fetch('/api/programs').then(() => window.isAnswered = true), 1)");
        tab.wait("window.isAnswered === true");
    }
    book.append("book/start/idea.md", "\nA new sentence.\n");
    for tab in &tabs {
        tab.look();
        tab.wait("document.body.textContent.includes('A new sentence.')");
        assert_eq!(tab.take_seen().errors, [""; 0]);
    }

    // A build that fails is told in the page, once, and so is its end.
    let summary = std::fs::read_to_string(book.root().join("book/SUMMARY.md")).expect("read");
    std::fs::remove_file(book.root().join("book/SUMMARY.md")).expect("removed");
    let tab = &tabs[TABS - 1];
    tab.wait(
        "document.querySelector('#workbook-failed')?.textContent.includes('SUMMARY.md') === true",
    );
    tab.ask("(document.querySelector('#workbook-failed').isTheSame = true, 1)");
    book.write("book/SUMMARY.md", &summary);
    tab.wait("document.readyState === 'complete' && !document.querySelector('#workbook-failed')");
}
