//! Browsers other than Chromium, called as the standard for testing in browsers says
//! (<https://www.w3.org/TR/webdriver2/>): WebKit by its driver over HTTP, and Firefox by Marionette, which it has itself and
//! which takes the same commands as JSON over TCP
//! (<https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html>).

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{NO_BROWSER, PATIENCE, http};

/// Where WebKit's smallest browser lies, which its driver starts. Distributions keep it out of the path.
const MINI_BROWSERS: [&str; 4] = [
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/MiniBrowser",
    "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.0/MiniBrowser",
];

/// A window of another browser. The browser ends with it.
pub struct Window {
    wire: RefCell<Wire>,
    _running: Vec<Running>,
    _profile: TempDir,
}

enum Wire {
    /// The connection, and the number of the last command.
    Marionette(BufReader<TcpStream>, u64),
    /// The driver's port, and the path of the session.
    Http(u16, String),
}

/// A process that ends with its value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Window {
    /// A window of Firefox, if there is one in the path.
    pub fn firefox() -> Option<Window> {
        let path = in_path(&["firefox-esr", "firefox"])?;
        let profile = tempfile::tempdir().expect("a folder");
        let wishes = "user_pref('marionette.port', 0);\n\
            user_pref('browser.shell.checkDefaultBrowser', false);\n\
            user_pref('datareporting.policy.dataSubmissionEnabled', false);\n\
            user_pref('app.update.disabledForTesting', true);\n";
        std::fs::write(profile.path().join("user.js"), wishes).expect("a file");
        let mut command = Command::new(path);
        command.args(["--headless", "--marionette", "--no-remote", "--profile"]);
        command.arg(profile.path()).env("HOME", profile.path());
        let mut running = start(&mut command);
        let told = profile.path().join("MarionetteActivePort");
        let port = wait_for("Firefox's port", &mut running, || {
            std::fs::read_to_string(&told).ok()?.trim().parse().ok()
        });
        let stream = wait_for("Firefox", &mut running, || {
            TcpStream::connect(("127.0.0.1", port)).ok()
        });
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        let mut reader = BufReader::new(stream);
        read_packet(&mut reader);
        let window = Window {
            wire: RefCell::new(Wire::Marionette(reader, 0)),
            _running: vec![running],
            _profile: profile,
        };
        window.call("NewSession", "", json!({}));
        Some(window.sized())
    }

    /// A window of WebKitGTK, if its driver and a screen to draw on are there.
    pub fn webkit() -> Option<Window> {
        let driver = in_path(&["WebKitWebDriver"])?;
        let screen = in_path(&["Xvfb"])?;
        let mini_browser = MINI_BROWSERS
            .iter()
            .find(|path| Path::new(path).is_file())?;
        let profile = tempfile::tempdir().expect("a folder");
        let mut command = Command::new(screen);
        command.args(["-displayfd", "1", "-screen", "0", "1400x1000x24"]);
        command.args(["-nolisten", "tcp"]).stdout(Stdio::piped());
        let mut screen = start(&mut command);
        let mut display = String::new();
        let told = screen.0.stdout.as_mut().expect("a pipe");
        (BufReader::new(told).read_line(&mut display)).expect("the number of a screen");
        // The driver does not tell which port it would choose.
        let port = (TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()))
            .expect("a free port")
            .port();
        let mut command = Command::new(driver);
        command.arg(format!("--port={port}"));
        command.env("DISPLAY", format!(":{}", display.trim()));
        command.env("HOME", profile.path());
        // The sandbox of its pages refuses root, which is what containers run as.
        command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
        let mut driver = start(&mut command);
        wait_for("WebKit's driver", &mut driver, || {
            TcpStream::connect(("127.0.0.1", port)).ok()
        });
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "webkitgtk:browserOptions": { "binary": mini_browser, "args": ["--automation"] },
        } } });
        let session = post(port, "/session", &wanted).unwrap_or_else(|err| panic!("{err}"));
        let session = session["sessionId"].as_str().expect("a session");
        let window = Window {
            wire: RefCell::new(Wire::Http(port, format!("/session/{session}"))),
            _running: vec![driver, screen],
            _profile: profile,
        };
        Some(window.sized())
    }

    fn sized(self) -> Window {
        let size = json!({ "x": 0, "y": 0, "width": 1280, "height": 860 });
        self.call("SetWindowRect", "/window/rect", size);
        self
    }

    /// Goes to an address, and waits until everything is loaded and all diagrams are drawn.
    pub fn go(&self, address: &str) {
        self.call("Navigate", "/url", json!({ "url": address }));
        self.wait(
            "document.readyState === 'complete' && \
             !document.querySelector('pre.mermaid:not([data-processed])')",
        );
    }

    /// The value of an expression that JSON can hold, or of a promise of one.
    pub fn ask(&self, expression: &str) -> Value {
        let script = format!("return (async () => JSON.stringify(await ({expression})))()");
        let asked = json!({ "script": script, "args": [] });
        let answer = self.call("ExecuteScript", "/execute/sync", asked);
        (answer.as_str())
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_else(|| panic!("{expression} has no value"))
    }

    /// Waits until an expression is true.
    pub fn wait(&self, expression: &str) {
        self.becomes(&format!("!!({expression})"), &json!(true), "here");
    }

    /// Waits until an expression has a value: a page may still be at work, and what is drawn comes after what is loaded.
    pub fn becomes(&self, expression: &str, value: &Value, place: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let now = self.ask(expression);
            if now == *value {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "{place}: {expression} is {now}, and not {value}"
            );
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Presses a key: `PageDown`, `Escape`, or a letter.
    pub fn press(&self, key: &str) {
        // The standard's numbers of keys that are no letters.
        let value = match key {
            "Tab" => "\u{e004}",
            "Enter" => "\u{e007}",
            "Escape" => "\u{e00c}",
            "PageDown" => "\u{e00f}",
            letter => letter,
        };
        let strokes = [
            json!({ "type": "keyDown", "value": value }),
            json!({ "type": "keyUp", "value": value }),
        ];
        let actions =
            json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.call("PerformActions", "/actions", actions);
    }

    /// What is seen, as a PNG file.
    pub fn picture(&self) -> Vec<u8> {
        let mut wire = self.wire.borrow_mut();
        let picture = match &mut *wire {
            Wire::Http(port, session) => get(*port, &format!("{session}/screenshot")),
            marionette => marionette.post(
                "TakeScreenshot",
                "",
                &json!({ "full": false, "hash": false }),
            ),
        };
        let picture = picture.expect("a picture");
        (BASE64_STANDARD.decode(picture.as_str().expect("a text"))).expect("a file")
    }

    /// A command that is known to do as it is told, by its name for Firefox and its path for WebKit.
    fn call(&self, name: &str, path: &str, params: Value) -> Value {
        let answer = self.wire.borrow_mut().post(name, path, &params);
        answer.unwrap_or_else(|err| panic!("{name}: {err}"))
    }
}

