//! Plays in a browser, on the static site: each is lost and won by keyboard alone, on a wide window and a narrow one, light
//! and dark; every step is told; a position has an address; and without scripts there is a table.

mod common;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use common::board::{Board, index, numbers};
use common::browser::Page;
use common::fileserver::FileServer;
use common::fixture::Fixture;
use common::page_look::{contrast, overflow};
use serde_json::Value;

/// One window at a time: one that is behind another is drawn seldom, and a play begins when it is seen.
static ALONE: Mutex<()> = Mutex::new(());

/// A window of the browser, and the right to be the only one of these tests.
fn alone() -> Option<(MutexGuard<'static, ()>, Page)> {
    let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    Page::open().map(|page| (alone, page))
}

/// A small book with all plays on one page, and its server.
struct Site {
    book: Fixture,
    server: FileServer,
    names: Vec<String>,
}

fn site() -> Site {
    let book = Fixture::new();
    book.dress();
    let names = names(book.root());
    for name in &names {
        book.append("book/start/idea.md", &format!("\n{{{{#play {name}}}}}\n"));
    }
    let output = common::workbook(book.root(), &["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{}", common::errors(&output));
    let server = FileServer::start(&book.root().join("site"), "under/a/path");
    Site {
        book,
        server,
        names,
    }
}

/// The names of all plays, as the tool tells them.
fn names(root: &Path) -> Vec<String> {
    let output = common::workbook(root, &["list", "--json"]);
    let items: Vec<Value> = serde_json::from_str(&common::text(&output)).expect("a list");
    let plays = items.iter().filter(|item| item["kind"] == "play");
    plays
        .map(|play| play["name"].as_str().expect("a name").to_owned())
        .collect()
}

impl Site {
    fn address(&self, fragment: &str) -> String {
        let port = self.server.port;
        format!("http://127.0.0.1:{port}/under/a/path/start/idea.html{fragment}")
    }

    /// All that can happen in a play, as its page loads it.
    fn play(&self, name: &str) -> Value {
        let file = self.book.root().join(format!("site/plays/{name}.json"));
        let text = std::fs::read_to_string(file).expect("a file");
        serde_json::from_str(&text).expect("a play")
    }
}

/// The choices from the beginning to the end that one always meets who takes the first that there is.
fn first_choices(graph: &Value) -> Vec<usize> {
    let (mut here, mut way) = (0, Vec::new());
    while let Some(choice) = graph["positions"][here]["choices"].get(0) {
        way.push(0);
        here = index(&choice["to"]);
    }
    way
}

/// Loses and wins each play in a window of that width, and looks at what has come of it in light and dark.
fn plays_all(page: &Page, width: u32, schemes: [&str; 2]) {
    let site = site();
    assert!(site.names.len() >= 12, "{:?}", site.names);
    page.show_as(width, schemes[0]);
    page.go(&site.address(""));
    let press = |number: usize| page.press(&(number + 1).to_string());
    for name in &site.names {
        let play = site.play(name);
        let board = Board { page, name };
        board.begin();
        let (broken, repaired) = (&play["broken"], &play["repaired"]);
        board.takes(broken, &numbers(&broken["shortest"]), press);
        let said = board.told();
        assert!(said.contains("You have done it"), "{name}: {said}");
        // To the repaired version, whose button stands before the others.
        let choose = board.of("[data-version=repaired]", "focus()");
        page.ask(&format!("({choose}, 1)"));
        page.press("Enter");
        board.takes(repaired, &first_choices(repaired), press);
        let said = board.told();
        assert!(said.contains("every promise is kept"), "{name}: {said}");
        let counted = board.text(".play-counts");
        assert!(
            counted.ends_with("none leads to a bad end."),
            "{name}: {counted}"
        );
    }
    for scheme in schemes {
        page.show_as(width, scheme);
        assert_eq!(overflow(page), None, "at {width}, {scheme}");
        assert_eq!(contrast(page, scheme), None, "at {width}, {scheme}");
    }
    assert_eq!(page.take_seen().errors, [""; 0]);
    assert_eq!(site.server.take_lacking(), [""; 0]);
}

#[test]
fn each_play_is_lost_and_won_by_keyboard_alone() {
    let Some((_alone, page)) = alone() else {
        return common::skipped_without_browser("each_play_is_lost_and_won_by_keyboard_alone");
    };
    plays_all(&page, 1440, ["light", "dark"]);
}

#[test]
fn each_play_is_lost_and_won_on_a_phone_in_the_dark() {
    let Some((_alone, page)) = alone() else {
        return common::skipped_without_browser("each_play_is_lost_and_won_on_a_phone_in_the_dark");
    };
    plays_all(&page, 390, ["dark", "light"]);
}

#[test]
fn a_button_takes_its_own_step() {
    let Some((_alone, page)) = alone() else {
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

/// Who follows the link of a position stands there.
#[test]
fn a_position_has_an_address() {
    let Some((_alone, page)) = alone() else {
        return common::skipped_without_browser("a_position_has_an_address");
    };
    let site = site();
    page.show_as(1280, "light");
    page.go(&site.address(""));
    let board = Board {
        page: &page,
        name: "lost-update",
    };
    board.begin();
    let shown = board.of(".play-parties", "parentElement.innerText");
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
    // The way that is shown is the model's.
    let show = board.of(".play-shortest", "click()");
    page.ask(&format!("({show}, 1)"));
    let said = board.told();
    assert!(
        said.starts_with("4 steps.") && said.contains("One update is lost."),
        "{said}"
    );
    let pressed = page.ask(
        &board
            .of(".play-choice", "textContent")
            .replace(").textContent", ")?.textContent ?? 'none'"),
    );
    assert_eq!(pressed, "none", "nothing happens after the end");
}

#[test]
fn without_scripts_and_on_paper_there_is_the_shortest_way() {
    let site = site();
    let page = site.book.root().join("site/start/idea.html");
    let html = std::fs::read_to_string(page).expect("a page");
    for name in &site.names {
        let section = html
            .split(&format!("id=\"play-{name}\""))
            .nth(1)
            .expect("a place");
        let section = section.split("</section>").next().expect("its end");
        let rows = section.matches("<tr><td>").count();
        assert_eq!(
            rows,
            numbers(&site.play(name)["broken"]["shortest"]).len(),
            "{name}"
        );
    }
    let Some((_alone, page)) = alone() else {
        return common::skipped_without_browser(
            "without_scripts_and_on_paper_there_is_the_shortest_way",
        );
    };
    page.show_as(1280, "light");
    let shown = "['.play-fallback', '.play-parties'].map(part => \
                 !!document.querySelector(`#play-two-locks ${part}`)?.checkVisibility())";
    let only_the_table = serde_json::json!([true, false]);
    page.without_scripts(true);
    page.go(&site.address("?without"));
    assert_eq!(page.ask(shown), only_the_table);
    page.without_scripts(false);
    page.go(&site.address(""));
    let name = "two-locks";
    Board { page: &page, name }.begin();
    assert_eq!(page.ask(shown), serde_json::json!([false, true]));
    page.show_on("print");
    assert_eq!(page.ask(shown), only_the_table);
}
