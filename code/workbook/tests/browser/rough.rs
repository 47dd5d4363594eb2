//! The talk in rough hands: keys that are leant on, fields that have the focus, addresses that lead nowhere, and
//! browsers that refuse what was asked of them.

use crate::common;
use crate::common::browser::Page;
use crate::common::stage::{BLANK, PACE, PLACE, assert_calm, at, press, published};
use crate::common::talk::book;

const FOCUS: &str = "document.activeElement.tagName";

/// A key as scripts see it, with what `more` says of it.
fn key(page: &Page, key: &str, more: &str) {
    page.ask(&format!(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true, cancelable: true, {more} }}))"
    ));
}

#[test]
fn keys_are_the_talks_whatever_was_used_before() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("keys_are_the_talks_whatever_was_used_before");
    };
    let server = published(&book());
    at(&page, server.port, "/some/repo/talk/#/run");
    page.wait("!!document.querySelector('.is-now .run.is-panel')");

    // A slider has its arrows, and nothing else. Escape leaves it, and what comes then is the talk's.
    // (Panels show none on slides.)
    page.ask(
        "(document.querySelector('.is-now .scene').append(Object.assign(document.createElement('input'), { type: 'range' })), 1)",
    );
    let slider = || page.ask("(document.querySelector('.is-now .scene input').focus(), 1)");
    slider();
    page.press("b");
    page.wait(BLANK);
    page.press(".");
    page.wait(&format!("!{BLANK}"));
    assert_eq!(page.ask(FOCUS), "INPUT");
    page.press("Escape");
    assert_eq!(page.ask(FOCUS), "BODY");
    assert_eq!(
        page.ask("document.querySelector('.is-overview')"),
        serde_json::Value::Null
    );
    slider();
    press(&page, "PageUp", "code 1");

    // A button has Space and Enter, unless it was clicked with a mouse.
    let button = |act: &str| {
        page.ask(&format!(
            "(document.querySelector('.controls [data-act={act}]').focus(), 1)"
        ))
    };
    button("previous");
    press(&page, " ", "code 0");
    button("next");
    press(&page, "Enter", "code 1");
    page.click(".controls [data-act=previous]");
    page.wait(&format!("{PLACE} === 'code 0'"));
    press(&page, " ", "code 1");
    key(&page, " ", "shiftKey: true");
    page.wait(&format!("{PLACE} === 'code 0'"));
    assert_calm(&page, server.port);
}

/// Who leans on a key, or has another one down, turns nothing; who is fast turns all.
#[test]
fn keys_that_are_leant_on_turn_nothing() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("keys_that_are_leant_on_turn_nothing");
    };
    let server = published(&book());
    at(&page, server.port, "/some/repo/talk/#/code");
    for more in [
        "repeat: true",
        "ctrlKey: true",
        "metaKey: true",
        "altKey: true",
        "isComposing: true",
    ] {
        key(&page, "ArrowRight", more);
        assert_eq!(page.ask(PLACE), "code 0", "{more}");
    }
    let often = |key: &str| {
        page.ask(&format!(
            "(Array.from({{ length: 30 }}).forEach(() => dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}' }}))), 1)"
        ));
    };
    // A program that has just been started is waited for.
    often("PageDown");
    assert_eq!(page.ask(PLACE), "run 1");
    press(&page, "End", "end 0");
    often("PageUp");
    assert_eq!(page.ask(PLACE), "opening 0");
    assert_calm(&page, server.port);
}

/// A finger finds the blank screen's end, and slides turn wherever it moves.
#[test]
fn a_finger_needs_no_keys() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("a_finger_needs_no_keys");
    };
    let server = published(&book());
    at(&page, server.port, "/some/repo/talk/");
    page.press("b");
    page.wait(BLANK);
    page.click(".blank");
    page.wait(&format!("!{BLANK}"));
    page.ask(
        "(['pointerdown', 'pointerup'].forEach((kind, at) => document.body.dispatchEvent(new PointerEvent(kind,
            { pointerType: 'touch', isPrimary: true, clientX: 600 - 300 * at, clientY: 700, bubbles: true }))), 1)",
    );
    page.wait(&format!("{PLACE} === 'steps 0'"));
    assert_calm(&page, server.port);
}