impl Wire {
    fn post(&mut self, name: &str, path: &str, params: &Value) -> Result<Value, String> {
        match self {
            Wire::Http(port, session) => post(*port, &format!("{session}{path}"), params),
            Wire::Marionette(reader, last) => {
                *last += 1;
                let asked = json!([0, last, format!("WebDriver:{name}"), params]).to_string();
                let packet = format!("{}:{asked}", asked.len());
                (reader.get_mut().write_all(packet.as_bytes())).map_err(|err| err.to_string())?;
                let answer = read_packet(reader);
                match &answer[2] {
                    Value::Null => Ok(value_of(answer[3].clone())),
                    error => Err(error.to_string()),
                }
            }
        }
    }
}

/// Answers have what was asked for inside.
fn value_of(answer: Value) -> Value {
    match answer.get("value") {
        Some(value) => value.clone(),
        None => answer,
    }
}

/// A number of bytes, a colon, and so many bytes of JSON.
fn read_packet(reader: &mut BufReader<TcpStream>) -> Value {
    let mut length = Vec::new();
    (reader.read_until(b':', &mut length)).expect("an answer of Firefox in time");
    let length = String::from_utf8_lossy(&length);
    let length: usize = length.trim_end_matches(':').parse().expect("a length");
    let mut text = vec![0; length];
    reader.read_exact(&mut text).expect("the whole answer");
    serde_json::from_slice(&text).expect("JSON")
}

fn post(port: u16, path: &str, params: &Value) -> Result<Value, String> {
    let body = params.to_string();
    let length = body.len();
    answered(http::send(
        port,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        ),
    ))
}

fn get(port: u16, path: &str) -> Result<Value, String> {
    answered(http::get(port, path))
}

fn answered(answer: http::Answer) -> Result<Value, String> {
    let told: Value = serde_json::from_slice(&answer.body).map_err(|err| err.to_string())?;
    match answer.status {
        200 => Ok(value_of(told)),
        _ => Err(told.to_string()),
    }
}

/// Starts a program that says nothing here.
fn start(command: &mut Command) -> Running {
    command.stdin(Stdio::null()).stderr(Stdio::null());
    let is_heard = command.get_args().any(|argument| argument == "-displayfd");
    if !is_heard {
        command.stdout(Stdio::null());
    }
    Running(command.spawn().expect("the program starts"))
}

/// What a program that was started gives after a while.
fn wait_for<T>(what: &str, running: &mut Running, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        let ended = running.0.try_wait().expect("a child of ours");
        assert!(ended.is_none(), "{what}: it has ended: {ended:?}");
        assert!(Instant::now() < deadline, "{what} does not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn in_path(names: &[&str]) -> Option<PathBuf> {
    if std::env::var_os(NO_BROWSER).is_some() {
        return None;
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|candidate| candidate.is_file())
}
