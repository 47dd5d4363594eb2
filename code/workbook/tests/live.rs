//! Attacks on the server that runs programs, each of which must fail. Over raw TCP, as an attacker would.

mod common;

use std::time::Duration;

use common::http::{Answer, get, send};
use common::live::{Live, assert_gone, is_alive};

const RUN: &str = r#"{"program":"s04-release","params":{"workers":1}}"#;
/// What the book promises: a second for the processes, and as much for this machine to be busy with other tests.
const GONE: Duration = Duration::from_secs(2);

/// The headers of a page, with one of them replaced, or left out.
fn with(live: &Live, name: &str, value: Option<&str>) -> Vec<(&'static str, String)> {
    let mut headers = live.headers();
    let place = headers.iter().position(|(other, _)| *other == name);
    let place = place.expect("a page sends it");
    match value {
        Some(value) => headers[place].1 = value.to_owned(),
        None => drop(headers.remove(place)),
    }
    headers
}

fn assert_refused(answer: &Answer, status: u16, attack: &str) {
    assert_eq!(answer.status, status, "{attack}: {}", answer.text());
    let shared = |name: &str| name.starts_with("access-control");
    assert!(
        !answer.headers.iter().any(|(name, _)| shared(name)),
        "{attack}"
    );
}

#[test]
fn a_run_streams_to_its_end() {
    let live = Live::start();
    let mut run = live.begin(1);
    run.wait_for("building");
    let command = run.wait_for("command");
    let command = command["command"].as_str().expect("text").to_owned();
    assert!(
        command.starts_with("cargo run --release -- run s04-release -- "),
        "{command}"
    );
    assert!(command.contains("--workers 1"), "{command}");
    run.wait_for("start");
    run.wait_for("end");
    let exit = run.wait_for("exit");
    assert_eq!(
        (exit["why"].as_str(), exit["code"].as_i64()),
        (Some("ended"), Some(0))
    );
    assert_eq!(
        live.begin(6).wait_for("exit")["code"],
        3,
        "a failure is told"
    );
}

#[test]
fn whoever_is_not_a_page_of_the_book_starts_nothing() {
    let live = Live::start();
    let port = live.server.port;
    let other_port = format!("http://127.0.0.1:{}", port.wrapping_add(1));
    let token = live.token.clone();
    let longer = format!("{token}0");
    let attacks = [
        ("Host", Some("evil.example")),
        ("Host", None),
        ("Origin", None),
        ("Origin", Some("null")),
        ("Origin", Some("http://evil.example")),
        ("Origin", Some(other_port.as_str())),
        ("X-Workbook-Token", None),
        ("X-Workbook-Token", Some("")),
        ("X-Workbook-Token", Some(&token[1..])),
        ("X-Workbook-Token", Some(longer.as_str())),
    ];
    for route in ["/api/run", "/api/measure", "/api/kill"] {
        for (name, value) in attacks {
            let answer = live.post(route, &with(&live, name, value), RUN);
            // A request without a host is not HTTP, and is refused before us.
            let status = if (name, value) == ("Host", None) {
                400
            } else {
                403
            };
            let refused = [403, status].contains(&answer.status);
            assert!(refused, "{route} {name} {value:?}: {}", answer.status);
        }
        let text = with(&live, "Content-Type", Some("text/plain"));
        assert_refused(
            &live.post(route, &text, RUN),
            415,
            "a body that needs no leave",
        );
        for method in ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"] {
            let line = format!("{method} {route} HTTP/1.1\r\nConnection: close\r\n");
            let asked =
                line + &format!("Host: 127.0.0.1:{port}\r\nOrigin: http://evil.example\r\n\r\n");
            assert_refused(&send(port, &asked), 405, method);
        }
    }
    let foreign = format!(
        "GET /api/programs HTTP/1.1\r\nConnection: close\r\nHost: evil.example:{port}\r\n\r\n"
    );
    assert_refused(&send(port, &foreign), 403, "reading by another name");
}

