//! The local server: what it gives, what it refuses, and how it follows changes. Over raw TCP.

use std::io::{Read, Write};

use crate::common;
use crate::common::fixture::Fixture;
use crate::common::http::{connect, get, news, send};
use crate::common::server::Server;

#[test]
fn pages_are_served_with_their_types_and_strict_headers() {
    let book = Fixture::new();
    let server = Server::start(book.root());
    let page = get(server.port, "/start/idea.html");
    assert_eq!(page.status, 200);
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert!(
        page.text().contains("/workbook/reload.js?build="),
        "the page reloads"
    );

    let script = get(server.port, "/workbook/reload.js?build=1");
    assert_eq!(script.status, 200);
    assert_eq!(
        script.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );

    let missing = get(server.port, "/nothing.html");
    assert_eq!(missing.status, 404);
    assert_eq!(
        missing.header("content-type"),
        Some("text/html; charset=utf-8"),
        "a page says so"
    );

    for answer in [&page, &script, &missing] {
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        let policy = answer.header("content-security-policy").expect("a policy");
        for rule in [
            "default-src 'none'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(rule), "{policy}");
        }
        let scripts = policy
            .split("script-src")
            .nth(1)
            .and_then(|rest| rest.split(';').next());
        assert!(
            !scripts.expect("a rule for scripts").contains("unsafe"),
            "{policy}"
        );
        let of_other_origins = answer
            .headers
            .iter()
            .find(|(name, _)| name.starts_with("access-control"));
        assert_eq!(of_other_origins, None);
    }
    assert!(
        page.header("content-security-policy")
            .is_some_and(|policy| policy.contains("'sha256-"))
    );
}

#[test]
fn whoever_asks_under_another_name_gets_nothing_on_every_route() {
    let book = Fixture::new();
    let server = Server::start(book.root());
    let port = server.port;
    for path in [
        "/",
        "/start/idea.html",
        "/api/reload",
        "/api/exercises",
        "/workbook/reload.js",
        "/nothing",
    ] {
        for host in [
            "evil.example",
            &format!("evil.example:{port}"),
            "127.0.0.1",
            "127.0.0.1:1",
        ] {
            let answer = send(
                port,
                &format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"),
            );
            assert_eq!(answer.status, 403, "{path} for {host}");
            assert!(!answer.text().contains("idea"), "{path} for {host}");
        }
        // HTTP/1.0 allows no host; we do not.
        assert_eq!(
            send(port, &format!("GET {path} HTTP/1.0\r\n\r\n")).status,
            403,
            "{path}"
        );
        let other = format!(
            "GET http://evil.example{path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
        );
        assert_eq!(send(port, &other).status, 403, "{path}");
    }
    for host in ["127.0.0.1", "localhost", "[::1]"] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n");
        assert_eq!(send(port, &request).status, 200, "{host}");
    }
}

#[test]
fn nothing_outside_the_site_can_be_asked_for() {
    let book = Fixture::new();
    let server = Server::start(book.root());
    for path in [
        "/../book.toml",
        "/../../book.toml",
        "/start/../../book.toml",
        "/%2e%2e/book.toml",
        "/..%2fbook.toml",
        "/start/%2e%2e/%2e%2e/book.toml",
        "//etc/passwd",
        "/etc/passwd",
        "/start",
        "/.nojekyll",
    ] {
        let answer = get(server.port, path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("A small book\"\nsrc"), "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let request = format!(
            "{method} / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            server.port
        );
        assert_eq!(send(server.port, &request).status, 405, "{method}");
    }
}

#[test]
fn a_change_is_built_and_told_and_a_failed_build_keeps_the_last_good_site() {
    let book = Fixture::new();
    let server = Server::start(book.root());
    let mut news = news(server.port);
    let first = news.next().expect("how things stand");
    assert!(first.contains("\"failed\":null"), "{first}");

    book.append("book/start/idea.md", "\nA new sentence.\n");
    let second = news.next().expect("news of the change");
    assert!(
        second.contains("\"failed\":null") && second != first,
        "{second}"
    );
    assert!(
        get(server.port, "/start/idea.html")
            .text()
            .contains("A new sentence.")
    );

    book.append("book/SUMMARY.md", "- [Gone](gone.md)\n- [Broken](\n# [\n");
    std::fs::remove_file(book.root().join("book/SUMMARY.md")).expect("removed");
    let third = news.next().expect("news of the failure");
    assert!(third.contains("\"failed\":\""), "{third}");
    assert!(
        get(server.port, "/start/idea.html")
            .text()
            .contains("A new sentence.")
    );
    server.wait_for("error: ");
}

