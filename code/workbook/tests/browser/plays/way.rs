//! Ways through a play: by buttons, by an address, and the shortest one, which plays by itself.

use super::played::site;
use crate::common;
use crate::common::board::{Board, numbers};
use crate::common::browser::Page;

#[test]
fn a_button_takes_its_own_step() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("a_button_takes_its_own_step");
    };
    let site = site();
    page.show_as(1280, "light");
    page.go(&site.address(""));
    for name in ["lost-update", "store-buffer"] {
        let broken = &site.play(name)["broken"];
        let shortest = numbers(&broken["shortest"]);
        assert!(shortest.iter().any(|&number| number > 0), "{name}");
        let board = Board { page: &page, name };
        board.begin();
        board.takes(broken, &shortest, |key| {
            page.click(&format!("#play-{name} .play-choice[data-key='{key}']"));
        });
    }
}

/// The link of a position leads to it.
#[test]
fn a_position_has_an_address() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("a_position_has_an_address");
    };
    let site = site();
    page.show_as(1280, "light");
    page.go(&site.address(""));
    let name = "lost-update";
    let board = Board { page: &page, name };
    board.begin();
    let shown = board.of(".play-board", "innerText");
    page.press("1");
    let there = page.ask(&shown);
    page.press("1");
    assert_ne!(page.ask(&shown), there);
    page.press("Backspace");
    let said = board.told();
    assert!(said.starts_with("Back. Step 1. "), "{said}");
    page.press("0");
    page.press("1");
    assert_eq!(page.ask(&shown), there);
    page.press("1");
    page.press("Backspace");
    page.press("2");
    let shown = board.of(".play-shared", "textContent");
    let here = page.ask(&shown);
    let link = page.ask(&board.of(".play-link", "href"));
    let link = link.as_str().expect("an address").to_owned();
    assert!(link.ends_with("#play-lost-update/broken/12"), "{link}");
    page.go(&site.address("?elsewhere"));
    page.go(&link);
    page.wait("!!document.querySelector('#play-lost-update.is-playing')");
    assert_eq!(page.ask(&shown), here);
    // An address that leads nowhere leads as far as it can.
    page.go(&site.address("?once-more#play-lost-update/broken/9"));
    page.wait("document.querySelector('#play-lost-update .play-link').href.endsWith('/broken/')");
}

/// Each step is told, as the model has it, and a reader may stop in between.
#[test]
fn the_shortest_way_plays_step_by_step() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("the_shortest_way_plays_step_by_step");
    };
    let site = site();
    page.show_as(1280, "light");
    page.go(&site.address(""));
    let name = "lost-update";
    let broken = &site.play(name)["broken"];
    let board = Board { page: &page, name };
    board.begin();
    // The time between two steps is the test's.
    page.ask(
        "(window.later = [], window.setTimeout = act => later.push(act), \
          window.clearTimeout = () => later.splice(0), 1)",
    );
    page.ask(&format!("({}, 1)", board.of(".play-shortest", "focus()")));
    page.press("Enter");
    assert_eq!(board.text(".play-shortest"), "Stop");
    page.press("Escape");
    assert!(board.told().starts_with("Stopped. "), "{}", board.told());
    assert_eq!(
        board.text(".play-shortest"),
        "Show the shortest way to break it"
    );
    assert_eq!(page.ask("later.length"), 0, "nothing goes on");
    page.press("0");
    page.ask(&format!("({}, 1)", board.of(".play-shortest", "focus()")));
    board.takes(broken, &numbers(&broken["shortest"]), |_| {
        match page.ask("later.length") == 0 {
            true => page.press("Enter"),
            false => drop(page.ask("(later.shift()(), 1)")),
        }
    });
    assert_eq!(page.ask("later.length"), 0, "the end is the end");
    let said = board.told();
    assert!(said.contains("That is how. Two requests"), "{said}");
    assert!(said.contains("One update is lost."), "{said}");
    let choices = "document.querySelectorAll('#play-lost-update .play-choice').length";
    assert_eq!(page.ask(choices), 0, "nothing happens after the end");
    assert_eq!(
        page.ask("document.activeElement.textContent"),
        "Now try it with one lock around both steps"
    );
}

