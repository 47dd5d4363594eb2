//! The served book, as a process that ends with the test.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak, mpsc};
use std::time::Duration;

use super::{PATIENCE, project};

/// By then a server has built its book, which is more than anything else that is waited for.
const START: Duration = Duration::from_secs(180);

/// This book's server, of all tests of this process that want one at the moment: to build the book takes longer than most
/// tests. It ends with the last of them.
static OF_THIS_BOOK: Mutex<Weak<Server>> = Mutex::new(Weak::new());

/// A running `workbook serve`.
pub struct Server {
    child: Child,
    /// Where it serves.
    pub port: u16,
    messages: Mutex<mpsc::Receiver<String>>,
}

impl Server {
    /// Serves the project that these tests belong to: for tests that change nothing.
    pub fn of_this_book() -> Arc<Server> {
        // If it did not start for another test, it is that test which fails.
        let mut running = (OF_THIS_BOOK.lock()).unwrap_or_else(PoisonError::into_inner);
        if let Some(server) = running.upgrade() {
            return server;
        }
        let server = Arc::new(Server::start(&project()));
        *running = Arc::downgrade(&server);
        server
    }

    /// Serves the project of a folder on a free port.
    pub fn start(folder: &Path) -> Server {
        Server::start_with(folder, &[])
    }

    /// The same with options.
    pub fn start_with(folder: &Path, options: &[&str]) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_workbook"))
            .arg("serve")
            .args(options)
            .current_dir(folder)
            // What it builds is the folder's own.
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("CARGO_BUILD_TARGET_DIR")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the tool starts");
        let (sender, messages) = mpsc::channel();
        let lines = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let mut server = Server {
            child,
            port: 0,
            messages: Mutex::new(messages),
        };
        let line = server.wait_until("http://127.0.0.1:", START);
        let port = line
            .split("127.0.0.1:")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        server.port = port
            .and_then(|port| port.parse().ok())
            .expect("a port is told");
        server
    }

    /// The next message with these words.
    pub fn wait_for(&self, words: &str) -> String {
        self.wait_until(words, PATIENCE)
    }

    fn wait_until(&self, words: &str, patience: Duration) -> String {
        let mut seen = Vec::new();
        loop {
            let line = (self.messages.lock().expect("no panics"))
                .recv_timeout(patience)
                .unwrap_or_else(|_| panic!("no message {words:?} after {seen:#?}"));
            if line.contains(words) {
                return line;
            }
            seen.push(line);
        }
    }

    /// Asks it to end, as Ctrl-C does, and tells whether it ended well.
    pub fn interrupt(mut self) -> bool {
        let asked = Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status();
        assert!(asked.expect("kill runs").success());
        let deadline = std::time::Instant::now() + PATIENCE;
        while std::time::Instant::now() < deadline {
            if let Some(status) = self.child.try_wait().expect("it is our child") {
                return status.success();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the server does not end");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