#[test]
fn a_mistake_is_told_with_its_line_in_the_terminal_and_in_the_page() {
    let book = Fixture::new();
    let server = Server::start(book.root());
    let mut news = news(server.port);
    news.next().expect("how things stand");
    book.append("book/start/idea.md", "\n{{#resutl evolution/s00-one}}\n");
    news.next().expect("news of the change");
    let message = server.wait_for("book/start/idea.md:");
    assert!(message.contains("book/start/idea.md:5: "), "{message}");
    server.wait_for(", 1 problem");
    assert!(
        get(server.port, "/start/idea.html")
            .text()
            .contains("book/start/idea.md:5")
    );
}

#[test]
fn an_interrupt_ends_it_well_while_a_page_keeps_its_connection() {
    let book = Fixture::new();
    let server = Server::start(book.root());
    let mut page = connect(server.port);
    let request = format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", server.port);
    page.write_all(request.as_bytes()).expect("sent");
    let mut first = [0; 12];
    page.read_exact(&mut first).expect("an answer");
    assert_eq!(&first, b"HTTP/1.1 200");
    assert!(server.interrupt());
}

#[test]
fn a_port_that_is_asked_for_and_taken_is_one_sentence() {
    let book = Fixture::new();
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = taken.local_addr().expect("bound").port().to_string();
    let output = common::workbook(book.root(), &["--port", &port]);
    assert_eq!(output.status.code(), Some(2));
    let errors = common::errors(&output);
    assert!(
        errors.starts_with("error: port") && errors.lines().count() == 1,
        "{errors}"
    );
}

#[test]
fn names_may_have_any_letters() {
    let book = Fixture::new();
    book.append("book/SUMMARY.md", "- [About us](<start/über uns.md>)\n");
    book.write("book/start/über uns.md", "# About us\n\nWe.\n");
    let server = Server::start(book.root());
    for path in ["/start/%C3%BCber%20uns.html", "/start/%c3%bcber%20uns.html"] {
        let page = get(server.port, path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains("About us"), "{path}");
    }
    assert_eq!(get(server.port, "/start/%FCber%20uns.html").status, 404);
}

/// What editors write beside a text while they save it, or as long as they have it open.
#[test]
fn an_editors_own_files_change_nothing() {
    let book = Fixture::new();
    let server = Server::start(book.root());
    let mut news = news(server.port);
    let first = news.next().expect("how things stand");
    let start = book.root().join("book/start");
    std::os::unix::fs::symlink("me@here.1234:5", start.join(".#idea.md")).expect("a link");
    for name in ["4913", "idea.md~", ".idea.md.swp", "#idea.md#"] {
        std::fs::write(start.join(name), "half").expect("written");
    }
    book.append("book/start/idea.md", "\nSaved.\n");
    let second = news.next().expect("news of the change");
    assert!(
        second.contains("\"failed\":null") && second != first,
        "{second}"
    );
    let rebuilt = server.wait_for("rebuilt in");
    assert!(
        rebuilt.ends_with("after a change of book/start/idea.md"),
        "{rebuilt}"
    );
    for name in ["4913", "idea.md~", ".idea.md.swp", "%23idea.md%23"] {
        assert_eq!(
            get(server.port, &format!("/start/{name}")).status,
            404,
            "{name}"
        );
    }
}

#[test]
fn a_book_that_went_and_came_back_is_served_on() {
    let book = Fixture::new();
    let server = Server::start(book.root());
    let (here, away) = (book.root().join("book"), book.root().join("x"));
    std::fs::rename(&here, &away).expect("moved");
    std::fs::rename(&away, &here).expect("moved back");
    server.wait_for("rebuilt in");
    book.append("book/start/idea.md", "\nA new sentence.\n");
    server.wait_for("rebuilt in");
    let page = get(server.port, "/start/idea.html").text();
    assert!(page.contains("A new sentence."), "{page}");
}

#[test]
fn the_exercises_that_check_has_found_solved_are_told() {
    let book = Fixture::new();
    let server = Server::start(book.root());
    let told = || get(server.port, "/api/exercises").text();
    assert!(told().ends_with(r#"{"exercises":{}}"#), "{}", told());
    let folder = book.root().join("my-work");
    std::fs::create_dir_all(&folder).expect("created");
    let record = r#"{"exercises":{"a-b":{"tries":2,"solved":true},"c-d":{"tries":1}}}"#;
    std::fs::write(folder.join("progress.json"), record).expect("written");
    let expected = r#"{"exercises":{"a-b":true,"c-d":false}}"#;
    assert!(told().ends_with(expected), "{}", told());
}
