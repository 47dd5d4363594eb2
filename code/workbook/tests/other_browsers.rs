//! What a reader sees who has no Chromium: some pages, and the talk of 20 minutes by one key, in Firefox and in WebKit.
//! Few tests, since all others look in one browser more closely.

mod common;

use common::stage::{HAS_ENDED, PANELS_ARE_MADE, PLACE, starts_a_program, this_book};
use common::webdriver::Window;
use serde_json::json;

/// A page of each kind: the first, one with a run panel, one with a play, and the summary with its table and its tree.
const PAGES: [&str; 4] = [
    "index.html",
    "evolution/s05-elastic.html",
    "network/you-are-the-network.html",
    "evolution/summary.html",
];

/// The labels of diagrams that are cut: a label needs more room than it has.
const CUT_LABELS: &str =
    "[...document.querySelectorAll('.mermaid foreignObject')].filter(label => {
        const words = label.firstElementChild;
        return words !== null && words.scrollWidth > Math.ceil(label.width.baseVal.value) + 1;
    }).map(label => label.textContent.trim())";

/// Diagrams without anything in them, or with two drawings over one another.
const WRONG_DIAGRAMS: &str =
    "[...document.querySelectorAll('pre.mermaid')].filter(diagram => diagram.checkVisibility())
    .filter(diagram => diagram.querySelectorAll(':scope > svg').length !== 1
        || diagram.querySelector('svg').getBoundingClientRect().height < 20).length";

/// Diagrams of the slide that is on, of which nothing is seen.
const EMPTY_ON_THE_SLIDE: &str = "[...document.querySelectorAll('.is-now pre.mermaid')]
    .filter(diagram => diagram.checkVisibility() && !diagram.querySelector('svg')).length";

/// All places of the cut in their order, each slide with all its steps.
const PLACES: &str = "[...document.querySelectorAll('.deck > .slide')].flatMap(slide =>
    Array.from({ length: Number(slide.dataset.steps) + 1 }, (_, step) => `${slide.id} ${step}`))";

#[test]
fn firefox_shows_pages_and_gives_the_talk() {
    let test = "firefox_shows_pages_and_gives_the_talk";
    let Some(window) = Window::firefox() else {
        let what = "there is no Firefox here.\n*** Install the package firefox-esr.";
        return common::skipped_or_failed(test, what);
    };
    try_everything(&window);
}

#[test]
fn webkit_shows_pages_and_gives_the_talk() {
    let test = "webkit_shows_pages_and_gives_the_talk";
    let Some(window) = Window::webkit() else {
        let what = "there is no WebKit with its driver here.\n\
            *** Install the packages webkit2gtk-driver and xvfb.";
        return common::skipped_or_failed(test, what);
    };
    try_everything(&window);
}

fn try_everything(window: &Window) {
    let (_folder, server) = this_book();
    let site = format!("http://127.0.0.1:{}/some/repo", server.port);
    for page in PAGES {
        window.go(&format!("{site}/{page}"));
        let overflow = "document.documentElement.scrollWidth - innerWidth";
        let overflow = window.ask(overflow).as_f64().expect("a number");
        assert!(overflow < 1.0, "{page}: {overflow} px too wide");
        window.becomes(WRONG_DIAGRAMS, &json!(0), page);
        window.becomes(CUT_LABELS, &json!([]), page);
    }
    evidence_opens_and_closes(window);
    give(window, &format!("{site}/talk/?cut=20"));
    assert_eq!(server.take_lacking(), [""; 0]);
}

/// On the summary, whose claims are many: a mark opens what is behind a claim, and Escape closes it.
fn evidence_opens_and_closes(window: &Window) {
    let open = "document.querySelector('.claim-evidence:popover-open') !== null";
    assert_eq!(window.ask(open), false);
    window.ask("(document.querySelector('main [popovertarget]').click(), true)");
    window.wait(open);
    window.press("Escape");
    window.wait(&format!("!({open})"));
}

/// Gives a cut by one key, to its last slide.
fn give(window: &Window, address: &str) {
    window.go(address);
    window.wait("document.documentElement.classList.contains('is-ready')");
    let places = window.ask(PLACES);
    let places: Vec<&str> = (places.as_array().expect("an array").iter())
        .map(|place| place.as_str().expect("a string"))
        .collect();
    assert!(places.len() > 20, "{places:?}");
    window.wait(&format!("{PLACE} === '{}'", places[0]));
    window.wait(PANELS_ARE_MADE);
    let mut live = 0;
    for place in &places[1..] {
        window.press("PageDown");
        window.wait(&format!("{PLACE} === '{place}'"));
        window.becomes(EMPTY_ON_THE_SLIDE, &json!(0), place);
        if window.ask(&starts_a_program(place)) == true {
            window.wait("document.querySelector('.is-now .run-go.is-stop')");
            live += 1;
            window.wait(HAS_ENDED);
        }
    }
    assert!(live >= 2, "{live} runs");
}
