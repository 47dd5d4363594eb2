//! What a page offers to a reader's eye: tables as cards on a phone, one chart of several, evidence in the margin and on paper,
//! the steps in the contents.

use crate::common;
use crate::common::browser::Page;
use crate::common::fileserver::FileServer;
use crate::common::fixture::Fixture;
use crate::common::{errors, workbook};

/// The small book with the theme of our pages, and more on its first page; published.
fn published(more: &str) -> (Fixture, FileServer) {
    let book = Fixture::new();
    book.dress();
    book.append("book/start/idea.md", more);
    let output = workbook(book.root(), &["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let server = FileServer::start(&book.root().join("site"), "b");
    (book, server)
}

fn go(page: &Page, server: &FileServer, path: &str) {
    page.go(&format!("http://127.0.0.1:{}/b/{path}", server.port));
    page.wait("!!document.querySelector('.skip-link')");
}

/// The text in front of a cell, which the style sheet puts there.
const COLUMN: &str =
    "getComputedStyle(document.querySelector('td:nth-child(3)'), '::before').content";
const DISPLAY: &str = "getComputedStyle(document.querySelector('main tbody tr')).display";

#[test]
fn a_table_of_many_columns_is_cards_on_a_phone() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("a_table_of_many_columns_is_cards_on_a_phone");
    };
    let (_book, server) = published("\n| a | b | c | d |\n|---|---|--:|---|\n| one | 2 | 3 | |\n");
    page.show_as(1280, "light");
    go(&page, &server, "start/idea.html");
    page.wait("!!document.querySelector('table.has-cards')");
    assert_eq!(page.ask(DISPLAY), "table-row");
    page.show_as(390, "light");
    assert_eq!(page.ask(DISPLAY), "block");
    assert_eq!(page.ask(COLUMN), "\"c\"");
    let seen =
        "[...document.querySelectorAll('main tbody td')].map(cell => cell.checkVisibility())";
    assert_eq!(page.ask(seen).to_string(), "[true,true,true,false]");
    assert_eq!(
        page.ask("document.querySelector('main tbody tr').getAttribute('role')"),
        "row"
    );
}

#[test]
fn of_several_charts_one_is_shown_and_all_are_printed() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser(
            "of_several_charts_one_is_shown_and_all_are_printed",
        );
    };
    let charts = "\n<div class=\"chart-tabs\" data-names=\"one way|other way\">\n\n{{#chart evolution}}\n\n{{#chart other}}\n\n</div>\n";
    let book = Fixture::new();
    book.dress();
    book.append(
        "book/charts.toml",
        "\n[other]\ntitle = \"The same\"\nkind = \"bars\"\nmetric = \"lines_per_s\"\ncases = [\"evolution/s00-one\"]\nalt = \"A bar.\"\n",
    );
    book.append("book/start/idea.md", charts);
    let output = workbook(book.root(), &["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let server = FileServer::start(&book.root().join("site"), "b");
    page.show_as(1280, "light");
    go(&page, &server, "start/idea.html");
    page.wait("!!document.querySelector('.chart-choice')");
    let seen =
        "[...document.querySelectorAll('main .chart')].map(chart => chart.checkVisibility())";
    assert_eq!(page.ask(seen).to_string(), "[true,false]");
    page.ask("(document.querySelectorAll('.chart-choice input')[1].click(), 1)");
    assert_eq!(page.ask(seen).to_string(), "[false,true]");
    page.show_on("print");
    assert_eq!(page.ask(seen).to_string(), "[true,true]");
    page.show_on("screen");
    go(&page, &server, "start/idea.html?#chart-other");
    page.wait("document.querySelectorAll('.chart-choice input')[1].checked");
}

#[test]
fn evidence_is_beside_the_text_and_on_paper_behind_it() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser(
            "evidence_is_beside_the_text_and_on_paper_behind_it",
        );
    };
    let (_book, server) = published("");
    page.show_as(1440, "light");
    go(&page, &server, "evolution/s00-one.html");
    let note = "document.querySelector('.claim-evidence')";
    assert_eq!(page.ask(&format!("{note}.checkVisibility()")), false);
    // Nothing stands beside a mark that is not in the window.
    page.ask("(document.querySelector('.claim-mark').scrollIntoView({ block: 'center', behavior: 'instant' }), 1)");
    page.ask("(document.querySelector('.claim-mark').click(), 1)");
    page.wait(&format!("{note}.checkVisibility()"));
    let text = "document.querySelector('main > p')";
    page.wait(&format!(
        "{note}.getBoundingClientRect().left >= {text}.getBoundingClientRect().right"
    ));
    // At the height of its mark, above or below it.
    let mark = "document.querySelector('.claim-mark').getBoundingClientRect()";
    page.wait(&format!(
        "{note}.getBoundingClientRect().top - 40 < {mark}.top && {note}.getBoundingClientRect().bottom + 40 > {mark}.bottom"
    ));
    let is_inside = format!("{note}.getBoundingClientRect().right <= innerWidth");
    assert_eq!(page.ask(&is_inside), true);
    page.press("Escape");
    page.wait(&format!("!{note}.checkVisibility()"));
    // A number says there where it is from.
    page.ask("(document.querySelector('main .measured').click(), 1)");
    page.wait("document.querySelector('.number-note').textContent.includes('median 1,000')");
    page.wait("document.querySelector('.number-note').checkVisibility()");
    page.press("Escape");
    page.wait("!document.querySelector('.number-note').checkVisibility()");
    page.show_on("print");
    let is_behind = format!(
        "{note}.checkVisibility() && {note}.getBoundingClientRect().top > \
         [...document.querySelectorAll('main > p')].at(-1).getBoundingClientRect().bottom"
    );
    assert_eq!(page.ask(&is_behind), true);
    page.show_on("screen");
}

/// A reader without a pointer finds where the numbers of a section are from at its end.
#[test]
fn where_numbers_are_from_is_found_by_keyboard() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("where_numbers_are_from_is_found_by_keyboard");
    };
    let (_book, server) = published("");
    page.show_as(1280, "light");
    go(&page, &server, "evolution/s00-one.html");
    let summary = "document.querySelector('.section-sources > summary')";
    page.wait(&format!("!!{summary}"));
    let height = format!("{summary}.parentElement.offsetHeight");
    assert_eq!(page.ask(&height), 1, "it takes no room");
    let has_focus = format!("document.activeElement === {summary}");
    let mut tabs = (0..200).take_while(|_| page.ask(&has_focus) == false);
    tabs.by_ref().for_each(|_| page.press("Tab"));
    assert_eq!(page.ask(&has_focus), true);
    assert_eq!(page.ask(&format!("{height} > 10")), true, "it is seen");
    page.press("Enter");
    page.wait("document.querySelector('.section-sources li').textContent.includes('median 1,000')");
    page.wait("document.querySelector('.section-sources li').checkVisibility()");
    assert_eq!(page.take_seen().errors, [""; 0]);
}

#[test]
fn the_contents_have_the_number_and_the_rate_of_a_step() {
    let (book, _server) = published("");
    for entry in std::fs::read_dir(book.root().join("site")).expect("a site") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if name.starts_with("toc") {
            let text = std::fs::read_to_string(&path).expect("a text");
            let link =
                "<a href=\"evolution/s00-one.html\" data-number=\"s00\" data-rate=\"1,000/s\"";
            assert!(text.contains(link), "{name}: {text}");
        }
    }
}
