//! The parser on lines that real logs hold, and on lines that are none.

use super::*;

fn parsed(line: &str) -> (String, String, u16, u64) {
    let hit = Hit::parse(line.as_bytes()).unwrap_or_else(|why| panic!("{line}: {why}"));
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (text(hit.client), text(hit.route), hit.status, hit.bytes)
}

fn route_of(request: &str) -> String {
    parsed(&format!("h - - [d] \"{request}\" 200 1")).1
}

#[test]
fn takes_a_combined_line_apart() {
    let line = r#"2001:db8::1 - ann [10/Oct/2000:13:55:36 -0700] "POST /a/b HTTP/1.1" 503 12 "http://x/\"y\"" "M""#;
    assert_eq!(parsed(line), ("2001:db8::1".into(), "/a/b".into(), 503, 12));
}

#[test]
fn finds_the_route() {
    for (request, route) in [
        ("GET /a?b#c HTTP/1.1", "/a"),
        ("GET /a#c?b HTTP/1.1", "/a"),
        ("GET http://host/a?b HTTP/1.1", "/a"),
        ("GET HTTPS://host HTTP/1.1", "/"),
        ("GET http://host?q=/x HTTP/1.1", "/"),
        ("GET ?q HTTP/1.1", "/"),
        ("OPTIONS * HTTP/1.1", "*"),
        ("CONNECT host:443 HTTP/1.1", "host:443"),
        ("GET /", "/"),
        ("get index.html", "index.html"),
        ("GET //a/b HTTP/1.1", "//a/b"),
        ("GET /a:b://c HTTP/1.1", "/a:b://c"),
        ("GET /%41%20\\x7f HTTP/1.1", "/%41%20\\x7f"),
        (r#"GET /a\"b HTTP/1.1"#, r#"/a\"b"#),
        ("-", "-"),
        ("", "-"),
        ("GET", "-"),
        ("GET /my file HTTP/1.1", "/my file"),
        ("G3T / HTTP/1.1", "/"),
        (r"\x16\x03\x01\x02", "-"),
    ] {
        assert_eq!(route_of(request), route, "{request}");
    }
}

#[test]
fn accepts_what_real_logs_hold() {
    for line in [
        r#"h - - [d] "GET / HTTP/1.1" 200 -"#,
        r#"h - - [d] "GET / HTTP/1.1" 304 - extra fields "and" more"#,
        r#"h - fo\"o [d] "GET / HTTP/1.1" 200 5"#,
        r#"h - "" [d] "GET / HTTP/1.1" 200 5"#,
        r#"h "GET / HTTP/1.1" 200 18446744073709551615"#,
    ] {
        assert_eq!(parsed(line).1, "/", "{line}");
    }
}

#[cfg(feature = "oracle")]
#[test]
fn real_lines_say_what_they_are_known_to_say() {
    for real in crate::oracle::real_lines() {
        let hit = Hit::parse(&real.line).ok();
        let said = hit.map(|hit| (hit.client, hit.route));
        let says = real
            .says
            .map(|(client, route)| (client.as_bytes(), route.as_bytes()));
        assert_eq!(said, says, "{}: {}", real.what, real.line.escape_ascii());
    }
}

#[test]
fn says_what_is_missing() {
    for (line, why) in [
        ("", Malformed::Client),
        (" - - \"GET /\" 200 1", Malformed::Client),
        ("host", Malformed::Client),
        ("host - - [d] GET / 200 1", Malformed::Request),
        ("host - - [d] \"GET / HTTP/1.1 200 1", Malformed::Request),
        (r#"host - - [d] "GET /\" 200 1"#, Malformed::Request),
        ("host - - [d] \"GET /\\", Malformed::Request),
        ("host - \"user\" [d] GET / 200 1", Malformed::Request),
        ("host - \"user\" [d]", Malformed::Request),
        ("8.8.8.8 -", Malformed::Request),
        ("host - - \"GET /\" 20x 1", Malformed::Status),
        ("host - - [d] \"GET /\"", Malformed::Status),
        ("host - - [d] \"GET /\"200 1", Malformed::Status),
        ("host - - [d] \"GET /\" 2000 1", Malformed::Status),
        ("host - - [d] \"GET /\" 20x 1", Malformed::Status),
        ("host - - [d] \"GET /\" 200", Malformed::Size),
        ("host - - [d] \"GET /\" 200 ", Malformed::Size),
        ("host - - [d] \"GET /\" 200 12x", Malformed::Size),
        ("host - - [d] \"GET /\" 200 -1", Malformed::Size),
        (
            "host - - [d] \"GET /\" 200 18446744073709551616",
            Malformed::Size,
        ),
    ] {
        assert_eq!(Hit::parse(line.as_bytes()), Err(why), "{line}");
    }
}
