//! A browser that notes what goes wrong.

mod seen;
mod settings;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use self::seen::Seen;
use super::chromium::Chromium;
use super::{NO_BROWSER, PATIENCE, keyboard};

/// The browser of all tests that run at the moment: to start one takes longer than most tests. It ends with the last of
/// them, and with it the process.
static BROWSER: Mutex<Weak<Chromium>> = Mutex::new(Weak::new());

/// So long after a key, a click or another size is what it leads to drawn: some frames.
const ITS_EFFECT: Duration = Duration::from_millis(50);

/// One tab of a browser.
pub struct Page {
    /// The tab, as it is named for the browser.
    target: String,
    /// And for itself.
    session: String,
    seen: Arc<Mutex<Seen>>,
    /// The window that the tab is in, with a memory of its own: other tests know nothing of it.
    window: String,
    browser: Arc<Chromium>,
}

impl Page {
    /// Opens a window of the system's browser; none if there is no browser, or none is wanted.
    pub fn open() -> Option<Page> {
        let browser = browser(find()?);
        let window = asked(&browser, "Target.createBrowserContext", json!({}));
        let window = text(&window["browserContextId"]);
        Some(Page::new(browser, window))
    }

    /// Another tab of the same window: pages of one origin in both can hear of each other.
    pub fn beside(&self) -> Page {
        Page::new(Arc::clone(&self.browser), self.window.clone())
    }

    fn new(browser: Arc<Chromium>, window: String) -> Page {
        let blank = json!({ "url": "about:blank", "browserContextId": window });
        let target = text(&asked(&browser, "Target.createTarget", blank)["targetId"]);
        let flat = json!({ "targetId": target, "flatten": true });
        let session = text(&asked(&browser, "Target.attachToTarget", flat)["sessionId"]);
        let seen = Arc::new(Mutex::new(Seen::default()));
        let notes = Arc::clone(&seen);
        let listener = move |event: &str, params: &Value| {
            let mut seen = notes.lock().unwrap_or_else(PoisonError::into_inner);
            seen.note(event, params);
        };
        browser.listen(&session, Box::new(listener));
        let page = Page {
            target,
            session,
            seen,
            window,
            browser,
        };
        for domain in ["Runtime", "Log", "Network", "Page"] {
            page.call(&format!("{domain}.enable"), json!({}));
        }
        page
    }

    /// Calls a method of the tab that is known to do as it is told.
    fn call(&self, method: &str, params: Value) -> Value {
        let answer = self.browser.call(Some(&self.session), method, params);
        answer.unwrap_or_else(|err| panic!("{method}: {err}"))
    }

    /// Goes to an address, and waits until everything is loaded and all diagrams are drawn. A page may add to it what
    /// stands behind `#`, where that was left out.
    pub fn go(&self, address: &str) {
        // So that the page which is being left is not taken for the new one.
        self.ask("window.isLeft = true");
        let went = self.call("Page.navigate", json!({ "url": address }));
        assert_eq!(went.get("errorText"), None, "{address}");
        let here = match address.contains('#') {
            true => "location.href",
            false => "location.href.split('#')[0]",
        };
        let settled = format!(
            "!window.isLeft && {here} === {} && document.readyState === 'complete' && \
             !document.querySelector('pre.mermaid:not([data-processed])')",
            Value::from(address)
        );
        self.wait(&settled);
    }

    /// Loads the page anew, as its reader does.
    pub fn reload(&self) {
        self.ask("window.isLeft = true");
        self.call("Page.reload", json!({}));
        self.wait("!window.isLeft && document.readyState === 'complete'");
    }

    /// Brings the tab to the front: keys are pressed there.
    pub fn look(&self) {
        self.call("Page.bringToFront", json!({}));
    }

    /// The page as a PDF file, on the paper that its styles ask for.
    pub fn pdf(&self) -> Vec<u8> {
        let wanted = json!({ "preferCSSPageSize": true, "printBackground": true });
        let pdf = text(&self.call("Page.printToPDF", wanted)["data"]);
        BASE64_STANDARD.decode(pdf).expect("a file")
    }

    /// Waits until an expression is true.
    pub fn wait(&self, expression: &str) {
        let deadline = Instant::now() + PATIENCE;
        // A page that is being left cannot be asked: that is a no.
        while self.try_ask(expression) != Some(Value::Bool(true)) {
            assert!(
                Instant::now() < deadline,
                "{expression} does not become true"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The value of an expression that JSON can hold, or of a promise of one.
    pub fn ask(&self, expression: &str) -> Value {
        self.try_ask(expression)
            .unwrap_or_else(|| panic!("{expression} has no value"))
    }

    /// The strings of an expression that is an array of strings.
    pub fn ask_strings(&self, expression: &str) -> Vec<String> {
        let value = self.ask(expression);
        let strings = value.as_array().expect("an array").iter();
        strings
            .map(|string| string.as_str().expect("a string").to_owned())
            .collect()
    }

    fn try_ask(&self, expression: &str) -> Option<Value> {
        let asked = json!({
            "expression": format!("(async () => JSON.stringify(await ({expression})))()"),
            "awaitPromise": true,
        });
        let answer = self
            .browser
            .call(Some(&self.session), "Runtime.evaluate", asked);
        serde_json::from_str(answer.ok()?["result"]["value"].as_str()?).ok()
    }

    /// Presses a key, as the browser takes it from a keyboard: `Tab`, `Enter`, `ArrowLeft`.
    pub fn press(&self, key: &str) {
        self.call("Input.dispatchKeyEvent", keyboard::pressed(key));
        self.call("Input.dispatchKeyEvent", keyboard::released(key));
        std::thread::sleep(ITS_EFFECT);
    }

    /// Clicks an element with the mouse.
    pub fn click(&self, selector: &str) {
        let centre = self.ask(&format!(
            "(() => {{ const element = document.querySelector({}); element.scrollIntoView({{ block: 'center', behavior: 'instant' }});
                const {{ x, y, width, height }} = element.getBoundingClientRect();
                return {{ x: x + width / 2, y: y + height / 2 }} }})()",
            Value::from(selector)
        ));
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = json!({
                "type": kind, "x": centre["x"], "y": centre["y"], "button": button, "clickCount": 1,
            });
            self.call("Input.dispatchMouseEvent", event);
        }
        std::thread::sleep(ITS_EFFECT);
    }

    /// What happened since the last call.
    pub fn take_seen(&self) -> Seen {
        std::mem::take(&mut *self.seen.lock().expect("no panics"))
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // What goes on in it would take time from the tests that still run; they may have ended the browser already.
        self.browser.forget(&self.session);
        let close = json!({ "targetId": self.target });
        let _ = self.browser.call(None, "Target.closeTarget", close);
    }
}

/// The browser that runs already, or else a new one.
fn browser(path: PathBuf) -> Arc<Chromium> {
    let mut running = BROWSER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(browser) = running.upgrade() {
        return browser;
    }
    let browser = Arc::new(Chromium::start(&path));
    *running = Arc::downgrade(&browser);
    browser
}

/// What the browser itself gives.
fn asked(browser: &Chromium, method: &str, params: Value) -> Value {
    let answer = browser.call(None, method, params);
    answer.unwrap_or_else(|err| panic!("{method}: {err}"))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn find() -> Option<PathBuf> {
    if std::env::var_os(NO_BROWSER).is_some() {
        return None;
    }
    let path = std::env::var_os("PATH")?;
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    let all = std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    all.into_iter().find(|candidate| candidate.is_file())
}
