//! The talk on a stage: live runs and what they fall back to.

mod common;

use std::thread::sleep;

use common::browser::Page;
use common::live::Live;
use common::stage::{PATIENCE_WITH_CLICKERS, PLACE, assert_calm, at, press, published};
use common::talk::{book, book_of_two_programs};

const STATUS: &str = "document.querySelector('.is-now .run-status').textContent";
const BADGE: &str = "document.querySelector('.is-now .run-badge').textContent";

#[test]
fn a_step_starts_a_live_run_and_leaving_ends_it() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("a_step_starts_a_live_run_and_leaving_ends_it");
    };
    let live = Live::of(book());
    let port = live.server.port;
    at(&page, port, "/talk/#/run");
    page.wait("!!document.querySelector('.is-now .run.is-panel')");
    assert_eq!(page.ask(BADGE), "LIVE");
    press(&page, "PageDown", "run 1");
    page.wait(&format!("{STATUS} === 'Running.'"));
    page.wait("!!document.querySelector('.is-now .run-chart .run-line.now')");
    page.wait(&format!("{STATUS}.includes(' in 2.00 s')"));
    assert_eq!(page.ask(BADGE), "LIVE");
    // Again by a key; and who goes on does not wait for it.
    page.press("r");
    page.wait("document.querySelector('.is-now .run-go').textContent === 'Stop'");
    press(&page, "PageDown", "chart 0");
    page.wait("document.querySelector('#run .run-status').textContent === 'Stopped.'");
    // Coming back, or loading anew, starts nothing.
    press(&page, "PageUp", "run 1");
    page.reload();
    page.wait(&format!(
        "{PLACE} === 'run 1' && !!document.querySelector('.is-now .run.is-panel')"
    ));
    assert_eq!(
        page.ask("document.querySelector('.is-now .run-go').textContent"),
        "Run"
    );
    assert_calm(&page, port);
}

/// The speaker's key starts a program on the slides; not in a window of them that nobody sees.
#[test]
fn the_speakers_key_starts_a_run_where_it_is_seen() {
    let Some(deck) = Page::open() else {
        return common::skipped_without_browser("the_speakers_key_starts_a_run_where_it_is_seen");
    };
    let live = Live::of(book());
    let port = live.server.port;
    let speaker = deck.beside();
    at(&deck, port, "/talk/#/run");
    deck.wait("!!document.querySelector('.is-now .run.is-panel')");
    // Of two tabs of one window one is hidden; here the windows are what the test says.
    let hidden = |is_hidden: bool| {
        deck.ask(&format!("(Object.defineProperty(document, 'hidden', {{ value: {is_hidden}, configurable: true }}), 1)"))
    };
    hidden(true);
    at(&speaker, port, "/talk/speaker/");
    speaker.wait("location.hash === '#/run'");
    speaker.press("PageDown");
    deck.wait(&format!("{PLACE} === 'run 1'"));
    assert_eq!(deck.ask(STATUS), "It runs on this machine.");
    speaker.press("PageUp");
    deck.wait(&format!("{PLACE} === 'run 0'"));
    hidden(false);
    speaker.press("PageDown");
    deck.wait(&format!("{STATUS}.includes(' in 2.00 s')"));
    assert_eq!(deck.ask(BADGE), "LIVE");
    // And again, by the key of its own.
    speaker.press("r");
    deck.wait("document.querySelector('.is-now .run-go').textContent === 'Stop'");
    assert_calm(&deck, port);
}

#[test]
fn a_live_run_falls_back_by_itself() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("a_live_run_falls_back_by_itself");
    };
    let live = Live::of(book());
    at(&page, live.server.port, "/talk/#/opening");
    // The deck has loaded the recording before anybody gets there.
    page.wait("performance.getEntriesByType('resource').some(({ name }) => name.includes('/results/runs/s04-release/'))");
    let Live { server, .. } = live;
    drop(server);
    press(&page, "End", "end 0");
    page.ask("(location.hash = '#/run', 1)");
    page.wait(&format!("{PLACE} === 'run 0'"));
    press(&page, "PageDown", "run 1");
    page.wait(&format!("{BADGE} === 'RECORDED'"));
    page.wait(&format!(
        "{STATUS}.includes(' in 3.00 s when it was recorded')"
    ));
    let text = page
        .ask("document.querySelector('.is-now .run').textContent")
        .to_string();
    for words in [
        "the server does not answer",
        "Another machine, 2026-01-02",
        "8,500",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_step_may_run_the_parent_first() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("a_step_may_run_the_parent_first");
    };
    let book = book_of_two_programs();
    let server = published(&book);
    at(&page, server.port, "/some/repo/talk/#/run");
    page.wait("!!document.querySelector('.is-now .run.is-panel')");
    // An impatient clicker: the second press comes before there is anything to be seen.
    page.ask(
        "([1, 2].forEach(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true }))), 1)",
    );
    assert_eq!(page.ask(PLACE), "run 1");
    page.wait(&format!("{STATUS}.includes(' in 3.00 s')"));
    let rows = "[...document.querySelectorAll('.is-now .run-ledger tbody th')].map(row => row.textContent)";
    let parent = "s03-replicas, workers 2, distance 500 µs";
    assert_eq!(page.ask_strings(rows), [format!("now: {parent}")]);
    press(&page, "PageDown", "run 2");
    page.wait(&format!(
        "{STATUS}.includes(' in 3.00 s') && {rows}.length === 2"
    ));
    let own = "s04-release, workers 8, distance 500 µs";
    let both = [format!("now: {own}"), format!("before: {parent}")];
    assert_eq!(page.ask_strings(rows), both);
    // Back and on again, without waiting for its end: the parent's run gives way.
    press(&page, "PageUp", "run 1");
    press(&page, "PageUp", "run 0");
    press(&page, "PageDown", "run 1");
    page.wait("document.querySelector('.is-now .run-go').textContent === 'Stop'");
    sleep(PATIENCE_WITH_CLICKERS);
    press(&page, "PageDown", "run 2");
    page.wait(&format!("{rows}[0] === 'now: {own}'"));
    assert_calm(&page, server.port);
}

#[test]
fn who_goes_on_ends_what_runs_first_and_the_next_is_live() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser(
            "who_goes_on_ends_what_runs_first_and_the_next_is_live",
        );
    };
    let book = book();
    // The first of the two would take a minute.
    let first = "<!-- run: s04-release workers=9 -->\n<!-- step -->\n{{#run s04-release}}";
    book.replace(
        "book/start/idea.md",
        "<!-- step -->\n{{#run s04-release}}",
        first,
    );
    let live = Live::of(book);
    at(&page, live.server.port, "/talk/#/run");
    page.wait("!!document.querySelector('.is-now .run.is-panel')");
    press(&page, "PageDown", "run 1");
    page.wait("document.querySelector('.is-now .run-ledger')?.textContent.includes('workers 9')");
    sleep(PATIENCE_WITH_CLICKERS);
    press(&page, "PageDown", "run 2");
    page.wait(&format!("{STATUS}.includes(' in 2.00 s')"));
    assert_eq!(page.ask(BADGE), "LIVE", "the first had left the server");
    let rows = "document.querySelector('.is-now .run-ledger').textContent";
    let rows = page.ask(rows).to_string();
    assert!(rows.contains("before: s04-release, workers 9"), "{rows}");
    assert_calm(&page, live.server.port);
}
