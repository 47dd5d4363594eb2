//! Runs as the room sees them, in the deck and in the speaker's window: the room decides, and what is pointed at is seen.

use crate::common;
use crate::common::browser::Page;
use crate::common::stage::{PLACE, assert_calm, at, press, published};
use crate::common::talk::book;

/// What the deck shows of the run, and what of it is in the speaker's window.
const HERE: &str = "document.querySelector('.is-now .scene')";
const THERE: &str = "document.querySelector('[data-stage=now] .scene')";

#[test]
fn the_speaker_sees_the_run_that_the_room_sees() {
    let Some(deck) = Page::open() else {
        return common::skipped_without_browser("the_speaker_sees_the_run_that_the_room_sees");
    };
    let server = published(&book());
    let speaker = deck.beside();
    at(&speaker, server.port, "/some/repo/talk/speaker/");
    at(&deck, server.port, "/some/repo/talk/#/run");
    deck.look();
    deck.wait(&format!("{HERE}?.textContent.includes('REPLAY')"));
    assert_eq!(
        deck.ask("[...document.querySelectorAll('.is-now :is(button, input, select)')].filter(e => e.checkVisibility()).length"),
        0,
        "no controls"
    );
    // The room chooses: of the recorded numbers the next.
    for next in ["32 workers", "1 worker", "2 workers"] {
        deck.press("w");
        deck.wait(&format!("{HERE}.textContent.includes('next: {next}')"));
    }
    press(&deck, "PageDown", "run 1");
    deck.wait("document.querySelector('.is-now .run-ledger').textContent.includes('workers 2')");
    deck.wait("document.querySelector('.is-now .run-go').textContent === 'Run'");
    let amount = ".querySelector('.scene-amount').textContent";
    deck.wait(&format!("{HERE}{amount}.includes(' lines in ')"));
    let seen = deck.ask(&format!("{HERE}{amount}"));
    speaker.wait(&format!("{THERE}?{amount} === {seen}"));
    assert_calm(&deck, server.port);
}

#[test]
fn what_the_speaker_points_at_is_seen_on_the_slide() {
    let Some(deck) = Page::open() else {
        return common::skipped_without_browser("what_the_speaker_points_at_is_seen_on_the_slide");
    };
    let server = published(&book());
    let speaker = deck.beside();
    at(&deck, server.port, "/some/repo/talk/#/steps");
    at(&speaker, server.port, "/some/repo/talk/speaker/");
    speaker.wait("location.hash === '#/steps'");
    speaker.look();
    let point = |kind: &str| {
        speaker.ask(&format!(
            "(() => {{ const stage = document.querySelector('[data-stage=now]'); const box = stage.getBoundingClientRect();
                stage.dispatchEvent(new PointerEvent('{kind}', {{ clientX: box.left + box.width / 4, clientY: box.top + box.height / 2 }}));
                return 1 }})()"
        ));
    };
    point("pointermove");
    let spot = "document.querySelector('.is-now > .spot')";
    deck.wait(&format!("!!{spot}"));
    let place = "['--x', '--y'].map(name => Number(document.querySelector('.spot').style.getPropertyValue(name)).toFixed(2))";
    assert_eq!(deck.ask_strings(place), ["0.25", "0.50"]);
    point("pointerleave");
    deck.wait(&format!("!{spot}"));
    // It does not stay behind.
    point("pointermove");
    deck.wait(&format!("!!{spot}"));
    speaker.press("ArrowRight");
    speaker.press("ArrowRight");
    speaker.press("ArrowRight");
    speaker.press("ArrowRight");
    deck.wait(&format!("{PLACE} === 'code 0' && !{spot}"));
    assert_calm(&deck, server.port);
}
