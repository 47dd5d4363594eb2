//! The place of a play on its page: it does not change when the play begins, all that matters is in sight, and without
//! scripts it holds a table.

use serde_json::{Value, json};

use super::played::{nearest_good_end, site};
use crate::common;
use crate::common::board::{Board, keys, numbers};
use crate::common::browser::Page;

/// Where each play begins and ends on the page.
const PLACES: &str = "[...document.querySelectorAll('.play')].map(play => {
    const { top, bottom } = play.getBoundingClientRect();
    return [top, bottom].map(edge => Math.round(edge + document.documentElement.scrollTop));
})";

#[test]
fn nothing_moves_when_the_plays_begin() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("nothing_moves_when_the_plays_begin");
    };
    let site = site();
    // What can happen comes late.
    page.begin_with(
        "{ const come = window.fetch;
           window.late = [];
           window.fetch = (...all) => new Promise(go => late.push(() => go(come(...all)))); }",
    );
    for width in [1440, 390] {
        page.show_as(width, "light");
        page.go(&site.address(&format!("?{width}")));
        page.ask("document.fonts.ready.then(() => 1)");
        let before = page.ask(PLACES);
        assert_eq!(
            page.ask("document.querySelectorAll('.is-playing').length"),
            0
        );
        page.ask("(window.late.push = act => act(), late.splice(0).forEach(act => act()), 1)");
        for name in &site.names {
            Board { page: &page, name }.begin();
        }
        assert_eq!(page.ask(PLACES), before, "at {width}");
    }
}

/// What comes above a play, once its reader has been led to it, moves it out of sight no more.
#[test]
fn an_address_leads_to_its_play_and_stays_there() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("an_address_leads_to_its_play_and_stays_there");
    };
    let site = site();
    for width in [1440, 390] {
        page.show_as(width, "light");
        page.go(&site.address(&format!("?{width}#play-two-locks/broken/1")));
        page.wait("!!document.querySelector('#play-two-locks.is-playing')");
        page.ask("(document.querySelector('main h1').style.paddingTop = '700px', 1)");
        page.wait(
            "(() => { const { top } = document.querySelector('#play-two-locks').getBoundingClientRect();
                const { bottom } = document.querySelector('#mdbook-menu-bar').getBoundingClientRect();
                return top >= bottom - 1 && top < bottom + 40; })()",
        );
    }
}

/// What must be in sight together, and what of it is hidden, after each step of some ways.
const HIDDEN: &str = "(play, ways) => {
    const hidden = [];
    const look = when => {
        const parts = play.querySelectorAll(`.play-shared dd, .play-told, .play-choice, .play-cure, .play-back,
            .play-restart, .play-party.is-last .is-next ${play.querySelector('.play-choice') ? '' : ', .play-question'}`);
        for (const part of parts) {
            const { left, top, bottom } = part.getBoundingClientRect();
            const seen = y => part.contains(document.elementFromPoint(left + 4, y));
            if (!seen(top + 4) || !seen(bottom - 4)) hidden.push(`${when}: ${part.textContent}`);
        }
    };
    for (const [version, keys] of ways) {
        play.querySelector(`[data-version=${version}]`).click();
        play.scrollIntoView();
        look(version);
        keys.forEach((key, at) => {
            play.querySelector(`.play-choice[data-key='${key}']`).click();
            look(`${version} ${keys.slice(0, at + 1)}`);
        });
    }
    return hidden;
}";

/// The state, the choices and the line that was reached are in sight together at each step; and so is what is wanted at an
/// end, good or bad.
#[test]
fn what_matters_is_in_sight_together_from_the_first_step_to_each_end() {
    let site = &site();
    std::thread::scope(|scope| {
        for size in [(1280, 800), (390, 844)] {
            let Some(page) = Page::open() else {
                return common::skipped_without_browser(
                    "what_matters_is_in_sight_together_from_the_first_step_to_each_end",
                );
            };
            scope.spawn(move || {
                page.show_at(size, "light", "reduce");
                page.go(&site.address(&format!("?{}", size.0)));
                for name in &site.names {
                    let hidden = hidden(&Board { page: &page, name }, &site.play(name));
                    assert_eq!(hidden, [""; 0], "{name} at {size:?}");
                }
            });
        }
    });
}

/// What is hidden on the way to the nearest bad end, to a good one, and to one of the repaired version.
fn hidden(board: &Board<'_>, play: &Value) -> Vec<String> {
    board.begin();
    let (broken, repaired) = (&play["broken"], &play["repaired"]);
    let ways = json!([
        ["broken", keys(broken, &numbers(&broken["shortest"]))],
        ["broken", keys(broken, &nearest_good_end(broken))],
        ["repaired", keys(repaired, &nearest_good_end(repaired))],
    ]);
    let name = board.name;
    board.page.ask_strings(&format!(
        "({HIDDEN})(document.querySelector('#play-{name}'), {ways})"
    ))
}

#[test]
fn without_scripts_and_on_paper_there_is_the_shortest_way() {
    let site = site();
    let html = site.html();
    for name in &site.names {
        let section = html
            .split(&format!("id=\"play-{name}\""))
            .nth(1)
            .expect("a place");
        let section = section.split("</section>").next().expect("its end");
        let (_, fallback) = section.split_once("play-fallback").expect("a table");
        let play = site.play(name);
        let rows = fallback.matches("<tr><td>").count();
        assert_eq!(rows, numbers(&play["broken"]["shortest"]).len(), "{name}");
        // The code of both versions, each piece once.
        let mut known = Vec::new();
        for version in ["broken", "repaired"] {
            let called = play["versions"][version]["name"].as_str().expect("a name");
            let called = called.to_lowercase();
            let parties = play[version]["parties"].as_array().expect("a list");
            let mut pieces: Vec<_> = parties
                .iter()
                .map(|party| party["code"].to_string())
                .collect();
            pieces.retain(|code| code != "[]" && (version == "broken" || !known.contains(code)));
            pieces.sort();
            pieces.dedup();
            known.extend(pieces.iter().cloned());
            let shown = fallback.matches(&format!(", {called}</p>")).count();
            assert_eq!(shown, pieces.len(), "{name}, {version}");
        }
    }
    let Some(page) = Page::open() else {
        return common::skipped_without_browser(
            "without_scripts_and_on_paper_there_is_the_shortest_way",
        );
    };
    page.show_as(1280, "light");
    let shown = "['.play-fallback', '.play-board'].map(part => \
                 !!document.querySelector(`#play-two-locks ${part}`)?.checkVisibility())";
    let (only_the_table, only_the_board) = (json!([true, false]), json!([false, true]));
    page.without_scripts(true);
    page.go(&site.address("?without"));
    assert_eq!(page.ask(shown), only_the_table);
    page.without_scripts(false);
    page.go(&site.address(""));
    assert_eq!(page.ask(shown), only_the_board);
    let name = "two-locks";
    Board { page: &page, name }.begin();
    assert_eq!(page.ask(shown), only_the_board);
    page.show_on("print");
    assert_eq!(page.ask(shown), only_the_table);
    page.show_on("");
    // What can happen does not come: then there is the table, too.
    page.begin_with("window.fetch = () => Promise.reject(new Error('no network'))");
    page.go(&site.address("?offline#play-two-locks/broken/"));
    page.wait("!!document.querySelector('#play-two-locks.is-table')");
    assert_eq!(page.ask(shown), only_the_table);
}
