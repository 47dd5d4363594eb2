//! The talk's theme in a browser: colours of diagrams, keys that are given back, one clock for all speaker's views, and what
//! is said to whoever listens.

use crate::common;
use crate::common::browser::Page;
use crate::common::stage::{PACE, PLACE, Published, assert_calm, at, press, published};
use crate::common::talk::book;
use serde_json::json;

const SAID: &str = "document.querySelector('#announcer').textContent";

/// A slide with nothing but a diagram, behind all others of the cut but the last.
const DRAWN: &str = "<!-- slide: 30s cut=90 id=drawn -->\n\n## Drawn\n\n```mermaid\nflowchart LR\n    accTitle: Two\n    \
                     a[\"one\"] --> b[\"two\"]\n```\n\n<!-- notes: One, and two. -->\n\n<!-- /slide -->\n\n";

/// The book with that slide, published.
fn with_a_diagram() -> Published {
    let book = book();
    let last = "<!-- slide: 30s cut=20,45,90 id=end -->";
    let with = format!("{DRAWN}{last}");
    book.replace("book/appendix/bibliography.md", last, &with);
    published(&book)
}

/// Faces may come when everything else is loaded, at which the library of the diagrams would draw by itself: they are drawn
/// once, from their sources.
#[test]
fn diagrams_wait_for_late_faces() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("diagrams_wait_for_late_faces");
    };
    let server = with_a_diagram();
    page.begin_with(
        "FontFace.prototype.load = () => new Promise((resolve) =>
             addEventListener('load', () => setTimeout(resolve, 1200)))",
    );
    at(&page, server.port, "/some/repo/talk/#/drawn");
    page.wait("!!document.querySelector('pre.mermaid > svg[role=img] .node rect')");
    assert_eq!(
        page.ask("document.querySelectorAll('pre.mermaid > svg').length"),
        1
    );
    assert_calm(&page, server.port);
}

/// Chosen is light, the system is dark: from the first drawing on, and on paper.
#[test]
fn diagrams_have_the_colours_of_the_chosen_scheme() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("diagrams_have_the_colours_of_the_chosen_scheme");
    };
    let server = with_a_diagram();
    page.without_printing();
    at(&page, server.port, "/some/repo/talk/#/drawn");
    let drawn = "!!document.querySelector('pre.mermaid[data-processed] .node rect')";
    let fill = "getComputedStyle(document.querySelector('pre.mermaid .node rect')).fill";
    let (light, dark) = ("rgb(241, 244, 243)", "rgb(25, 34, 38)");
    page.wait(drawn);
    assert_eq!(page.ask(fill), light);
    page.show_at((1280, 720), "dark", "reduce");
    page.wait(&format!("{fill} === '{dark}'"));

    page.ask("(localStorage.setItem('workbook.talk.scheme.v1', '\"light\"'), 1)");
    // Drawn once, and not first in the other colours.
    page.begin_with(
        "window.fills = new Set();
         new MutationObserver(() => {
             const box = document.querySelector('pre.mermaid .node rect');
             if (box) fills.add(getComputedStyle(box).fill);
         }).observe(document, { subtree: true, childList: true })",
    );
    page.reload();
    page.wait(drawn);
    assert_eq!(page.ask_strings("[...fills]"), [light], "chosen");
    page.press("t");
    page.wait(&format!("{fill} === '{dark}'"));
    page.go(&format!(
        "http://127.0.0.1:{}/some/repo/talk/?print",
        server.port
    ));
    page.wait("document.documentElement.classList.contains('is-print')");
    assert_eq!(page.ask_strings("[...fills]"), [light], "paper");
    assert_calm(&page, server.port);
}