#[test]
fn addresses_that_lead_nowhere_are_put_right() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("addresses_that_lead_nowhere_are_put_right");
    };
    let server = published(&book());
    for (address, place, hash) in [
        ("#/nonsense/3", "opening 0", "#/opening"),
        ("#/%ff/1", "opening 0", "#/opening"),
        ("#steps", "opening 0", "#/opening"),
        ("#/steps/999999999999999999999", "steps 3", "#/steps/3"),
        // The cut has neither that slide nor those behind it, but for the last.
        ("?cut=20#/code/1", "end 0", "#/end"),
        ("?cut=21#/steps/2", "steps 2", "#/steps/2"),
        ("?cut=x#/steps/2", "steps 2", "#/steps/2"),
    ] {
        page.go("about:blank");
        page.show_at((1280, 720), "light", "reduce");
        let url = format!("http://127.0.0.1:{}/some/repo/talk/{address}", server.port);
        page.ask(&format!("(location.href = '{url}', 1)"));
        page.wait(&format!(
            "document.documentElement.classList.contains('is-ready') && {PLACE} === '{place}' && location.hash === '{hash}'"
        ));
    }
    page.ask("(location.hash = '#/nowhere', 1)");
    page.wait("location.hash === '#/steps/2'");
    assert_calm(&page, server.port);
}

/// What was there does not come again, and nothing moves on paper.
#[test]
fn nothing_comes_twice() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("nothing_comes_twice");
    };
    let server = published(&book());
    let moving = "document.querySelector('.is-now').getAnimations({ subtree: true }).length";
    at(&page, server.port, "/some/repo/talk/#/steps/2");
    page.show_at((1280, 720), "light", "no-preference");
    // Counted in the same moment: it is over soon.
    let pressed = |key: &str| {
        page.ask(&format!(
            "(dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}' }})), {moving})"
        ))
    };
    assert_eq!(pressed("ArrowLeft"), 0);
    assert_eq!(page.ask(PLACE), "steps 1");
    assert_eq!(pressed("ArrowRight"), 1);

    at(&page, server.port, "/some/repo/talk/#/change");
    page.show_at((1280, 720), "light", "no-preference");
    assert!(pressed("ArrowRight").as_u64() > Some(1));
    page.ask(&format!(
        "(dispatchEvent(new Event('beforeprint')), setTimeout(() => window.left = {moving} + document.querySelectorAll('.ghost').length), 1)"
    ));
    page.wait("window.left !== undefined");
    assert_eq!(page.ask("window.left"), 0);
    assert_calm(&page, server.port);
}

#[test]
fn what_a_browser_refuses_does_not_stop_the_talk() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("what_a_browser_refuses_does_not_stop_the_talk");
    };
    let server = published(&book());
    page.begin_with(
        "delete window.BroadcastChannel;
         for (const name of ['localStorage', 'sessionStorage']) {
             Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError'); } });
         }
         Object.defineProperty(Navigator.prototype, 'wakeLock', { value: undefined });
         Element.prototype.requestFullscreen = undefined;",
    );
    at(&page, server.port, "/some/repo/talk/");
    page.press("f");
    page.press("t");
    page.wait("document.documentElement.classList.contains('navy')");
    for place in ["steps 0", "steps 1"] {
        press(&page, "PageDown", place);
    }
    page.ask("(location.hash = '#/run', 1)");
    page.wait("!!document.querySelector('.is-now .run.is-panel')");
    press(&page, "PageDown", "run 1");
    page.wait("/ in [0-9]/.test(document.querySelector('.is-now .run-status').textContent)");
    assert_calm(&page, server.port);

    at(&page, server.port, "/some/repo/talk/speaker/");
    page.wait("document.querySelector('.speaker-wake').textContent === 'the screen may go dark'");
    page.press("PageDown");
    page.wait(&format!("{PACE} === 'in time'"));
    page.press("+");
    page.wait("getComputedStyle(document.querySelector('.speaker-notes')).fontSize === '25px'");
    assert_calm(&page, server.port);
}
