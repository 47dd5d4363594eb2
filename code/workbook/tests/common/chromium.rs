//! Chromium from the system's packages, called over its debugging protocol: JSON with a zero byte behind each message, through
//! two pipes. (<https://chromedevtools.github.io/devtools-protocol/>)

use std::collections::HashMap;
use std::io::{BufRead, BufReader, PipeReader, PipeWriter, Write, pipe};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use command_fds::{CommandFdExt, FdMapping};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::PATIENCE;

/// Where the browser looks for its end of the pipes.
const READS: i32 = 3;
const WRITES: i32 = 4;

/// A browser without a window that is seen, which looks the same wherever it runs, and asks for nothing by itself.
const FLAGS: [&str; 17] = [
    "--headless",
    "--remote-debugging-pipe",
    // Chromium's sandbox refuses root, which is what containers run as.
    "--no-sandbox",
    "--window-size=1280,900",
    "--force-color-profile=srgb",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-renderer-backgrounding",
    "--disable-sync",
    "--no-first-run",
    "--password-store=basic",
];

/// What is told of a tab: the name of the event, and its parameters.
pub type Listener = Box<dyn Fn(&str, &Value) + Send>;

/// A running browser. It ends with its value.
pub struct Chromium {
    child: Child,
    to: Mutex<PipeWriter>,
    open: Arc<Mutex<Open>>,
    /// What it remembers, in a folder that vanishes.
    _profile: TempDir,
}

/// What is to be heard of it yet.
#[derive(Default)]
struct Open {
    last: u64,
    /// By the number of the call.
    calls: HashMap<u64, Sender<Answer>>,
    /// By the session of the tab.
    listeners: HashMap<String, Listener>,
}

/// What a method gives, or why it does not.
type Answer = Result<Value, String>;

impl Chromium {
    /// Starts it.
    pub fn start(path: &Path) -> Chromium {
        let profile = tempfile::tempdir().expect("a folder");
        let (its_end, to) = pipe().expect("a pipe");
        let (from, its_other_end) = pipe().expect("a pipe");
        let mut command = Command::new(path);
        command
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let pipes = [(its_end.into(), READS), (its_other_end.into(), WRITES)];
        let pipes = pipes.map(|(parent_fd, child_fd)| FdMapping {
            parent_fd,
            child_fd,
        });
        command.fd_mappings(pipes.into()).expect("two numbers");
        let child = command.spawn().expect("the browser starts");
        let open = Arc::<Mutex<Open>>::default();
        thread::spawn({
            let open = Arc::clone(&open);
            move || hear(from, &open)
        });
        Chromium {
            child,
            to: Mutex::new(to),
            open,
            _profile: profile,
        }
    }

    /// Calls a method of the browser, or of one of its tabs, and waits for the answer.
    ///
    /// # Errors
    ///
    /// If the browser says that it cannot, or is gone.
    pub fn call(&self, session: Option<&str>, method: &str, params: Value) -> Answer {
        let (answered, answer): (_, Receiver<Answer>) = channel();
        let id = {
            let mut open = locked(&self.open);
            open.last += 1;
            let id = open.last;
            open.calls.insert(id, answered);
            id
        };
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let mut message = message.to_string().into_bytes();
        message.push(0);
        let sent = locked(&self.to).write_all(&message);
        sent.map_err(|err| format!("the browser is gone: {err}"))?;
        let answer = answer.recv_timeout(PATIENCE);
        locked(&self.open).calls.remove(&id);
        answer.map_err(|err| format!("no answer to {method}: {err}"))?
    }

    /// Tells from now on what happens in a tab.
    pub fn listen(&self, session: &str, listener: Listener) {
        (locked(&self.open).listeners).insert(session.to_owned(), listener);
    }

    /// Tells no more of it.
    pub fn forget(&self, session: &str) {
        locked(&self.open).listeners.remove(session);
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // If it has ended, both fail.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Hands on what the browser says, until it ends.
fn hear(from: PipeReader, open: &Mutex<Open>) {
    let mut from = BufReader::new(from);
    let mut message = Vec::new();
    while matches!(from.read_until(0, &mut message), Ok(1..)) {
        message.pop();
        let told: Value = serde_json::from_slice(&message).expect("a message is JSON");
        message.clear();
        let mut open = locked(open);
        if let Some(id) = told["id"].as_u64() {
            let answer = match told.get("error") {
                Some(error) => Err(error["message"].as_str().unwrap_or_default().to_owned()),
                None => Ok(told["result"].clone()),
            };
            if let Some(call) = open.calls.remove(&id) {
                let _ = call.send(answer);
            }
        } else if let (Some(session), Some(event)) =
            (told["sessionId"].as_str(), told["method"].as_str())
            && let Some(listener) = open.listeners.get(session)
        {
            listener(event, &told["params"]);
        }
    }
    // Calls that are open have no answer any more.
    locked(open).calls.clear();
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