#[test]
fn what_was_pointed_at_keeps_no_keys() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("what_was_pointed_at_keeps_no_keys");
    };
    let server = published(&book());
    at(&page, server.port, "/some/repo/talk/speaker/");
    let place = "document.querySelector('.speaker-place').textContent.split(' ')[0]";
    page.click(".speaker-notes");
    page.press("ArrowDown");
    page.wait(&format!("{place} === '2'"));
    // Who came by the keyboard scrolls, and turns slides sideways.
    page.ask("(document.querySelector('.speaker-notes').focus(), 1)");
    page.press("ArrowDown");
    assert_eq!(page.ask(place), "2");
    page.press("ArrowRight");
    page.wait("document.querySelector('.speaker-left').textContent === '2 reveals left'");
    // To move over the cuts gives none.
    page.ask("(document.querySelector('.speaker-cuts a').focus(), 1)");
    page.press("ArrowRight");
    page.wait("document.querySelector('.speaker-left').textContent === '1 reveal left'");
    assert_eq!(
        page.ask_strings("[...document.querySelectorAll('.speaker-cuts [aria-current]')].map(cut => cut.textContent)"),
        ["90 min"]
    );
    // Who leans on a key goes on where nothing is lost by it.
    let lean = |key: &str| {
        page.ask(&format!(
            "(dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', repeat: true }})), 1)"
        ))
    };
    lean("+");
    page.wait("getComputedStyle(document.querySelector('.speaker-notes')).fontSize === '25px'");
    assert_calm(&page, server.port);

    at(&page, server.port, "/some/repo/talk/#/steps/2");
    lean("ArrowRight");
    assert_eq!(page.ask(PLACE), "steps 2");
    page.press("Escape");
    let focus = "document.activeElement.getAttribute('aria-label')";
    page.wait(&format!("{focus} === '2: Three steps'"));
    assert_eq!(
        page.ask("document.activeElement.getAttribute('aria-current')"),
        "true"
    );
    lean("ArrowRight");
    assert_eq!(page.ask(focus), "3: Three lines");
    lean("ArrowLeft");
    // The slide that is on stays as it is.
    page.press("Enter");
    page.wait("!document.querySelector('.is-overview')");
    assert_eq!(page.ask(PLACE), "steps 2");
    // What has opened the overview has the focus again.
    page.ask("(document.querySelector('.controls [data-act=overview]').focus(), 1)");
    page.press("Enter");
    page.wait("!!document.querySelector('.is-overview')");
    page.press("Escape");
    page.wait("!document.querySelector('.is-overview') && document.activeElement.dataset.act === 'overview'");
    // What cannot be used has no keys.
    page.ask("(document.querySelector('.controls [data-act=next]').focus(), 1)");
    press(&page, "End", "end 0");
    assert_eq!(page.ask("document.activeElement.tagName"), "BODY");
    assert_calm(&page, server.port);
}

/// Whoever looks second takes nothing from the first, and to open the slides somewhere starts no clock.
#[test]
fn two_speakers_views_have_one_clock() {
    let Some(one) = Page::open() else {
        return common::skipped_without_browser("two_speakers_views_have_one_clock");
    };
    let server = published(&book());
    let (two, deck) = (one.beside(), one.beside());
    for speaker in [&one, &two] {
        at(speaker, server.port, "/some/repo/talk/speaker/");
    }
    at(&deck, server.port, "/some/repo/talk/#/code");
    for speaker in [&one, &two] {
        speaker.wait("document.querySelector('.speaker-place').textContent.startsWith('3 / 7')");
        assert_eq!(speaker.ask(PACE), "not started");
    }
    one.look();
    one.press("q");
    one.wait(&format!("{PACE} === 'in time'"));
    two.wait(&format!("{PACE} === 'in time'"));
    one.press("q");
    two.wait(&format!("{PACE} === 'paused, in time'"));
    // Longer than from one tick to the next.
    std::thread::sleep(std::time::Duration::from_millis(1200));
    let saved =
        "Object.entries(localStorage).find(([key]) => key.startsWith('workbook.talk.clock'))[1]";
    assert_eq!(
        one.ask(&format!("JSON.parse({saved}).clock.since")),
        json!(null),
        "nothing runs"
    );
    two.look();
    two.press("q");
    one.wait(&format!("{PACE} === 'in time'"));
    assert_calm(&one, server.port);
}

#[test]
fn who_listens_hears_what_has_come() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("who_listens_hears_what_has_come");
    };
    let server = published(&book());
    at(&page, server.port, "/some/repo/talk/#/chart");
    press(&page, "ArrowRight", "chart 1");
    let said = page.ask(SAID).to_string();
    assert!(
        said.contains("far, ") && said.contains("Step 1 of 1.") && !said.contains("near"),
        "{said}"
    );
    at(&page, server.port, "/some/repo/talk/speaker/#/steps");
    assert_eq!(page.ask(SAID), "Three steps. Slide 2 of 7, step 0 of 3.");
    page.press("ArrowRight");
    page.wait(&format!("{SAID} === 'the first Step 1 of 3.'"));
    assert_calm(&page, server.port);
}
