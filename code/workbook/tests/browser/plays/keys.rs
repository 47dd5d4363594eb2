//! Each play is lost and won by keyboard alone.

use serde_json::Value;

use super::played::{nearest_good_end, site};
use crate::common;
use crate::common::board::{Board, numbers};
use crate::common::browser::Page;
use crate::common::page_look::{contrast, overflow};

/// How many windows play side by side: most of a key's time is its way to the browser and back.
const WINDOWS: usize = 4;

/// Loses and wins each play in windows of that width, and looks at what has come of it in light and dark.
fn plays_all(test: &str, width: u32, schemes: [&str; 2]) {
    let pages: Vec<Page> = (0..WINDOWS).map_while(|_| Page::open()).collect();
    if pages.is_empty() {
        return common::skipped_without_browser(test);
    }
    let site = &site();
    assert!(site.names.len() >= 12, "{:?}", site.names);
    std::thread::scope(|scope| {
        for (number, page) in pages.iter().enumerate() {
            scope.spawn(move || {
                page.show_as(width, schemes[0]);
                page.go(&site.address(""));
                for name in site.names.iter().skip(number).step_by(WINDOWS) {
                    loses_and_wins(&Board { page, name }, &site.play(name));
                }
                for scheme in schemes {
                    page.show_as(width, scheme);
                    assert_eq!(overflow(page), None, "at {width}, {scheme}");
                    assert_eq!(contrast(page, scheme), None, "at {width}, {scheme}");
                }
                assert_eq!(page.take_seen().errors, [""; 0]);
            });
        }
    });
    assert_eq!(site.server.take_lacking(), [""; 0]);
}

/// To the nearest bad end of the broken version, and to a good one of the repaired.
fn loses_and_wins(board: &Board<'_>, play: &Value) {
    let Board { page, name } = board;
    board.begin();
    let (broken, repaired) = (&play["broken"], &play["repaired"]);
    board.takes(broken, &numbers(&broken["shortest"]), |key| page.press(key));
    let said = board.told();
    assert!(said.contains("You have done it"), "{name}: {said}");
    assert_eq!(board.text(".is-broken .play-stands"), "broken", "{name}");
    let promised = board.text(".play-promises");
    assert!(!promised.contains("so far"), "{name}: it is over");
    // The focus is on what leads to the repaired version.
    page.press("Enter");
    board.takes(repaired, &nearest_good_end(repaired), |key| page.press(key));
    let said = board.told();
    assert!(said.contains("every promise is kept"), "{name}: {said}");
    let promises = repaired["promises"].as_array().expect("a list");
    for promise in promises {
        let says = promise[0].as_str().expect("a promise");
        assert!(said.contains(says), "{name}: {said} lacks {says}");
    }
    let stands = page.ask_strings(&format!(
        "[...document.querySelectorAll('#play-{name} .play-stands')].map(how => how.textContent)"
    ));
    assert_eq!(stands, vec!["kept"; promises.len()], "{name}");
    let counted = board.text(".play-question");
    assert!(
        counted.ends_with("none leads to a bad end."),
        "{name}: {counted}"
    );
}

#[test]
fn each_play_is_lost_and_won_by_keyboard_alone() {
    plays_all(
        "each_play_is_lost_and_won_by_keyboard_alone",
        1440,
        ["light", "dark"],
    );
}

#[test]
fn each_play_is_lost_and_won_on_a_phone_in_the_dark() {
    plays_all(
        "each_play_is_lost_and_won_on_a_phone_in_the_dark",
        390,
        ["dark", "light"],
    );
}

/// A click anywhere in a play gives it the keys, and the link at the top of a chapter does.
#[test]
fn a_play_that_was_clicked_or_gone_to_hears_its_keys() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser(
            "a_play_that_was_clicked_or_gone_to_hears_its_keys",
        );
    };
    let site = site();
    page.show_as(1280, "light");
    page.go(&site.address(""));
    let name = "two-locks";
    let board = Board { page: &page, name };
    board.begin();
    page.ask("(document.activeElement.blur(), 1)");
    page.press("1");
    assert!(board.told().starts_with("Choose"), "{}", board.told());
    page.click("#play-two-locks .play-task");
    page.press("1");
    assert!(board.told().starts_with("Step 1. "), "{}", board.told());
    page.ask("(document.activeElement.blur(), location.hash = 'play-two-locks')");
    page.press("1");
    assert!(board.told().starts_with("Step 2. "), "{}", board.told());
    assert!(
        board
            .text(".play-keys")
            .starts_with("Keys, once you have clicked")
    );
}
