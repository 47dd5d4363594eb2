//! The talk in a browser: keys and fingers, steps, addresses, cuts and the overview, from the static site. What is on the
//! slides of this book is looked at by `slides.rs`.

use std::thread::sleep;

use crate::common;
use crate::common::browser::Page;
use crate::common::stage::{
    BLANK, PATIENCE_WITH_CLICKERS, PLACE, assert_calm, at, press, published,
};
use crate::common::talk::{SLIDES, book};
use serde_json::json;

/// What is said to whoever listens.
const SAID: &str = "document.querySelector('#announcer').textContent";

#[test]
fn keys_lead_through_the_talk_and_back() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("keys_lead_through_the_talk_and_back");
    };
    let server = published(&book());
    at(&page, server.port, "/some/repo/talk/");
    page.wait(&format!("{PLACE} === 'opening 0'"));
    let mut all = Vec::new();
    for (id, steps) in SLIDES {
        all.extend((0..=steps).map(|step| format!("{id} {step}")));
    }
    // On by each of the keys in turn, and back.
    let on = ["ArrowRight", "PageDown", " ", "ArrowDown", "n"];
    for (place, key) in all[1..].iter().zip(on.iter().cycle()) {
        press(&page, key, place);
        if place == "run 1" {
            sleep(PATIENCE_WITH_CLICKERS);
            page.wait("document.querySelector('.is-now .run-go')?.textContent !== 'Stop'");
        }
    }
    page.press("ArrowRight");
    let last = all.last().expect("a place");
    assert_eq!(
        page.ask(PLACE),
        json!(last),
        "behind the last there is nothing"
    );
    let back = ["ArrowLeft", "PageUp", "ArrowUp", "p"];
    for (place, key) in all[..all.len() - 1].iter().rev().zip(back.iter().cycle()) {
        press(&page, key, place);
    }
    press(&page, "End", last);
    press(&page, "Home", "opening 0");

    // One slide is there for everybody, and it is announced; the page is a document.
    assert_eq!(
        page.ask_strings("[...document.querySelectorAll('.slide')].filter(slide => slide.checkVisibility()).map(slide => slide.id)"),
        ["opening"]
    );
    assert_eq!(
        page.ask("document.querySelectorAll('[role=application]').length"),
        0
    );
    press(&page, "ArrowRight", "steps 0");
    let said = page.ask(SAID);
    assert_eq!(said, "Three steps. Slide 2 of 7, step 0 of 3.");
    press(&page, "ArrowRight", "steps 1");
    let said = page.ask(SAID);
    assert_eq!(said, "the first Step 1 of 3.");

    // Blank, and whatever comes next ends it.
    for key in ["b", "."] {
        page.press(key);
        page.wait(BLANK);
        page.press(key);
        page.wait(&format!("!{BLANK}"));
    }
    page.press("b");
    page.wait(BLANK);
    press(&page, "ArrowRight", "steps 2");
    assert_eq!(page.ask(BLANK), false);
    assert_calm(&page, server.port);
}

#[test]
fn what_is_typed_turns_no_slide() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("what_is_typed_turns_no_slide");
    };
    let server = published(&book());
    at(&page, server.port, "/some/repo/talk/#/run");
    page.wait("!!document.querySelector('.is-now .run.is-panel')");
    // Panels show no fields on slides; where there is one, its keys are its own.
    let value = "document.activeElement.value";
    page.ask(
        "(() => { const slider = Object.assign(document.createElement('input'), { type: 'range', max: 9, value: 8 });
            document.querySelector('.is-now .scene').append(slider); slider.focus(); return 1 })()",
    );
    assert_eq!(page.ask(value), "8");
    page.press("ArrowLeft");
    page.wait(&format!("{value} === '7'"));
    assert_eq!(page.ask(PLACE), "run 0", "the arrow is the slider's");
    // A dialogue has its own keys.
    page.ask("(document.activeElement.blur(), 1)");
    page.press("?");
    page.wait("!!document.querySelector('dialog.help[open]')");
    assert!(
        page.ask("document.querySelector('dialog.help').textContent")
            .to_string()
            .contains("blank screen")
    );
    page.press("ArrowLeft");
    assert_eq!(page.ask(PLACE), "run 0");
    page.press("Escape");
    page.wait("!document.querySelector('dialog.help[open]')");
    press(&page, "ArrowLeft", "code 1");
    assert_calm(&page, server.port);
}

#[test]
fn steps_reveal_what_they_say() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("steps_reveal_what_they_say");
    };
    let server = published(&book());
    at(&page, server.port, "/some/repo/talk/#/steps");
    let seen = "[...document.querySelectorAll('.is-now .fragment')].filter(e => e.checkVisibility({ visibilityProperty: true })).length";
    for step in 0..3 {
        assert_eq!(page.ask(seen), step);
        press(&page, "ArrowRight", &format!("steps {}", step + 1));
    }
    assert_eq!(page.ask(seen), 3);
    let words = page
        .ask("document.querySelector('.is-now').textContent")
        .to_string();
    assert!(
        words.contains("the third") && !words.contains("only readers"),
        "{words}"
    );

    // Code: first one line is lit, then two. Its colours survive.
    let lit =
        "[...document.querySelectorAll('.is-now .is-lit')].map(line => line.textContent.trim())";
    press(&page, "ArrowRight", "code 0");
    assert_eq!(page.ask_strings(lit), ["let one = 1;"]);
    press(&page, "ArrowRight", "code 1");
    assert_eq!(
        page.ask_strings(lit),
        ["let two = one + 1;", "let three = two + 1;"]
    );
    assert_eq!(
        page.ask(SAID),
        "let two = one + 1; let three = two + 1; Step 1 of 1."
    );
    press(&page, "ArrowLeft", "code 0");
    assert_eq!(page.ask(SAID), "let one = 1; Step 0 of 1.");
    press(&page, "ArrowRight", "code 1");
    assert_eq!(
        page.ask("document.querySelectorAll('.is-now .code-line .hljs-keyword').length"),
        3
    );

    // A chart in two groups: the second bar is there, and then the first.
    at(&page, server.port, "/some/repo/talk/#/chart");
    let bars = "[...new Set([...document.querySelectorAll('.is-now [data-part]')].filter(e => e.checkVisibility({ visibilityProperty: true })).map(e => e.dataset.part))]";
    assert_eq!(page.ask_strings(bars), ["1"]);
    press(&page, "ArrowRight", "chart 1");
    assert_eq!(page.ask_strings(bars), ["0", "1"]);
    assert_calm(&page, server.port);
}

