//! A queue that moves, in a browser: by keyboard, without movement, without scripts.

use crate::common;
use crate::common::browser::Page;
use crate::common::fileserver::FileServer;
use crate::common::fixture::Fixture;
use crate::common::{errors, workbook};

/// Four ticks of a queue with two places; the consumer takes in the third.
const EVENTS: &str = "{\"capacity\":2,\"serve\":3,\"taken\":\"0010\",\"sent\":\"1110\"}\n{\"capacity\":8,\"serve\":3,\"taken\":\"0010\",\"sent\":\"1111\"}\n";

const STATUS: &str = "document.querySelector('.queue-status').textContent";

#[test]
fn a_queue_is_played_and_stepped_by_keyboard() {
    let book = Fixture::new();
    book.dress();
    book.write("book/queues/q.jsonl", EVENTS);
    book.append("book/start/idea.md", "\n{{#queue q}}\n");
    let output = workbook(book.root(), &["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let html = std::fs::read_to_string(book.root().join("site/start/idea.html")).expect("a page");
    let end = "<tr><td>2</td><td>3</td><td>1</td><td>2</td><td>1</td></tr>";
    assert!(html.contains(end), "without scripts it says how it ends");

    let Some(page) = Page::open() else {
        return common::skipped_without_browser("a_queue_is_played_and_stepped_by_keyboard");
    };
    let server = FileServer::start(&book.root().join("site"), "b");
    page.show_at((1280, 900), "light", "reduce");
    page.go(&format!(
        "http://127.0.0.1:{}/b/start/idea.html",
        server.port
    ));
    page.wait("!!document.querySelector('.queue.is-live')");
    assert_eq!(
        page.ask("document.querySelector('.queue-fallback').checkVisibility()"),
        false
    );
    // The narrower one of the two.
    page.ask(
        "(() => { const select = document.querySelector('.queue select'); select.value = '2'; \
          select.dispatchEvent(new Event('change')); return 1 })()",
    );
    page.ask("(document.querySelector('.queue-on').focus(), 1)");
    page.press("Enter");
    page.press("Enter");
    page.wait(&format!(
        "{STATUS} === 'Tick 2: 0 done, 2 of 2 places taken, and full; the producer waits for nothing.'"
    ));
    let count = |lane: &str| {
        page.ask(&format!(
            "document.querySelectorAll('.queue-item.is-{lane}').length"
        ))
    };
    assert_eq!(count("queue"), 2);
    let moves = "getComputedStyle(document.querySelector('.queue-item')).transitionDuration";
    assert_ne!(page.ask(moves), "0.25s", "no movement is wanted");
    page.ask("(document.querySelector('.queue-go').focus(), 1)");
    page.press("Enter");
    page.wait(&format!(
        "{STATUS} === 'Tick 4: 1 done, 2 of 2 places taken, and full; the producer waits with 1.'"
    ));
    assert_eq!(
        (count("done"), count("queue"), count("door")),
        (1.into(), 2.into(), 1.into())
    );
    // The clock goes back by its arrow keys, and the stage says the same to those who do not see it.
    page.ask("(document.querySelector('.queue input[type=range]').focus(), 1)");
    page.press("ArrowLeft");
    page.wait(
        "document.querySelector('.queue-stage').getAttribute('aria-label').startsWith('Tick 3: ')",
    );
    assert_eq!(page.take_seen().errors, [""; 0]);
}
