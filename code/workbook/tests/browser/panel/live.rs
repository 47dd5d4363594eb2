//! A panel whose programs run here: by keyboard, stopped, and when the server goes away.

use std::time::Duration;

use super::hand::{BADGE, STATUS, assert_calm, click, go, tab_to};
use crate::common;
use crate::common::browser::Page;
use crate::common::live::{Live, assert_gone};
use crate::common::recorded::book;

/// Whether something of this run is drawn. Before it, what was recorded stands there, faint.
const DRAWN_LIVE: &str = "!!document.querySelector('.run-chart:not(.is-faint) .run-line.now')";

/// Whether the page has the recording that is the nearest to nine workers: on a busy machine it can come after the run.
const FETCHED: &str = "performance.getEntriesByType('resource')\
     .some(({ name }) => name.endsWith('/steady,workers=8,delay=500.jsonl'))";

/// How soon a program has to be gone that was stopped, on a machine that is busy with other tests.
const GONE: Duration = Duration::from_secs(3);

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
    page.wait(DRAWN_LIVE);
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
    page.wait(&format!("!!({said}) && {DRAWN_LIVE}"));
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
        page.wait(DRAWN_LIVE);
        assert_eq!(page.ask(BADGE), "LIVE");
        page.wait(FETCHED);
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