/// The old code, and then the new; not both.
#[test]
fn a_change_becomes_the_new_code() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("a_change_becomes_the_new_code");
    };
    let server = published(&book());
    at(&page, server.port, "/some/repo/talk/#/change");
    let code = "[...document.querySelectorAll('.is-now .line')].filter(line => line.checkVisibility()).map(line => line.textContent.trim())";
    let old = ["let one = 1;", "let two = 2;", "print(one, two);"];
    let new = [
        "let one = 1;",
        "let two = one + one;",
        "let three = two + one;",
        "print(one, two);",
    ];
    let middle = |code: Vec<String>| {
        code.into_iter()
            .filter(|line| line.contains('=') || line.contains("print"))
            .collect::<Vec<_>>()
    };
    assert_eq!(middle(page.ask_strings(code)), old);
    press(&page, "ArrowRight", "change 1");
    assert_eq!(page.ask(SAID), "The new code is shown. Step 1 of 1.");
    assert_eq!(middle(page.ask_strings(code)), new);
    assert_eq!(
        page.ask("document.getAnimations().length"),
        0,
        "who wants no movement gets none"
    );
    press(&page, "ArrowLeft", "change 0");
    assert_eq!(middle(page.ask_strings(code)), old);
    page.show_at((1280, 720), "light", "no-preference");
    // A movement may be over before a busy browser can be asked for it: it is counted.
    page.ask(
        "(window.moved = 0, Element.prototype.animate = new Proxy(Element.prototype.animate, { apply: (animate, line, how) =>
            (window.moved += 1, Reflect.apply(animate, line, how)) }), 1)",
    );
    page.press("ArrowRight");
    page.wait("window.moved > 0");
    page.wait("document.getAnimations().length === 0");
    assert_eq!(page.ask("document.querySelectorAll('.ghost').length"), 0);
    assert_eq!(middle(page.ask_strings(code)), new);
    assert_calm(&page, server.port);
}

#[test]
fn addresses_cuts_and_the_overview_lead_to_slides() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("addresses_cuts_and_the_overview_lead_to_slides");
    };
    let server = published(&book());
    at(&page, server.port, "/some/repo/talk/?cut=20#/end");
    let ids = "[...document.querySelectorAll('.slide')].map(slide => slide.id)";
    assert_eq!(page.ask_strings(ids), ["opening", "end"]);
    assert_eq!(page.ask(PLACE), "end 0");
    press(&page, "ArrowLeft", "opening 0");
    assert_eq!(
        page.ask("document.querySelector('.controls-place').textContent"),
        "1 / 2"
    );

    at(&page, server.port, "/some/repo/talk/#/steps/2");
    assert_eq!(page.ask(PLACE), "steps 2");
    page.ask("(location.hash = '#/change', 1)");
    page.wait(&format!("{PLACE} === 'change 0'"));
    page.ask("(location.hash = '#/change/99', 1)");
    page.wait("location.hash === '#/change/1'");

    page.press("Escape");
    page.wait("document.querySelector('.deck').classList.contains('is-overview')");
    assert_eq!(
        page.ask(
            "[...document.querySelectorAll('.slide')].every(slide => slide.checkVisibility())"
        ),
        true
    );
    assert_eq!(
        page.ask("document.activeElement.getAttribute('aria-label')"),
        "6: The change"
    );
    page.press("ArrowLeft");
    assert_eq!(
        page.ask("document.activeElement.getAttribute('aria-label')"),
        "5: A chart"
    );
    page.press("Enter");
    page.wait(&format!("{PLACE} === 'chart 0'"));
    assert_eq!(
        page.ask("document.querySelector('.deck').classList.contains('is-overview')"),
        false
    );

    // Buttons, for who has no keyboard; and a finger.
    page.ask("(document.querySelector('.controls [data-act=next]').click(), 1)");
    page.wait(&format!("{PLACE} === 'chart 1'"));
    let swipe = |from: i32, to: i32, y: i32| {
        page.ask(&format!(
            "(() => {{ const deck = document.querySelector('.is-now');
                const touch = (kind, x, y) => deck.dispatchEvent(new PointerEvent(kind, {{ pointerType: 'touch', isPrimary: true, clientX: x, clientY: y, bubbles: true }}));
                touch('pointerdown', {from}, 300); touch('pointerup', {to}, {y}); return 1 }})()"
        ));
    };
    swipe(600, 300, 310);
    page.wait(&format!("{PLACE} === 'change 0'"));
    swipe(300, 600, 290);
    page.wait(&format!("{PLACE} === 'chart 1'"));
    swipe(600, 590, 300);
    swipe(600, 500, 600);
    assert_eq!(page.ask(PLACE), "chart 1", "neither was a stroke sideways");
    assert_calm(&page, server.port);
}
