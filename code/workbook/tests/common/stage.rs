//! The stage of the tests of the talk: a browser at a slide, on a served book or on a plain file server.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tempfile::TempDir;

use super::browser::Page;
use super::built::Built;
use super::fileserver::FileServer;
use super::fixture::Fixture;
use super::{errors, workbook};

/// Which slide is shown, at which step.
pub const PLACE: &str =
    "document.querySelector('.slide.is-now').id + ' ' + (location.hash.split('/')[2] ?? 0)";

/// Whether all panels of the talk are made, which they are a moment after the deck.
pub const PANELS_ARE_MADE: &str =
    "[...document.querySelectorAll('main section.run')].every(run => run.querySelector('.run-go'))";

/// Whether the program of the slide that is on has ended.
pub const HAS_ENDED: &str = "document.querySelector('.is-now .run-go').textContent === 'Run'";

/// Whether the step of a place, `slide 1`, starts a program on the slide that is on.
pub fn starts_a_program(place: &str) -> String {
    let (_, step) = place.rsplit_once(' ').expect("a slide and its step");
    format!(
        "!!document.querySelector('.is-now .run:is([data-run=\"{step}\"], [data-earlier-run=\"{step}\"])')"
    )
}

/// Whether the screen is blank.
pub const BLANK: &str = "document.querySelector('.blank').checkVisibility()";

/// What the speaker's view says of the time.
pub const PACE: &str = "document.querySelector('.clock-pace .clock-text').textContent";

/// The lengths of the talk, in minutes.
pub const CUTS: [u32; 3] = [20, 45, 90];

/// So long after the start of a program the deck goes on again.
pub const PATIENCE_WITH_CLICKERS: Duration = Duration::from_millis(1100);

/// A browser at a slide.
pub fn at(page: &Page, port: u16, path: &str) {
    page.show_at((1280, 720), "light", "reduce");
    page.take_seen();
    // From one slide to another nothing would be loaded.
    page.go("about:blank");
    page.go(&format!("http://127.0.0.1:{port}{path}"));
    page.wait("document.documentElement.classList.contains('is-ready')");
}

/// This book's site on a plain file server, below `/some/repo/`; it stays as it is while `Built` lives.
pub fn this_book() -> (Built, FileServer) {
    let built = Built::with(&[]);
    assert_eq!(built.problems, "");
    let server = FileServer::start(&built.site, "some/repo");
    (built, server)
}

/// The site of a book on a plain file server, below `/some/repo/`.
pub struct Published {
    /// Where it is served, on this machine.
    pub port: u16,
    /// The site is there as long as it is served.
    _site: Arc<TempDir>,
}

/// Builds a book's site, and serves it. Tests of the same book that run at the same time look at the same site.
pub fn published(book: &Fixture) -> Published {
    let site = site(book);
    Published {
        port: FileServer::start(&site.path().join(SITE), "some/repo").port,
        _site: site,
    }
}

/// What it is called in its folder.
const SITE: &str = "site";

/// The sites of all tests that run at the moment, by what is in their books.
static SITES: Mutex<BTreeMap<u64, Weak<TempDir>>> = Mutex::new(BTreeMap::new());

/// The site that there is, or else a new one.
fn site(book: &Fixture) -> Arc<TempDir> {
    let mut sites = SITES.lock().unwrap_or_else(PoisonError::into_inner);
    let known = sites.entry(book.content()).or_default();
    if let Some(site) = known.upgrade() {
        return site;
    }
    let site = tempfile::tempdir().expect("a folder");
    let out = site.path().join(SITE);
    let out = out.to_str().expect("a path of letters");
    let output = workbook(book.root(), &["build", "--out", out]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    assert!(
        errors(&output).contains("the talk is in"),
        "{}",
        errors(&output)
    );
    let site = Arc::new(site);
    *known = Arc::downgrade(&site);
    site
}

/// Presses a key, and waits for the place that it leads to.
pub fn press(page: &Page, key: &str, place: &str) {
    page.press(key);
    page.wait(&format!("{PLACE} === '{place}'"));
}

/// Nothing went wrong, and nobody else was asked for anything.
pub fn assert_calm(page: &Page, port: u16) {
    let seen = page.take_seen();
    assert_eq!(seen.errors, [""; 0]);
    let origin = format!("http://127.0.0.1:{port}/");
    let is_elsewhere = |url: &&String| {
        !url.starts_with(&origin) && !url.starts_with("data:") && !url.starts_with("about:")
    };
    let elsewhere: Vec<_> = seen.requests.iter().filter(is_elsewhere).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    assert!(!seen.requests.is_empty(), "requests are told");
}
