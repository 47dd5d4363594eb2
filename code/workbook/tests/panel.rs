//! The run panel in a browser: live, stopped, recorded, by keyboard, and when the server goes away.

mod common;

use std::time::Duration;

use common::browser::Page;
use common::fileserver::FileServer;
use common::live::{Live, assert_gone};
use common::recorded::book;
use common::server::Server;
use serde_json::json;

/// How soon a program has to be gone that was stopped, on a machine that is busy with other tests.
const GONE: Duration = Duration::from_secs(3);

const STATUS: &str = "document.querySelector('.run-status').textContent";
const BADGE: &str = "document.querySelector('.run-badge').textContent";

/// Goes to the page, and waits for its panel.
fn go(page: &Page, address: &str) {
    page.show_as(1280, "light");
    page.take_seen();
    page.go(address);
    page.wait("!!document.querySelector('.run.is-panel')");
}

fn served(page: &Page, live: &Live) {
    go(
        page,
        &format!("http://127.0.0.1:{}/start/idea.html", live.server.port),
    );
}

/// Chooses a number that only a live run can have.
fn set_workers(page: &Page, workers: u32) {
    page.ask(&format!(
        "(() => {{ const box = document.querySelector('.run input[type=number]'); box.value = {workers};
            box.dispatchEvent(new Event('input', {{ bubbles: true }})); return 1 }})()"
    ));
}

fn click(page: &Page, button: &str) {
    page.ask(&format!(
        "(document.querySelector('.run-{button}').click(), 1)"
    ));
}

/// Tabs to a part of the panel.
fn tab_to(page: &Page, selector: &str) {
    for _ in 0..80 {
        page.press("Tab");
        if page.ask(&format!("document.activeElement.matches('{selector}')")) == true {
            return;
        }
    }
    panic!("the tab key does not lead to {selector}");
}

/// Nothing went wrong, and nobody else was asked for anything.
fn assert_calm(page: &Page, port: u16) {
    let seen = page.take_seen();
    assert_eq!(seen.errors, [""; 0]);
    let origin = format!("http://127.0.0.1:{port}/");
    let elsewhere: Vec<_> = (seen.requests.iter())
        .filter(|url| !url.starts_with(&origin) && !url.starts_with("data:"))
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    assert!(!seen.requests.is_empty(), "requests are told");
}

#[test]
fn a_live_run_streams_to_its_end_by_keyboard() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("a_live_run_streams_to_its_end_by_keyboard");
    };
    let live = Live::of(book());
    served(&page, &live);
    assert_eq!(page.ask(BADGE), "LIVE");
    tab_to(&page, ".run-go");
    // What cargo says makes room for the program: on a quick machine, before it could be asked for.
    page.ask(
        "(window.isCompiled = false, new MutationObserver(() => window.isCompiled ||= \
         document.querySelector('.run-printed').textContent.includes('Compiling s04-release'))\
         .observe(document.querySelector('.run-printed'), { childList: true }), true)",
    );
    page.press("Enter");
    page.wait("window.isCompiled");
    page.wait(&format!("{STATUS} === 'Running.'"));
    let drawn = "!!document.querySelector('.run-chart .run-line.now')";
    page.wait(drawn);
    assert_eq!(
        page.ask("document.querySelector('.run-go').textContent"),
        "Stop",
        "it goes on"
    );
    page.wait(&format!("{STATUS}.includes(' in 2.00 s')"));
    assert_eq!(page.ask(BADGE), "LIVE");
    let text = page
        .ask("document.querySelector('.run').textContent")
        .to_string();
    for words in [
        "14,000",
        "7,000",
        "cargo run --release -- run s04-release",
        "<b>holder</b>",
        "<script>",
        "<b>bold</b>",
        "<b>lookup</b>",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let markup =
        "document.querySelectorAll('.run :is(b, img, script)').length + Number(!!window.isHarmed)";
    assert_eq!(page.ask(markup), 0, "what a program says is text");

    // A second run lies over the first one; the first keeps its line.
    page.press("Enter");
    page.wait(
        "!!document.querySelector('.run-line.now') && !!document.querySelector('.run-line.before')",
    );
    let dashes =
        "getComputedStyle(document.querySelector('.run-line.before')).strokeDasharray !== 'none'";
    assert_eq!(page.ask(dashes), true);
    page.wait(&format!("/ in [0-9]/.test({STATUS})"));
    click(&page, "clear");
    // What was recorded stands there again, and nothing of this machine's.
    page.wait("!!document.querySelector('.run-chart.is-faint .run-line.now')");
    assert_eq!(page.ask("document.querySelectorAll('.run-line').length"), 1);
    assert_calm(&page, live.server.port);
}

