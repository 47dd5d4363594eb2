//! A browser that notes what goes wrong: Chromium from the system's packages, driven over its
//! debugging protocol.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use headless_chrome::protocol::cdp::Emulation::{
    MediaFeature, SetDeviceMetricsOverride, SetEmulatedMedia, SetScriptExecutionDisabled,
};
use headless_chrome::protocol::cdp::Log::LogEntryLevel;
use headless_chrome::protocol::cdp::Network;
use headless_chrome::protocol::cdp::Page::AddScriptToEvaluateOnNewDocument;
use headless_chrome::protocol::cdp::Runtime::ConsoleAPICalledEventTypeOption as Called;
use headless_chrome::protocol::cdp::Target::CreateTarget;
use headless_chrome::protocol::cdp::types::Event;
use headless_chrome::types::PrintToPdfOptions;
use headless_chrome::{Browser, LaunchOptions, Tab};
use serde_json::Value;

use super::{NO_BROWSER, PATIENCE};

/// The browser of all tests that run at the moment: to start one takes longer than most tests. It ends with the last of
/// them, and with it the process.
static BROWSER: Mutex<Weak<Browser>> = Mutex::new(Weak::new());

/// One tab of a browser.
pub struct Page {
    tab: Arc<Tab>,
    seen: Arc<Mutex<Seen>>,
    /// The window that the tab is in, with a memory of its own: other tests know nothing of it.
    window: String,
    browser: Arc<Browser>,
}

/// What happened in the tab since it was last asked.
#[derive(Default)]
pub struct Seen {
    /// Errors on the console, thrown, or logged by the browser (a blocked script, a failed request).
    pub errors: Vec<String>,
    /// The addresses of all requests.
    pub requests: Vec<String>,
}

impl Page {
    /// Opens a window of the system's browser; none if there is no browser, or none is wanted.
    pub fn open() -> Option<Page> {
        let browser = browser(find()?);
        let window = browser.new_context().expect("a window").get_id().to_owned();
        Some(Page::new(browser, window))
    }

    /// Another tab of the same window: pages of one origin in both can hear of each other.
    pub fn beside(&self) -> Page {
        Page::new(Arc::clone(&self.browser), self.window.clone())
    }

    fn new(browser: Arc<Browser>, window: String) -> Page {
        let options = CreateTarget {
            url: "about:blank".into(),
            browser_context_id: Some(window.clone()),
            left: None,
            top: None,
            width: None,
            height: None,
            window_state: None,
            enable_begin_frame_control: None,
            new_window: None,
            background: None,
            for_tab: None,
            hidden: None,
        };
        let tab = browser.new_tab_with_options(options).expect("a tab");
        tab.set_default_timeout(PATIENCE);
        let seen = Arc::new(Mutex::new(Seen::default()));
        let notes = Arc::clone(&seen);
        tab.add_event_listener(Arc::new(move |event: &Event| {
            note(&mut notes.lock().expect("no panics"), event);
        }))
        .expect("events are told");
        tab.enable_runtime().expect("the runtime's events");
        tab.enable_log().expect("the log's events");
        tab.call_method(Network::Enable {
            max_total_buffer_size: None,
            max_resource_buffer_size: None,
            max_post_data_size: None,
            report_direct_socket_traffic: None,
            enable_durable_messages: None,
        })
        .expect("the network's events");
        Page {
            tab,
            seen,
            window,
            browser,
        }
    }

    /// Goes to an address, and waits until everything is loaded and all diagrams are drawn. A page may add to it what
    /// stands behind `#`, where that was left out.
    pub fn go(&self, address: &str) {
        // So that the page which is being left is not taken for the new one.
        self.ask("window.isLeft = true");
        self.tab
            .navigate_to(address)
            .unwrap_or_else(|error| panic!("{address}: {error}"));
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
        self.tab.reload(false, None).expect("a reload");
        self.wait("!window.isLeft && document.readyState === 'complete'");
    }

    /// Brings the tab to the front: keys are pressed there.
    pub fn look(&self) {
        self.tab.bring_to_front().expect("a tab");
    }

    /// The page as a PDF file, on the paper that its styles ask for.
    pub fn pdf(&self) -> Vec<u8> {
        let options = PrintToPdfOptions {
            prefer_css_page_size: Some(true),
            print_background: Some(true),
            ..PrintToPdfOptions::default()
        };
        self.tab.print_to_pdf(Some(options)).expect("a file")
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
        let json = self
            .tab
            .evaluate(
                &format!("(async () => JSON.stringify(await ({expression})))()"),
                true,
            )
            .ok()?
            .value?;
        serde_json::from_str(json.as_str()?).ok()
    }

    /// Presses a key, as the browser takes it from a keyboard: `Tab`, `Enter`, `ArrowLeft`.
    pub fn press(&self, key: &str) {
        self.tab.press_key(key).expect("a key");
    }

