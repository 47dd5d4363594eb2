//! The plainest of web servers: files of a folder, from a sub-path, and nothing else. A path without a file gets
//! `404.html`, and what comes may be kept for ten minutes, as on GitHub Pages.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::PATIENCE;

/// Serves until the test ends.
pub struct FileServer {
    /// Where it serves, on this machine.
    pub port: u16,
    lacking: Arc<Mutex<Vec<String>>>,
}

impl FileServer {
    /// Serves a folder's files below `/under/`.
    pub fn start(folder: &Path, under: &str) -> FileServer {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let lacking = Arc::new(Mutex::new(Vec::new()));
        let (folder, prefix, noted) = (
            folder.to_path_buf(),
            format!("/{under}/"),
            Arc::clone(&lacking),
        );
        // It ends with the process of the tests.
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (folder, prefix, noted) = (folder.clone(), prefix.clone(), Arc::clone(&noted));
                std::thread::spawn(move || answer(stream, &folder, &prefix, &noted));
            }
        });
        FileServer { port, lacking }
    }

    /// The paths that were asked for in vain since the last call.
    pub fn take_lacking(&self) -> Vec<String> {
        std::mem::take(&mut *self.lacking.lock().expect("no panics"))
    }
}

/// Answers one request; a browser that goes away is no mistake.
fn answer(mut stream: TcpStream, folder: &Path, prefix: &str, lacking: &Mutex<Vec<String>>) {
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
    let mut lines = BufReader::new(stream.try_clone().expect("a handle")).lines();
    let Some(Ok(first)) = lines.next() else {
        return;
    };
    while lines
        .next()
        .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
    {}
    let mut words = first.split(' ');
    let (method, address) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let path = address.split('?').next().unwrap_or("");
    let (status, file) = match file(folder, prefix, path) {
        Some(file) => ("200 OK", file),
        None => {
            lacking.lock().expect("no panics").push(path.to_owned());
            ("404 Not Found", folder.join("404.html"))
        }
    };
    let body = std::fs::read(&file).expect("the file is there");
    let kind = match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: max-age=600\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let body: &[u8] = if method == "HEAD" { &[] } else { &body };
    let _ = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body));
}

fn file(folder: &Path, prefix: &str, path: &str) -> Option<PathBuf> {
    let inside = path.strip_prefix(prefix)?;
    let inside = match inside.is_empty() || inside.ends_with('/') {
        true => format!("{inside}index.html"),
        false => inside.to_owned(),
    };
    let file = folder.join(inside);
    file.is_file().then_some(file)
}