#[test]
fn stop_ends_the_program() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("stop_ends_the_program");
    };
    let live = Live::of(book());
    served(&page, &live);
    set_workers(&page, 9);
    click(&page, "go");
    let said = "document.querySelector('.run-printed').textContent.match(/pids (\\d+)/)?.[1]";
    page.wait(&format!(
        "!!({said}) && !!document.querySelector('.run-line')"
    ));
    let pid = page
        .ask(said)
        .as_str()
        .and_then(|pid| pid.parse().ok())
        .expect("a number");
    assert_eq!(
        page.ask("document.querySelector('.run select, .run input').disabled"),
        true
    );
    click(&page, "go");
    page.wait(&format!("{STATUS} === 'Stopped.'"));
    assert_gone([pid, pid], GONE);
    assert_eq!(
        page.ask("document.querySelector('.run-go').textContent"),
        "Run"
    );
    assert_calm(&page, live.server.port);
}

/// Whether the server is killed, or is asked to end and says so.
#[test]
fn a_run_goes_on_as_a_recording_when_the_server_goes_away() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser(
            "a_run_goes_on_as_a_recording_when_the_server_goes_away",
        );
    };
    for is_killed in [true, false] {
        let live = Live::of(book());
        served(&page, &live);
        set_workers(&page, 9);
        click(&page, "go");
        page.wait("!!document.querySelector('.run-line.now')");
        assert_eq!(page.ask(BADGE), "LIVE");
        let Live { server, .. } = live;
        if is_killed {
            drop(server);
        } else {
            assert!(server.interrupt(), "it ends well");
        }
        page.wait(&format!("{BADGE} === 'RECORDED'"));
        let status = page.ask(STATUS).to_string();
        assert!(status.contains("the server does not answer"), "{status}");
        assert!(
            status.contains("the nearest: steady,workers=8,delay=500"),
            "{status}"
        );
        page.wait(&format!(
            "{STATUS}.includes(' in 3.00 s when it was recorded')"
        ));
        let text = page
            .ask("document.querySelector('.run').textContent")
            .to_string();
        for words in ["Another machine, 2026-01-02", "8,500", "<b>recorded</b>"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        // The next run is the recording from its beginning.
        click(&page, "go");
        page.wait(&format!("{STATUS}.includes('when it was recorded')"));
    }
}

