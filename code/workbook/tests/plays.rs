//! Plays in a browser, on the static site: each is lost and won by keyboard alone, on a wide window and a narrow one, light
//! and dark; every step is told; a position has an address; and without scripts there is a table.

mod common;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

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

/// An expression on an element of the play.
fn of(name: &str, selector: &str, what: &str) -> String {
    format!("document.querySelector('#play-{name} {selector}').{what}")
}

/// Scrolls to a play, and waits until it can be played.
fn begin(page: &Page, name: &str) {
    page.ask(&format!(
        "(document.querySelector('#play-{name}').scrollIntoView(), 1)"
    ));
    page.wait(&format!(
        "!!document.querySelector('#play-{name}.is-playing .play-choice')"
    ));
    page.ask(&format!("({}, 1)", of(name, ".play-choice", "focus()")));
}

fn told(page: &Page, name: &str) -> String {
    let told = page.ask(&of(name, ".play-told[role=status]", "textContent"));
    told.as_str().expect("a text").to_owned()
}

/// Takes the steps by their keys, and holds what is told against what the model says of each.
fn takes(page: &Page, name: &str, graph: &Value, choices: &[usize]) -> usize {
    let mut here = 0;
    for number in choices {
        page.press(&(number + 1).to_string());
        let choice = &graph["positions"][here]["choices"][number];
        let text = &graph["texts"][index(&choice["told"])];
        let said = told(page, name);
        let text = text.as_str().expect("a text");
        assert!(said.starts_with(text), "{name}: {said}, not {text}");
        here = index(&choice["to"]);
    }
    here
}

fn index(value: &Value) -> usize {
    usize::try_from(value.as_u64().expect("a number")).expect("small")
}

fn numbers(value: &Value) -> Vec<usize> {
    value
        .as_array()
        .expect("a list")
        .iter()
        .map(index)
        .collect()
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

/// Loses and wins each play in a window of that width.
fn plays_all(page: &Page, width: u32, scheme: &str) {
    let site = site();
    assert!(site.names.len() >= 12, "{:?}", site.names);
    page.show_as(width, scheme);
    page.go(&site.address(""));
    for name in &site.names {
        let play = site.play(name);
        begin(page, name);
        let (broken, repaired) = (&play["broken"], &play["repaired"]);
        takes(page, name, broken, &numbers(&broken["shortest"]));
        let said = told(page, name);
        assert!(said.contains("You have done it"), "{name}: {said}");
        // To the repaired version, whose button stands before the others.
        let choose = of(name, "[data-version=repaired]", "focus()");
        page.ask(&format!("({choose}, 1)"));
        page.press("Enter");
        // What each step says was looked at above.
        for number in first_choices(repaired) {
            page.press(&(number + 1).to_string());
        }
        let said = told(page, name);
        assert!(said.contains("every promise is kept"), "{name}: {said}");
        let counted = page.ask(&of(name, ".play-counts", "textContent"));
        let counted = counted.as_str().expect("a text");
        assert!(
            counted.ends_with("none leads to a bad end."),
            "{name}: {counted}"
        );
    }
    assert_eq!(overflow(page), None, "at {width}");
    assert_eq!(contrast(page, scheme), None, "{scheme}");
    assert_eq!(page.take_seen().errors, [""; 0]);
    assert_eq!(site.server.take_lacking(), [""; 0]);
}

#[test]
fn each_play_is_lost_and_won_by_keyboard_alone() {
    let Some((_alone, page)) = alone() else {
        return common::skipped_without_browser("each_play_is_lost_and_won_by_keyboard_alone");
    };
    plays_all(&page, 1440, "light");
}

#[test]
fn each_play_is_lost_and_won_on_a_phone_in_the_dark() {
    let Some((_alone, page)) = alone() else {
        return common::skipped_without_browser("each_play_is_lost_and_won_on_a_phone_in_the_dark");
    };
    plays_all(&page, 390, "dark");
}

/// As a new reader would: nothing but the tab key and the numbers on the buttons.
#[test]
fn a_position_has_an_address() {
    let Some((_alone, page)) = alone() else {
        return common::skipped_without_browser("a_position_has_an_address");
    };
    let site = site();
    page.show_as(1280, "light");
    page.go(&site.address(""));
    begin(&page, "lost-update");
    page.press("1");
    page.press("1");
    page.press("Backspace");
    page.press("0");
    page.press("1");
    page.press("2");
    let shown = of("lost-update", ".play-shared", "textContent");
    let here = page.ask(&shown);
    let link = page.ask(&of("lost-update", ".play-link", "href"));
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
    page.ask(&format!(
        "({}, 1)",
        of("lost-update", ".play-shortest", "click()")
    ));
    let said = told(&page, "lost-update");
    assert!(
        said.starts_with("4 steps.") && said.contains("One update is lost."),
        "{said}"
    );
    let pressed = page.ask(
        &of("lost-update", ".play-choice", "textContent")
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
    page.go(&site.address(""));
    begin(&page, "two-locks");
    let shown = "['.play-fallback', '.play-parties'].map(part => \
                 document.querySelector(`#play-two-locks ${part}`).checkVisibility())";
    assert_eq!(page.ask(shown), serde_json::json!([false, true]));
    page.show_on("print");
    assert_eq!(page.ask(shown), serde_json::json!([true, false]));
}
