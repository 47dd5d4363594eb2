//! The talk on a stage: live runs and what they fall back to.

use std::thread::sleep;

use crate::common;
use crate::common::browser::Page;
use crate::common::live::Live;
use crate::common::stage::{PATIENCE_WITH_CLICKERS, PLACE, assert_calm, at, press, published};
use crate::common::talk::{book, book_of_two_programs};

const STATUS: &str = "document.querySelector('.is-now .run-status').textContent";
const BADGE: &str = "document.querySelector('.is-now .run-badge').textContent";

/// Goes to the next slide, whatever is left of this one.
fn leave_out(page: &Page) {
    page.ask(
        "(document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', shiftKey: true, bubbles: true })), 1)",
    );
}

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
    // Again by a key; and to leave the slide ends it.
    page.press("r");
    page.wait("document.querySelector('.is-now .run-go').textContent === 'Stop'");
    leave_out(&page);
    page.wait(&format!("{PLACE} === 'chart 0'"));
    page.wait("document.querySelector('#run .run-status').textContent === 'Stopped.'");
    // Coming back, or loading anew, starts nothing; and the next key goes on.
    press(&page, "PageUp", "run 1");
    page.reload();
    page.wait(&format!(
        "{PLACE} === 'run 1' && !!document.querySelector('.is-now .run.is-panel')"
    ));
    assert_eq!(
        page.ask("document.querySelector('.is-now .run-go').textContent"),
        "Run"
    );
    press(&page, "PageDown", "chart 0");
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
    page.wait(&format!("{BADGE} === 'REPLAY'"));
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
    // Its recording is there, and must not be told.
    page.wait(
        "document.querySelector('.is-now .run-source')?.textContent.includes('Another machine')",
    );
    // An impatient clicker: the second press comes before there is anything to be seen.
    page.ask(
        "([1, 2].forEach(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true }))), 1)",
    );
    assert_eq!(page.ask(PLACE), "run 1");
    page.wait(&format!("{STATUS}.includes(' in 3.00 s')"));
    let rows = "[...document.querySelectorAll('.is-now .run-ledger tbody th')].map(row => row.textContent)";
    let parent = "s03-replicas, workers 2, distance 500 µs";
    assert_eq!(page.ask_strings(rows), [format!("now: {parent}")]);
    let before = "document.querySelector('.is-now .scene-before').textContent";
    assert_eq!(page.ask(before), "");
    press(&page, "PageDown", "run 2");
    page.wait(&format!(
        "{STATUS}.includes(' in 3.00 s') && {rows}.length === 2"
    ));
    let own = "s04-release, workers 8, distance 500 µs";
    let both = [format!("now: {own}"), format!("before: {parent}")];
    assert_eq!(page.ask_strings(rows), both);
    // What the room sees of it: two numbers, and where they are from.
    let scene = page.ask("document.querySelector('.is-now .scene-facts').textContent");
    let scene = scene.to_string();
    for words in ["REPLAY", "lines a second", "before: "] {
        assert!(scene.contains(words), "{words}: {scene}");
    }
    // Back and on again: as if it were the first time.
    press(&page, "PageUp", "run 1");
    press(&page, "PageUp", "run 0");
    press(&page, "PageDown", "run 1");
    page.wait(&format!("{rows}[0] === 'now: {parent}'"));
    page.wait(&format!("{STATUS}.includes(' in 3.00 s')"));
    assert_eq!(page.ask_strings(rows), [format!("now: {parent}")]);
    assert_eq!(page.ask(before), "");
    assert_calm(&page, server.port);
}

/// The first of two programs would take a minute: as long as it runs, the key that goes on does nothing.
#[test]
fn the_next_press_waits_for_the_end_of_a_run() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("the_next_press_waits_for_the_end_of_a_run");
    };
    let book = book();
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
    page.press("PageDown");
    page.press(" ");
    assert_eq!(page.ask(PLACE), "run 1");
    assert_eq!(
        page.ask("document.querySelector('.is-now .run-go').textContent"),
        "Stop",
        "it runs on"
    );
    // Who stops it, or leaves it out, goes on; and the next is live.
    page.press("r");
    page.wait(&format!("{STATUS} === 'Stopped.'"));
    press(&page, "PageDown", "run 2");
    page.wait(&format!("{STATUS}.includes(' in 2.00 s')"));
    assert_eq!(page.ask(BADGE), "LIVE", "the first had left the server");
    assert_calm(&page, live.server.port);
}

/// A clicker may be faster than the scripts: a step before there are panels starts its program as soon as there is one, unless it
/// was taken back.
#[test]
fn a_step_before_there_are_panels_starts_its_run_later() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser(
            "a_step_before_there_are_panels_starts_its_run_later",
        );
    };
    let server = published(&book());
    // The module of the panels comes when the test says so.
    let held = "/theme/run.js";
    page.hold(held);
    at(&page, server.port, "/some/repo/talk/#/run");
    let made = "!!document.querySelector('.is-now .run-go')";
    press(&page, "PageDown", "run 1");
    sleep(PATIENCE_WITH_CLICKERS);
    page.press("PageDown");
    assert_eq!(page.ask(PLACE), "run 1", "what is to start is waited for");
    assert_eq!(page.ask(made), false);
    page.let_go();
    page.wait(&format!("{STATUS}.includes(' in 3.00 s')"));
    assert_calm(&page, server.port);
    // Taken back.
    page.hold(held);
    at(&page, server.port, "/some/repo/talk/#/run");
    press(&page, "PageDown", "run 1");
    press(&page, "PageUp", "run 0");
    page.let_go();
    page.wait(made);
    press(&page, "PageDown", "run 1");
    page.wait(&format!("{STATUS}.includes(' in 3.00 s')"));
    assert_eq!(
        page.ask("document.querySelectorAll('.is-now .run-ledger tbody th').length"),
        1,
        "it ran once"
    );
    assert_calm(&page, server.port);
}
