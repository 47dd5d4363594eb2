//! The two sides of a twin in a browser: tabs that a keyboard can use, and a choice that is remembered.

use crate::common;
use crate::common::browser::Page;
use crate::common::fixture::Fixture;
use crate::common::server::Server;

/// A page with two twins, in the theme of our pages.
fn book() -> Fixture {
    let book = Fixture::new();
    book.dress();
    book.write(
        "code/mapping/queues/Cargo.toml",
        "[package]\nname = \"queues\"\ndescription = \"d\"\n[package.metadata.workbook]\ntitle = \"Queues\"\n",
    );
    book.write(
        "code/mapping/queues/src/lib.rs",
        "// ANCHOR: send\nsend();\n// ANCHOR_END: send\n// ANCHOR: close\ndrop(sender);\n// ANCHOR_END: close\n",
    );
    book.write(
        "code/go/queues/main.go",
        "// ANCHOR: send\nqueue <- 1\n// ANCHOR_END: send\n// ANCHOR: close\nclose(queue)\n// ANCHOR_END: close\n",
    );
    book.append(
        "book/start/idea.md",
        "\n{{#twin queues send}}\n\nAnd then:\n\n{{#twin queues close}}\n",
    );
    book
}

/// What can be seen of both twins, and which tab is chosen.
fn seen(page: &Page) -> Vec<String> {
    page.ask_strings(
        "[...document.querySelectorAll('.twin')].map(twin => [
            twin.querySelector('[aria-selected=true]').textContent,
            ...[...twin.querySelectorAll('.twin-side')].filter(side => side.checkVisibility())
                .map(side => side.querySelector('code').textContent.trim())].join(' | '))",
    )
}

/// Presses a key where the focus is.
fn press(page: &Page, key: &str) {
    page.ask(&format!(
        "(document.activeElement.dispatchEvent(new KeyboardEvent('keydown', \
         {{ key: '{key}', bubbles: true, cancelable: true }})), 1)"
    ));
}

#[test]
fn tabs_show_one_side_or_both_and_remember_it() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("tabs_show_one_side_or_both_and_remember_it");
    };
    let book = book();
    let server = Server::start(book.root());
    let address = format!("http://127.0.0.1:{}/start/idea.html", server.port);
    page.show_as(1280, "light");
    page.go(&address);
    page.wait("document.querySelectorAll('.twin [role=tab]').length === 6");
    assert_eq!(seen(&page), ["Rust | send();", "Rust | drop(sender);"]);

    page.ask("(document.querySelector('.twin [data-choice=go]').click(), 1)");
    let go = ["Go | queue <- 1", "Go | close(queue)"];
    assert_eq!(seen(&page), go, "a choice is for all twins of the page");
    page.go(&address);
    page.wait("document.querySelector('.twin [aria-selected=true]')?.textContent === 'Go'");
    assert_eq!(seen(&page), go, "and for the next visit");
    assert_eq!(page.ask("localStorage.getItem('workbook.twin.v1')"), "go");

    // The keyboard: one stop in each list, arrows within it, and no arrow turns the page.
    assert_eq!(
        page.ask("document.querySelectorAll('.twin [role=tab][tabindex=\"0\"]').length"),
        2
    );
    page.ask("(document.querySelectorAll('.twin [aria-selected=true]')[1].focus(), 1)");
    press(&page, "ArrowRight");
    assert_eq!(page.ask("document.activeElement.textContent"), "Both");
    assert_eq!(seen(&page)[0], "Both | send(); | queue <- 1");
    press(&page, "ArrowRight");
    assert_eq!(
        seen(&page)[1],
        "Rust | drop(sender);",
        "after the last comes the first"
    );
    press(&page, "End");
    press(&page, "Home");
    assert_eq!(page.ask("document.activeElement.textContent"), "Rust");
    assert_eq!(page.ask("location.pathname"), "/start/idea.html");

    // A value of another version of the book is none.
    page.ask("(localStorage.setItem('workbook.twin.v1', 'cobol'), 1)");
    page.go(&address);
    page.wait("document.querySelector('.twin [aria-selected=true]')?.textContent === 'Rust'");
    assert_eq!(page.take_seen().errors, [""; 0]);
}

/// Both sides stand beside each other where there is room, and one under the other where there is none.
#[test]
fn both_sides_stand_where_they_fit() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("both_sides_stand_where_they_fit");
    };
    let book = book();
    let server = Server::start(book.root());
    let address = format!("http://127.0.0.1:{}/start/idea.html", server.port);
    // What is in the first two places: the left and the upper edge of each side's code.
    let places = "[...document.querySelectorAll('.twin')[0].querySelectorAll('code')]
        .map(code => code.getBoundingClientRect()).map(({ left, top }) => [left, top])";
    for (width, beside) in [(1440, true), (390, false)] {
        page.show_as(width, "light");
        page.go(&address);
        page.wait("!!document.querySelector('.twin [data-choice=both]')");
        page.ask("(document.querySelector('.twin [data-choice=both]').click(), 1)");
        let places = page.ask(places);
        let (rust, go) = (&places[0], &places[1]);
        assert_eq!(rust[1] == go[1], beside, "{width}: {places}");
        assert_eq!(rust[0] == go[0], !beside, "{width}: {places}");
        let fits = page.ask(
            "[...document.querySelectorAll('.twin, .twin-tabs, .twin figcaption')]
                .every(part => part.getBoundingClientRect().right <= innerWidth)",
        );
        assert_eq!(fits, true, "{width}");
    }
}

/// Without scripts, and on paper, nothing is hidden.
#[test]
fn both_sides_are_in_the_page_as_it_is_sent() {
    let book = book();
    let output = common::workbook(book.root(), &["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{}", common::errors(&output));
    let html = std::fs::read_to_string(book.root().join("site/start/idea.html")).expect("a page");
    for part in ["send();", "queue &lt;- 1", "drop(sender);", "close(queue)"] {
        assert!(html.contains(part), "{part}");
    }
    assert!(
        !html.contains("role=\"tab\"") && !html.contains("hidden>"),
        "scripts make the tabs"
    );
}
