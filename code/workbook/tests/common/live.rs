//! A book whose only program does what no program should, and a client that asks for it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::PATIENCE;
use super::fixture::Fixture;
use super::http::{Answer, get, send};
use super::server::Server;

/// A program under a name of the table. What it does is chosen by `--workers`, as any reader may.
const PROGRAM: &str = include_str!("misbehaves.rs");
/// Another one, which has workers.
const WITH_WORKERS: &str = include_str!("has_workers.rs");

/// A served book with that program.
pub struct Live {
    /// The server.
    pub server: Server,
    /// What its pages carry.
    pub token: String,
    /// The folder that is served, for as long as this lives.
    pub book: Fixture,
}

impl Live {
    /// Serves it.
    pub fn start() -> Live {
        Live::of(Fixture::new())
    }

    /// Serves this book with it.
    pub fn of(book: Fixture) -> Live {
        book.write(
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"code/*/*\"]\n",
        );
        for (part, name, code) in [
            ("evolution", "s04-release", PROGRAM),
            ("network", "n01-remote-channels", WITH_WORKERS),
        ] {
            let manifest = format!(
                "[package]\nname = \"{name}\"\ndescription = \"Misbehaves.\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [package.metadata.workbook]\ntitle = \"Misbehaves\"\n"
            );
            book.write(&format!("code/{part}/{name}/Cargo.toml"), &manifest);
            book.write(&format!("code/{part}/{name}/src/main.rs"), code);
        }
        Live::serving(book, &[])
    }

    /// Serves a book that has programs of its own.
    pub fn serving(book: Fixture, options: &[&str]) -> Live {
        let server = Server::start_with(book.root(), options);
        let page = get(server.port, "/start/idea.html").text();
        let token = page
            .split("name=\"workbook-token\" content=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let token = token.expect("the page carries a token").to_owned();
        Live {
            server,
            token,
            book,
        }
    }

    /// The headers with which a page of the book asks.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let port = self.server.port;
        vec![
            ("Host", format!("127.0.0.1:{port}")),
            ("Origin", format!("http://127.0.0.1:{port}")),
            ("X-Workbook-Token", self.token.clone()),
            ("Content-Type", "application/json".to_owned()),
        ]
    }

    /// Posts to a route, and reads the whole answer.
    pub fn post(&self, path: &str, headers: &[(&str, String)], body: &str) -> Answer {
        send(self.server.port, &request(path, headers, body))
    }

    /// Begins a run as a page does, to be read event by event.
    pub fn begin(&self, workers: u32) -> Run {
        self.begin_as(&format!(
            "{{\"program\":\"s04-release\",\"params\":{{\"workers\":{workers}}}}}"
        ))
    }

    /// Begins the run that this body asks for.
    pub fn begin_as(&self, body: &str) -> Run {
        let mut stream = TcpStream::connect(("127.0.0.1", self.server.port)).expect("it is there");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        stream
            .write_all(request("/api/run", &self.headers(), body).as_bytes())
            .expect("sent");
        Run {
            reader: BufReader::new(stream),
        }
    }
}

fn request(path: &str, headers: &[(&str, String)], body: &str) -> String {
    let mut request = format!("POST {path} HTTP/1.1\r\nConnection: close\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    request + &format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

/// A run that is being read. To drop it is to vanish.
pub struct Run {
    reader: BufReader<TcpStream>,
}

impl Run {
    /// The next event of this kind.
    pub fn wait_for(&mut self, kind: &str) -> Value {
        let mut seen = Vec::new();
        for line in self.reader.by_ref().lines() {
            let line = line.expect("an event in time");
            // Between the events are the lengths of chunks.
            let Ok(event) = serde_json::from_str::<Value>(&line) else {
                seen.push(line);
                continue;
            };
            if event["event"] == kind {
                return event;
            }
            seen.push(line);
        }
        panic!(
            "no event {kind} after {:#?}",
            &seen[seen.len().saturating_sub(20)..]
        );
    }

    /// The processes of a program that stays: itself and its child, or its two workers.
    pub fn pids(&mut self) -> [u32; 2] {
        let told = self.wait_for("output");
        let text = told["text"].as_str().expect("text");
        let pids: Vec<u32> = text.split(' ').skip(1).flat_map(str::parse).collect();
        pids.try_into().unwrap_or_else(|_| panic!("{text}"))
    }
}

/// Whether a process is there. One that has ended and that nobody has asked for its end is not.
pub fn is_alive(pid: u32) -> bool {
    let state = Command::new("ps")
        .args(["-o", "stat=", "-p", &pid.to_string()])
        .stderr(Stdio::null())
        .output()
        .expect("ps runs");
    let state = String::from_utf8_lossy(&state.stdout).trim().to_owned();
    !state.is_empty() && !state.starts_with('Z')
}

/// Waits until they are gone, and panics if one is left after this time.
pub fn assert_gone(pids: [u32; 2], within: Duration) {
    let deadline = Instant::now() + within;
    while Instant::now() < deadline {
        if !pids.iter().any(|pid| is_alive(*pid)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("of the processes {pids:?} some are left");
}
