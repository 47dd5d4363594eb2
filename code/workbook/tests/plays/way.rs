//! Ways through a play: by buttons, by an address, and the shortest one, which plays by itself.

use crate::common;
use crate::common::board::{Board, numbers};
use crate::common::browser::Page;
use crate::played::site;

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
        board.takes(broken, &shortest, |number| {
            let nth = number + 1;
            page.click(&format!("#play-{name} .play-choice:nth-child({nth})"));
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
    assert!(said.starts_with("Back. Step 1: "), "{said}");
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
    assert_eq!(board.text(".play-shortest"), "Play the shortest way");
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
    assert!(said.contains("One update is lost."), "{said}");
    let choices = "document.querySelectorAll('#play-lost-update .play-choice').length";
    assert_eq!(page.ask(choices), 0, "nothing happens after the end");
    assert_eq!(
        page.ask("document.activeElement.textContent"),
        "Now try it with one lock around both steps"
    );
}
