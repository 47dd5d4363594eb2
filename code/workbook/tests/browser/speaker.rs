//! The speaker's view in a browser: in step with the deck whichever of them is reloaded, its clock, and its export.

use crate::common;
use crate::common::browser::Page;
use crate::common::stage::{BLANK, PACE, PLACE, assert_calm, at, press, published};
use crate::common::talk::book;
use crate::common::{errors, text, workbook};
use serde_json::json;

/// The ids of the slide that the view shows, and of the next.
const NOW: &str = "document.querySelector('[data-stage=now] > .slide').id";
const NEXT: &str = "(document.querySelector('[data-stage=next] > .slide')?.id ?? 'none')";

/// From the static site, whichever of the two is reloaded.
#[test]
fn the_speakers_view_is_in_step_with_the_deck() {
    let Some(deck) = Page::open() else {
        return common::skipped_without_browser("the_speakers_view_is_in_step_with_the_deck");
    };
    let server = published(&book());
    let speaker = deck.beside();
    let (talk, desk) = ("/some/repo/talk/", "/some/repo/talk/speaker/");
    at(&deck, server.port, talk);
    at(&speaker, server.port, desk);
    let notes = "document.querySelector('.speaker-notes').textContent.trim()";
    speaker.wait(&format!("{NOW} === 'opening' && {NEXT} === 'steps'"));
    assert_eq!(
        speaker.ask(notes),
        "Good evening. This is said and not shown."
    );
    assert_eq!(speaker.ask(PACE), "not started");

    // The deck leads.
    deck.look();
    press(&deck, "ArrowRight", "steps 0");
    speaker.wait(&format!("{NOW} === 'steps' && {NEXT} === 'code'"));
    assert!(speaker.ask(notes).to_string().contains("First the first"));
    let left = "document.querySelector('.speaker-left').textContent";
    assert_eq!(speaker.ask(left), "3 reveals left");
    assert_eq!(
        speaker.ask(PACE),
        "in time",
        "the first slide has begun the talk"
    );

    // The speaker leads.
    speaker.look();
    speaker.press("PageDown");
    deck.wait(&format!("{PLACE} === 'steps 1'"));
    speaker.wait(&format!("{left} === '2 reveals left'"));
    speaker.press("b");
    deck.wait(BLANK);
    speaker.press("b");
    deck.wait(&format!("!{BLANK}"));

    // Either is reloaded, and is where it was.
    deck.reload();
    deck.wait(&format!("{PLACE} === 'steps 1'"));
    speaker.reload();
    speaker.wait(&format!("{NOW} === 'steps' && {left} === '2 reveals left'"));
    assert_eq!(speaker.ask(PACE), "in time", "the clock goes on");
    speaker.press("ArrowRight");
    deck.wait(&format!("{PLACE} === 'steps 2'"));
    assert_calm(&speaker, server.port);
}

/// One goes on while the other is away, and shows it the way.
#[test]
fn whoever_comes_back_is_where_the_other_is() {
    let Some(deck) = Page::open() else {
        return common::skipped_without_browser("whoever_comes_back_is_where_the_other_is");
    };
    let server = published(&book());
    let speaker = deck.beside();
    let (talk, desk) = ("/some/repo/talk/", "/some/repo/talk/speaker/");
    at(&deck, server.port, &format!("{talk}#/steps/2"));
    at(&speaker, server.port, desk);
    speaker.wait(&format!("{NOW} === 'steps'"));
    deck.go("about:blank");
    speaker.look();
    for _ in 0..2 {
        speaker.press("ArrowRight");
    }
    speaker.wait(&format!("{NOW} === 'code'"));
    deck.go(&format!("http://127.0.0.1:{}{talk}", server.port));
    deck.wait(&format!("{PLACE} === 'code 0'"));

    // Whoever comes to an address of its own is followed.
    at(&deck, server.port, "/some/repo/talk/#/end");
    speaker.wait(&format!("{NOW} === 'end' && {NEXT} === 'none'"));
    assert_calm(&speaker, server.port);

    // A cut is for both.
    speaker.look();
    speaker.click(".speaker-cuts [href='?cut=20']");
    speaker.wait("location.search === '?cut=20' && document.querySelector('.speaker-place')?.textContent === '2 / 2: The end'");
    deck.wait("location.search === '?cut=20' && document.querySelector('.controls-place')?.textContent === '2 / 2'");
    assert_eq!(
        speaker.ask(PACE).as_str().map(|pace| pace == "not started"),
        Some(false),
        "another cut is the same talk"
    );
}