#[test]
fn sliders_of_the_static_site_choose_among_recorded_runs() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser(
            "sliders_of_the_static_site_choose_among_recorded_runs",
        );
    };
    let book = book();
    let output = common::workbook(book.root(), &["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{}", common::errors(&output));
    let server = FileServer::start(&book.root().join("site"), "under/a/path");
    let port = server.port;
    // The first page is a copy at the root of the site: recordings are found from there, too.
    for place in ["start/idea.html", ""] {
        let address = format!("http://127.0.0.1:{port}/under/a/path/{place}");
        go(&page, &address);
        assert_eq!(page.ask(BADGE), "RECORDED");
        page.wait(
            "document.querySelector('.run-source').textContent === 'Another machine, 2026-01-02'",
        );
        assert_eq!(
            page.ask("document.querySelector('.run-measure').checkVisibility()"),
            false
        );
        tab_to(&page, ".run input[type=range]");
        assert_eq!(
            page.ask("document.activeElement.getAttribute('aria-valuetext')"),
            "8"
        );
        page.press("ArrowLeft");
        assert_eq!(
            page.ask("document.activeElement.getAttribute('aria-valuetext')"),
            "2"
        );
        page.wait(&format!("{STATUS} === 'Replaying.'"));
        page.wait("document.querySelector('.run-ledger').textContent.includes('workers 2')");
        page.wait(&format!("{STATUS}.includes(' in 3.00 s')"));
        let ledger = page
            .ask("document.querySelector('.run-ledger').textContent")
            .to_string();
        assert!(ledger.contains("2,500"), "{ledger}");
        // The usual run, which was recorded there too, is what it is compared with.
        assert_eq!(
            page.ask(STATUS),
            "2 workers instead of 8: 0.29 × the lines a second, 833 instead of 2,830 (2,500 lines in 3.00 s when it was recorded)."
        );
        tab_to(&page, ".run input[type=range]");
        page.press("ArrowLeft");
        // Another choice in the middle of a replay begins that one.
        page.wait("document.querySelector('.run-ledger').textContent.includes('now: s04-release, workers 2, distance 0 µs')");
        page.press("ArrowRight");
        page.wait("document.querySelector('.run-ledger').textContent.includes('now: s04-release, workers 2, distance 500 µs')");
        assert_eq!(
            page.ask("location.href"),
            address,
            "no arrow turns the page"
        );
        assert_calm(&page, port);
    }
}

/// Without scripts and on paper a panel says what was recorded.
#[test]
fn a_panel_is_a_sentence_where_it_cannot_run() {
    let book = book();
    let output = common::workbook(book.root(), &["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{}", common::errors(&output));
    let html = std::fs::read_to_string(book.root().join("site/start/idea.html")).expect("a page");
    for words in [
        "was recorded on 2026-01-02 (Another machine)",
        "it read 8,500",
        "cargo run --release -- run s04-release",
    ] {
        assert!(html.contains(words), "{words}");
    }
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("a_panel_is_a_sentence_where_it_cannot_run");
    };
    let server = Server::start(book.root());
    go(
        &page,
        &format!("http://127.0.0.1:{}/start/idea.html", server.port),
    );
    let shown = "['.run-fallback', '.run-fields', '.run-go'].map(part => document.querySelector(part).checkVisibility())";
    assert_eq!(page.ask(shown), json!([false, true, true]));
    page.show_on("print");
    assert_eq!(page.ask(shown), json!([true, false, false]));
}

/// An idle panel asks something over the usual run, the button answers it, and nothing below the panel moves.
#[test]
fn an_idle_panel_asks_and_keeps_its_room() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("an_idle_panel_asks_and_keeps_its_room");
    };
    let book = book();
    let far = "<p>Far.</p>\n".repeat(200);
    book.append("book/start/idea.md", &format!("\n{far}\n## Below\n\n{far}"));
    let output = common::workbook(book.root(), &["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{}", common::errors(&output));
    let server = FileServer::start(&book.root().join("site"), "under/a/path");
    let address = format!(
        "http://127.0.0.1:{}/under/a/path/start/idea.html#below",
        server.port
    );
    go(&page, &address);
    let top = "document.querySelector('#below').getBoundingClientRect().top";
    page.wait(&format!("{top} >= 0 && {top} < 120"));
    let height = "document.querySelector('.run').offsetHeight";
    let before = page.ask(height);
    assert_eq!(
        page.ask("!!document.querySelector('.run-chart svg')"),
        false,
        "it is far away"
    );
    page.ask("(document.querySelector('.run').scrollIntoView(), 1)");
    page.wait("!!document.querySelector('.run-chart.is-faint .run-line')");
    assert_eq!(page.ask(height), before);
    let question = "document.querySelector('.run-ask p').textContent";
    assert_eq!(page.ask(question), "Predict: 32 workers instead of 8?");
    tab_to(&page, ".run-see");
    page.press("Enter");
    page.wait(&format!(
        "{STATUS}.startsWith('32 workers instead of 8: 3.8 × the lines a second')"
    ));
    assert_calm(&page, server.port);
}
