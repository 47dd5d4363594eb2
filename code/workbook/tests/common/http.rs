//! HTTP as bytes, so that a test can say what no well-behaved client would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::PATIENCE;

/// An answer of a server.
pub struct Answer {
    /// `200`
    pub status: u16,
    /// The names in lower case.
    pub headers: Vec<(String, String)>,
    /// All of it.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header, if it is there once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(other, _)| other == name);
        match (found.next(), found.next()) {
            (Some((_, value)), None) => Some(value),
            _ => None,
        }
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Asks for a path as a browser on this machine would.
pub fn get(port: u16, path: &str) -> Answer {
    send(
        port,
        &format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"),
    )
}

/// Sends these bytes and reads the answer to the end of the connection.
pub fn send(port: u16, request: &str) -> Answer {
    let mut stream = connect(port);
    stream.write_all(request.as_bytes()).expect("sent");
    let mut reader = BufReader::new(stream);
    let (status, headers) = head(&mut reader);
    let mut body = Vec::new();
    reader.read_to_end(&mut body).expect("the whole answer");
    Answer {
        status,
        headers,
        body,
    }
}

/// What `/api/reload` says, each time that it says something new.
pub fn news(port: u16) -> impl Iterator<Item = String> {
    let mut last = String::new();
    std::iter::from_fn(move || {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            let answer = get(port, "/api/reload");
            assert_eq!(answer.status, 200);
            if answer.text() != last {
                last = answer.text();
                return Some(last.clone());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("no news after {last}");
    })
}

/// A connection over which nothing has been said yet.
pub fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("the server is there");
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
    stream
}

fn head(reader: &mut impl BufRead) -> (u16, Vec<(String, String)>) {
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).expect("an answer in time");
        line.trim_end().to_owned()
    };
    let first = line();
    let status = first
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let status = status.unwrap_or_else(|| panic!("{first:?} is no status line"));
    let mut headers = Vec::new();
    loop {
        let line = line();
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    (status, headers)
}
