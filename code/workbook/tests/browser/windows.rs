//! The windows of one talk: decks of different cuts, and a speaker's view that comes first, or late.

use std::time::Duration;

use crate::common;
use crate::common::browser::Page;
use crate::common::stage::{BLANK, PACE, PLACE, at, press, published};
use crate::common::talk::book;

/// What the speaker's view says of its link to the slides.
const LINK: &str = "document.querySelector('.speaker-link').textContent";

#[test]
fn windows_that_do_not_agree_do_not_fight() {
    let Some(short) = Page::open() else {
        return common::skipped_without_browser("windows_that_do_not_agree_do_not_fight");
    };
    let server = published(&book());
    let (long, speaker) = (short.beside(), short.beside());
    let place = "document.querySelector('.speaker-place').textContent";

    // Alone.
    at(&speaker, server.port, "/some/repo/talk/speaker/");
    speaker.wait(&format!("{LINK} === 'no slides are open'"));
    assert_eq!(speaker.ask(PACE), "not started");

    // Two decks with cuts of their own. The view takes one of them over, once.
    at(&short, server.port, "/some/repo/talk/?cut=20");
    at(&long, server.port, "/some/repo/talk/?cut=45");
    speaker.wait(&format!("{LINK} === 'in step with the slides'"));
    speaker.reload();
    speaker.wait("/^\\?cut=(20|45)$/.test(location.search) && document.documentElement.classList.contains('is-ready')");
    let loaded = speaker.ask("performance.timeOrigin");
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(
        speaker.ask("performance.timeOrigin"),
        loaded,
        "it is loaded again and again"
    );
    assert_eq!(
        speaker.ask(PACE),
        "not started",
        "to be loaded starts no clock"
    );

    // Whoever moves is followed by all; a deck goes on where its cut does.
    long.look();
    press(&long, "ArrowRight", "steps 0");
    speaker.wait(&format!(
        "location.search === '?cut=45' && {place} === '2 / 4: Three steps'"
    ));
    short.wait(&format!("{PLACE} === 'end 0'"));
    assert_eq!(short.ask("location.search"), "?cut=20");

    // When the last deck is closed, that is said.
    for deck in [&short, &long] {
        deck.go("about:blank");
    }
    speaker.wait(&format!("{LINK} === 'no slides are open'"));
}

/// It starts no clock, a blank screen stays blank, and a clock of yesterday is that of another talk.
#[test]
fn a_view_that_comes_later_changes_nothing() {
    let Some(deck) = Page::open() else {
        return common::skipped_without_browser("a_view_that_comes_later_changes_nothing");
    };
    let server = published(&book());
    let speaker = deck.beside();
    at(&deck, server.port, "/some/repo/talk/?cut=45#/steps");
    deck.look();
    deck.press("b");
    deck.wait(BLANK);
    at(
        &speaker,
        server.port,
        "/some/repo/talk/speaker/?cut=45#/steps",
    );
    speaker
        .wait("document.querySelector('[data-act=blank]').getAttribute('aria-pressed') === 'true'");
    assert_eq!(speaker.ask(PACE), "not started");
    assert_eq!(deck.ask(BLANK), true);

    speaker.ask(
        "(onpagehide = () => localStorage.setItem('workbook.talk.clock.v1 /some/repo/talk/', JSON.stringify(
            { clock: { spent: { steps: 5000 }, id: 'steps', from: 'steps', since: 1, pausedFor: 0, pausedSince: null }, seen: 2 })), 1)",
    );
    speaker.reload();
    speaker.wait(&format!("{PACE} === 'not started'"));
}