#[test]
fn what_is_not_in_the_table_is_not_run() {
    let live = Live::start();
    let post = |body: &str| live.post("/api/run", &live.headers(), body);
    for (body, status) in [
        (r#"{"program":"sh"}"#, 404),
        (r#"{"program":"../../bin/sh"}"#, 404),
        (r#"{"program":"/bin/sh"}"#, 404),
        (r#"{"program":"s00-one"}"#, 404),
        (r#"{"program":"s04-release","preset":"--help"}"#, 422),
        (r#"{"program":"s04-release","params":{"workers":0}}"#, 422),
        (r#"{"program":"s04-release","params":{"workers":65}}"#, 422),
        (r#"{"program":"s04-release","params":{"table":1}}"#, 422),
        (r#"{"program":"s04-release","params":{"workers":-1}}"#, 400),
        (
            r#"{"program":"s04-release","params":{"workers":"8; rm -rf /"}}"#,
            400,
        ),
        (r#"{"program":"s04-release","arguments":["--help"]}"#, 400),
        (r#"{"program":"s04-release","env":{"PATH":"/tmp"}}"#, 400),
        ("", 400),
        ("[]", 400),
    ] {
        assert_refused(&post(body), status, body);
    }
    let oversize = format!("{RUN}{}", " ".repeat(5 << 10));
    assert_refused(&post(&oversize), 413, "an oversize body");
    let measured = live.post("/api/measure", &live.headers(), r#"{"program":"--help"}"#);
    assert_refused(&measured, 404, "measuring what is not a program");
    for path in [
        "/../Cargo.toml",
        "/api/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/runs/../../Cargo.toml",
    ] {
        assert_refused(&get(live.server.port, path), 404, path);
    }
}

#[test]
fn there_is_one_run_at_a_time_and_the_next_when_it_is_gone() {
    let live = Live::start();
    let mut first = live.begin(4);
    let pids = first.pids();
    assert_refused(
        &live.post("/api/run", &live.headers(), RUN),
        409,
        "a second run",
    );
    assert!(
        pids.iter().all(|pid| is_alive(*pid)),
        "the first one goes on"
    );
    drop(first);
    assert_gone(pids, GONE);
    // The turn is given back a moment after the last process is gone.
    for _ in 0..50 {
        let answer = live.post("/api/run", &live.headers(), RUN);
        if answer.status == 200 {
            return;
        }
        assert_eq!(answer.status, 409);
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("nothing can be run any more");
}

#[test]
fn a_client_that_vanishes_takes_its_program_and_the_child_with_it() {
    let live = Live::start();
    for workers in [4, 5] {
        let mut run = live.begin(workers);
        let pids = run.pids();
        assert!(pids.iter().all(|pid| is_alive(*pid)));
        drop(run);
        assert_gone(pids, GONE);
        std::thread::sleep(Duration::from_millis(200)); // for the turn
    }
}

#[test]
fn a_server_that_ends_takes_what_runs_with_it() {
    for workers in [4, 5] {
        let live = Live::start();
        let mut run = live.begin(workers);
        let pids = run.pids();
        let Live { server, .. } = live;
        assert!(server.interrupt(), "it ends well");
        assert_gone(pids, GONE);
    }
}

/// A program that has workers, one of which is killed after so many milliseconds, or never.
fn with_workers(kill_ms: u32) -> String {
    format!(r#"{{"program":"n01-remote-channels","params":{{"kill":{kill_ms}}}}}"#)
}

#[test]
fn a_reader_kills_a_worker_and_nothing_else() {
    let live = Live::start();
    let kill = |body: &str| live.post("/api/kill", &live.headers(), body);
    assert_refused(&kill("{}"), 409, "nothing runs");
    let mut other = live.begin(4);
    let others = other.pids();
    assert_refused(&kill("{}"), 409, "what runs has no workers");
    assert!(others.iter().all(|pid| is_alive(*pid)));
    drop(other);
    assert_gone(others, GONE);
    std::thread::sleep(Duration::from_millis(200)); // for the turn

    let mut run = live.begin_as(&with_workers(0));
    let [first, second] = run.pids();
    let named = format!(r#"{{"pid":{second}}}"#);
    for body in [named.as_str(), "", "[1]", "null", r#"{"signal":15}"#] {
        assert_refused(&kill(body), 400, body);
    }
    assert!(
        is_alive(first) && is_alive(second),
        "nothing was killed yet"
    );
    assert_eq!(kill("{}").status, 204);
    let told = run.wait_for("kill");
    assert_eq!(told["done"], true, "{told}");
    run.wait_for("end");
    assert_eq!(run.wait_for("exit")["code"], 0);
    assert_gone([first, second], GONE);
    assert_refused(&kill("{}"), 409, "nothing runs any more");
}

#[test]
fn a_worker_is_killed_at_the_chosen_time() {
    let live = Live::start();
    let mut run = live.begin_as(&with_workers(300));
    let told = run.wait_for("kill");
    assert!(told["t_ms"].as_u64() >= Some(300), "{told}");
    run.wait_for("exit");
}

#[test]
fn workers_with_groups_of_their_own_end_with_their_program() {
    let live = Live::start();
    let mut run = live.begin_as(&with_workers(0));
    let pids = run.pids();
    drop(run);
    assert_gone(pids, GONE);
    std::thread::sleep(Duration::from_millis(200)); // for the turn
    let mut run = live.begin_as(&with_workers(0));
    let pids = run.pids();
    let Live { server, .. } = live;
    assert!(server.interrupt(), "it ends well");
    assert_gone(pids, GONE);
}

#[test]
fn markup_stays_text_and_a_flood_is_stopped() {
    let live = Live::start();
    let mut run = live.begin(2);
    let told = run.wait_for("output");
    assert_eq!(told["text"], "<img src=x onerror=alert(1)> & \u{1b}[31m");
    run.wait_for("exit");
    let answer = live.post("/api/run", &live.headers(), &RUN.replace(":1}", ":2}"));
    assert_eq!(answer.header("content-type"), Some("application/x-ndjson"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));

    let mut flood = live.begin(3);
    assert_eq!(flood.wait_for("exit")["why"], "flood");
    let mut endless = live.begin(7);
    assert_eq!(
        endless.wait_for("exit")["why"],
        "flood",
        "a line without an end"
    );
}