#[test]
fn the_clock_can_be_paused_and_its_times_exported() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("the_clock_can_be_paused_and_its_times_exported");
    };
    let book = book();
    let server = published(&book);
    at(&page, server.port, "/some/repo/talk/speaker/?cut=45");
    page.wait("document.querySelector('.clock-whole .clock-text').textContent === '0:00 of 5:00'");
    assert_eq!(
        page.ask("document.querySelector('.clock-part .clock-label').textContent"),
        "Part one"
    );
    assert_eq!(
        page.ask("document.querySelector('.clock-part .clock-text').textContent"),
        "0:00 of 4:30"
    );
    page.press("ArrowRight");
    page.wait(
        "document.querySelector('.clock-slide .clock-text').textContent.endsWith(' of 1:30')",
    );
    page.press("q");
    page.wait(&format!("{PACE}.startsWith('paused')"));
    let saved =
        "Object.entries(localStorage).find(([key]) => key.startsWith('workbook.talk.clock'))[1]";
    assert_eq!(
        page.ask(&format!("JSON.parse({saved}).clock.since")),
        json!(null),
        "nothing runs"
    );
    page.press("q");
    page.wait(&format!("JSON.parse({saved}).clock.since !== null"));

    // Larger and smaller notes, which are remembered.
    let size = "getComputedStyle(document.querySelector('.speaker-notes')).fontSize";
    assert_eq!(page.ask(size), "22px");
    page.press("+");
    page.wait(&format!("{size} === '25px'"));
    page.reload();
    page.wait(&format!("{size} === '25px'"));
    page.press("-");
    page.wait(&format!("{size} === '22px'"));

    // What is exported is what the tool reads.
    page.ask("(URL.createObjectURL = blob => { blob.text().then(text => window.exported = text); return 'data:,'; }, \
               HTMLAnchorElement.prototype.click = () => {}, 1)");
    page.press("e");
    page.wait("typeof window.exported === 'string'");
    let exported = page.ask("window.exported");
    let exported = exported.as_str().expect("a text");
    std::fs::write(book.root().join("times.json"), exported).expect("written");
    let output = workbook(
        book.root(),
        &["list", "--talk", "--rehearsal", "times.json"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let order = text(&output);
    assert!(
        order.starts_with("45 minutes: 4 slides, 5:00 planned\n  Part one, 4:30\n"),
        "{order}"
    );
    assert!(order.contains("the rehearsal (cut 45) took 0:0"), "{order}");
}

/// Without a clock on the wall: the modules are asked what they would show at certain times.
#[test]
fn a_talk_is_late_by_what_its_slides_took_too_long() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("a_talk_is_late_by_what_its_slides_took_too_long");
    };
    let server = published(&book());
    at(&page, server.port, "/some/repo/talk/");
    page.ask(
        "(Promise.all(['clock', 'pace', 'lines', 'slides'].map(name => import(`/some/repo/theme/talk/${name}.js`)))
            .then(([{ Clock }, { paceOf }, { groupsOf }, { clockText }]) => {
                const slides = [['a', 60, 'x'], ['b', 30, 'x'], ['c', 30, 'y']].map(([id, seconds, part]) => ({ id, seconds, part }));
                let now = 0;
                const clock = new Clock(null, () => now);
                const look = (at, clock) => {
                    const { slide, part, whole, behind } = paceOf(slides, at, clock);
                    return [slide, part, whole, behind];
                };
                const told = [[clock.isStarted]];
                clock.turn('a'); now = 50_000; told.push(look(0, clock));
                clock.turn('b'); now = 100_000; told.push(look(1, clock));
                clock.pauseOrGoOn('b'); now = 160_000; told.push([...look(1, clock), clock.paused, clock.isPaused]);
                clock.pauseOrGoOn('b'); clock.turn('c'); now = 170_000; told.push(look(2, clock));
                told.push(look(2, new Clock(JSON.parse(JSON.stringify(clock.saved)), () => now)));
                const late = new Clock(null, () => now);
                late.turn('b'); now += 10_000; told.push(look(1, late));
                told.push(groupsOf('1-3|5,7|2'), [65, -5, 0.2].map(clockText));
                window.told = told;
            }), 1)",
    );
    page.wait("Array.isArray(window.told)");
    let expected = json!([
        [false],
        [50, 50, 50, 0],
        [50, 100, 100, 10],
        [50, 100, 100, 10, 60, true],
        [10, 10, 110, 10],
        [10, 10, 110, 10],
        [10, 10, 10, 0],
        [[1, 2, 3], [5, 7], [2]],
        ["1:05", "−0:05", "0:00"],
    ]);
    assert_eq!(page.ask("window.told"), expected);
}