    /// Clicks an element with the mouse.
    pub fn click(&self, selector: &str) {
        let element = self.tab.find_element(selector).expect("an element");
        element.click().expect("a click");
    }

    /// Gives the tab a width, and the reader a preference for `light` or `dark`.
    pub fn show_as(&self, width: u32, scheme: &str) {
        self.show_at((width, 844), scheme, "reduce");
    }

    /// Gives the tab a size, and the reader a preference for `light` or `dark`, and for `reduce` or `no-preference` of
    /// movement.
    pub fn show_at(&self, (width, height): (u32, u32), scheme: &str, motion: &str) {
        self.tab
            .call_method(SetDeviceMetricsOverride {
                width,
                height,
                device_scale_factor: 1.0,
                mobile: width < 600,
                scale: None,
                screen_width: None,
                screen_height: None,
                position_x: None,
                position_y: None,
                dont_set_visible_size: None,
                screen_orientation: None,
                viewport: None,
                display_feature: None,
                device_posture: None,
            })
            .expect("a width");
        let feature = |name: &str, value: &str| MediaFeature {
            name: name.into(),
            value: value.into(),
        };
        // Without motion what is measured next is not on its way to somewhere.
        let features = [
            ("prefers-color-scheme", scheme),
            ("prefers-reduced-motion", motion),
        ]
        .map(|(name, value)| feature(name, value));
        self.tab
            .call_method(SetEmulatedMedia {
                media: None,
                features: Some(features.into()),
            })
            .expect("a preference");
    }

    /// The next pages open no dialogue for printing.
    pub fn without_printing(&self) {
        self.begin_with("window.print = () => {}");
    }

    /// The next pages run a script before their own.
    pub fn begin_with(&self, script: &str) {
        self.tab
            .call_method(AddScriptToEvaluateOnNewDocument {
                source: script.into(),
                world_name: None,
                include_command_line_api: None,
                run_immediately: None,
            })
            .expect("a script");
    }

    /// From now on the scripts of pages do not run, or do again.
    pub fn without_scripts(&self, value: bool) {
        let disable = SetScriptExecutionDisabled { value };
        self.tab.call_method(disable).expect("no scripts");
    }

    /// From now on the book's faces do not come.
    pub fn without_faces(&self) {
        let block = Network::SetBlockedURLs {
            urls: vec!["*.woff2".into()],
        };
        self.tab.call_method(block).expect("a list of addresses");
    }

    /// Shows the page as on paper (`print`) or on a `screen`.
    pub fn show_on(&self, media: &str) {
        let media = SetEmulatedMedia {
            media: Some(media.into()),
            features: None,
        };
        self.tab.call_method(media).expect("a medium");
    }

    /// What happened since the last call.
    pub fn take_seen(&self) -> Seen {
        std::mem::take(&mut *self.seen.lock().expect("no panics"))
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // What goes on in it would take time from the tests that still run; they may have ended the browser already.
        let _ = self.tab.close(false);
    }
}

/// The browser that runs already, or else a new one.
fn browser(path: PathBuf) -> Arc<Browser> {
    let mut running = BROWSER.lock().expect("it starts");
    if let Some(browser) = running.upgrade() {
        return browser;
    }
    let options = LaunchOptions {
        path: Some(path),
        // Chromium's sandbox refuses root, which is what containers run as.
        sandbox: false,
        window_size: Some((1280, 900)),
        idle_browser_timeout: PATIENCE,
        ..LaunchOptions::default()
    };
    let browser = Arc::new(Browser::new(options).expect("the browser starts"));
    *running = Arc::downgrade(&browser);
    browser
}

fn note(seen: &mut Seen, event: &Event) {
    match event {
        Event::NetworkRequestWillBeSent(event) => {
            seen.requests.push(event.params.request.url.clone());
        }
        Event::RuntimeExceptionThrown(event) => {
            let details = &event.params.exception_details;
            let thrown = details
                .exception
                .as_ref()
                .and_then(|thrown| thrown.description.clone());
            seen.errors
                .push(format!("{}: {}", details.text, thrown.unwrap_or_default()));
        }
        Event::RuntimeConsoleAPICalled(event) => {
            if matches!(
                event.params.Type,
                Called::Error | Called::Warning | Called::Assert
            ) {
                seen.errors
                    .push(format!("on the console: {:?}", event.params.args));
            }
        }
        Event::LogEntryAdded(event) => {
            let entry = &event.params.entry;
            if matches!(entry.level, LogEntryLevel::Error) {
                seen.errors.push(format!(
                    "{} {}",
                    entry.text,
                    entry.url.as_deref().unwrap_or_default()
                ));
            }
        }
        _ => {}
    }
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