/// In the broken version a good end is luck, and the promises of any end are not kept "so far". From there the shortest way
/// begins anew.
#[test]
fn a_good_end_of_the_broken_version_is_told_as_luck() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("a_good_end_of_the_broken_version_is_told_as_luck");
    };
    let site = site();
    page.show_as(1280, "light");
    page.go(&site.address(""));
    let name = "lost-update";
    let board = Board { page: &page, name };
    board.begin();
    let stands = || {
        page.ask_strings(
            "[...document.querySelectorAll('#play-lost-update .play-stands')].map(how => how.textContent)",
        )
    };
    assert_eq!(stands(), ["holds so far", "holds so far"]);
    // A whole, and then B: a key that is no step now does nothing.
    ["1", "1", "1", "2", "2"]
        .iter()
        .for_each(|key| page.press(key));
    let said = board.told();
    assert!(said.contains("That was luck, not safety"), "{said}");
    assert!(said.starts_with("Step 4. "), "{said}");
    assert_eq!(stands(), ["kept this time", "kept this time"]);
    let colour = "getComputedStyle(document.querySelector('#play-lost-update .play-told')).color";
    let luck = page.ask(colour);
    page.ask("(window.setTimeout = act => { queueMicrotask(act); return 1; }, 1)");
    page.click("#play-lost-update .play-shortest");
    let said = board.told();
    assert!(
        said.starts_with("Step 4. ") && said.contains("That is how."),
        "{said}"
    );
    assert_eq!(stands(), ["broken", "not broken"]);
    page.click("#play-lost-update .play-cure");
    ["1", "1", "2", "2"].iter().for_each(|key| page.press(key));
    assert_eq!(stands(), ["kept", "kept"]);
    assert_ne!(page.ask(colour), luck, "safety has another colour");
    // The button is there, and says why it shows nothing.
    page.click("#play-lost-update .play-shortest");
    assert!(
        board.told().starts_with("No way breaks it"),
        "{}",
        board.told()
    );
}

/// The repair is seen at work: a worker waits for the lock, and its key does nothing meanwhile.
#[test]
fn in_the_repaired_version_the_other_worker_waits() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("in_the_repaired_version_the_other_worker_waits");
    };
    let site = site();
    page.show_as(1280, "light");
    page.go(&site.address("#play-lost-update/repaired/"));
    page.wait("!!document.querySelector('#play-lost-update.is-playing')");
    page.ask("(document.querySelector('#play-lost-update .play-choice').focus(), 1)");
    let states = || {
        page.ask_strings(
            "[...document.querySelectorAll('#play-lost-update .play-state')].map(state => state.textContent)",
        )
    };
    page.press("1");
    assert_eq!(states(), ["can go on", "waits"]);
    page.press("2");
    assert_eq!(states(), ["can go on", "waits"]);
    page.press("1");
    page.press("2");
    assert_eq!(states(), ["done", "can go on"]);
}

/// Where no repair keeps the promise, the second version says so, and has a task of its own.
#[test]
fn another_promise_is_called_so_and_has_its_task() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("another_promise_is_called_so_and_has_its_task");
    };
    let site = site();
    page.show_as(1280, "light");
    page.go(&site.address("#play-two-generals/broken/"));
    page.wait("!!document.querySelector('#play-two-generals.is-playing')");
    let text = |selector: &str| {
        let name = "two-generals";
        Board { page: &page, name }.text(selector)
    };
    assert!(text(".play-task").contains("that one general attacks alone"));
    let tab = "#play-two-generals .play-version[data-version=repaired]";
    page.click(tab);
    assert_eq!(text(".play-version[aria-pressed=true]"), "Another promise");
    assert_eq!(
        text(".play-told"),
        "Another promise, from the start. Choose a step with its button, or with the key of its number."
    );
    assert!(text(".play-task").contains("Try to keep the plan from B"));
    page.click("#play-two-generals .play-version[data-version=broken]");
    assert!(text(".play-task").contains("that one general attacks alone"));
}
