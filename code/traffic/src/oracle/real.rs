//! Lines as they stand in real logs, and what they say: known to be right, so the oracle itself is held to them.

/// One line, and what it says.
#[derive(Debug)]
pub struct Real {
    /// What is special about it, in a few words.
    pub what: &'static str,
    /// The line, without its end.
    pub line: Vec<u8>,
    /// Client and route; nothing if the line is malformed.
    pub says: Option<(&'static str, &'static str)>,
}

// Tables are read by their columns: a row is a line.

/// What stands in front of the date, and the client.
#[rustfmt::skip]
const CLIENTS: &[(&str, &[u8], Option<&str>)] = &[
    ("an IPv4 address", b"8.8.8.8 - -", Some("8.8.8.8")),
    ("a hole that a rotation left", b"\0\0\0\0\x008.8.8.8 - -", Some("8.8.8.8")),
    ("a byte order mark", b"\xef\xbb\xbf8.8.8.8 - -", Some("8.8.8.8")),
    ("a hole and byte order marks", b"\0\xef\xbb\xbf\xef\xbb\xbf\0::1 - -", Some("::1")),
    ("a list of clients", b"8.8.8.8, 10.0.0.1 - -", Some("8.8.8.8")),
    ("a longer list", b"8.8.8.8, 10.0.0.1, ::2 - -", Some("8.8.8.8")),
    ("a list without spaces", b"8.8.8.8,10.0.0.1 - -", Some("8.8.8.8")),
    ("a list of one", b"8.8.8.8, - -", Some("8.8.8.8")),
    ("a list in brackets", br#"[::1], [::2]:80 - "ann""#, Some("::1")),
    ("a list and its proxy", b"8.8.8.8, 10.0.0.1 10.0.0.2 - -", Some("8.8.8.8")),
    ("a list of names", b"a.example, b.example - -", Some("a.example")),
    ("no forwarded address", b"- 8.8.8.8 - -", Some("8.8.8.8")),
    ("a port", b"8.8.8.8:51234 - -", Some("8.8.8.8")),
    ("no port", b"8.8.8.8:65536 - -", Some("8.8.8.8:65536")),
    ("an IPv6 address", b"2001:db8::1 - -", Some("2001:db8::1")),
    ("brackets", b"[2001:db8::1] - -", Some("2001:db8::1")),
    ("brackets and a port", b"[2001:db8::1]:51234 - -", Some("2001:db8::1")),
    ("brackets and no port", b"[2001:db8::1]:x - -", Some("[2001:db8::1]:x")),
    ("a zone", b"fe80::1%eth0 - -", Some("fe80::1")),
    ("a zone, brackets and a port", b"[fe80::1%3]:80 - -", Some("fe80::1")),
    ("a wrapped IPv4 address", b"::ffff:8.8.8.8 - -", Some("8.8.8.8")),
    ("a wrapped one, spelled out", b"0:0:0:0:0:FFFF:8.8.8.8 - -", Some("8.8.8.8")),
    ("a wrapped one with a port", b"[::ffff:8.8.8.8]:80 - -", Some("8.8.8.8")),
    ("a wrapped one in digits", b"::ffff:808:808 - -", Some("::ffff:808:808")),
    ("an IPv4 address within another", b"64:ff9b::8.8.8.8 - -", Some("64:ff9b::8.8.8.8")),
    ("a virtual host", b"www.example:443 8.8.8.8 - -", Some("8.8.8.8")),
    ("a virtual host and a client with a port", br#"www.example [::1]:80 - "ann""#, Some("::1")),
    ("a virtual host and a list", b"www.example 8.8.8.8, 10.0.0.1 - -", Some("8.8.8.8")),
    ("a virtual host and a name", b"www.example crawl.example - -", Some("www.example")),
    ("a host name", b"crawl.example. - -", Some("crawl.example.")),
    ("a number that is no address", b"8.8.8 - -", Some("8.8.8")),
    ("no client", b" 8.8.8.8 - -", None),
    ("a list of nothing", b",x - -", None),
    ("a hole in front of a space", b"\0\0 8.8.8.8 - -", None),
    ("tabs", b"8.8.8.8\t-\t-\t", Some("8.8.8.8")),
];

/// What follows `8.8.8.8`, and whether it makes a hit for `/a`.
#[rustfmt::skip]
const USERS: &[(&str, &[u8], bool)] = &[
    ("a quoted user", br#"- "frank" [10/Oct/2000:13:55:36 -0700] "GET /a HTTP/1.1" 200 5"#, true),
    ("a quoted user with a space", br#"- "frank b" [d] "GET /a HTTP/1.1" 200 5"#, true),
    ("a quoted user with escapes", br#"- "fr\"an\\k" [d] "GET /a HTTP/1.1" 200 5"#, true),
    ("a quoted user with a date", br#"- "a [d] b" [d] "GET /a HTTP/1.1" 200 5"#, true),
    ("a quoted user and an identity", br#""i d" "frank" [d] "GET /a HTTP/1.1" 200 5"#, true),
    ("an empty user", br#"- "" [d] "GET /a HTTP/1.1" 200 5"#, true),
    ("a user with a space", br#"- Alice Liddell [d] "GET /a HTTP/1.1" 200 5"#, true),
    ("a user with a quote", br#"- al"ice [d] "GET /a HTTP/1.1" 200 5"#, true),
    ("a user with escaped quotes", br#"- \"al\"ice\" [d] "GET /a HTTP/1.1" 200 5"#, true),
    ("a user in brackets", br#"- [alice] [d] "GET /a HTTP/1.1" 200 5"#, true),
    ("the address again", br#"- [8.8.8.8] - - [d] "GET /a HTTP/1.1" 200 5"#, true),
    ("no date", br#"- - "GET /a HTTP/1.1" 200 5 "-" "agent""#, true),
    ("no date and a quoted user", br#"- "frank" "GET /a HTTP/1.1" 200 5"#, true),
    ("a date at the end", br#"- - "GET /a HTTP/1.1" 200 5 [d] "x y" 200 5"#, true),
    ("brackets at the end", br#"- - [d] "GET /a HTTP/1.1" 200 5 "-" "-" 0.1 [up] [] "x y" 200 5"#, true),
    ("a field in front of the request", br#"- - [d] 0.004 "GET /a HTTP/1.1" 200 5"#, true),
    ("a field in brackets in front of the request", br#"- - [d] [pid 7] "GET /a HTTP/1.1" 200 5"#, true),
    ("a quoted user alone", br#"- "frank" [d] GET /a HTTP/1.1 200 5"#, false),
    ("two quoted fields behind the date", br#"- - [d] "host" "GET /a HTTP/1.1" 200 5"#, false),
    ("a user whose quote stays open", br#"- "frank [d] "GET /a HTTP/1.1" 200 5"#, false),
    ("a request whose quote is escaped", br#"- - [d] "GET /a\" 200 5"#, false),
];

/// The request and what follows it, and the route.
#[rustfmt::skip]
const REQUESTS: &[(&str, &[u8], Option<&str>)] = &[
    ("spaces in a target", br#""GET /my file.pdf HTTP/1.1" 200 5"#, Some("/my file.pdf")),
    ("spaces without a version", br#""GET /my file.pdf" 200 5"#, Some("/my file.pdf")),
    ("spaces in a query", br#""GET /a?b c#d e HTTP/1.1" 200 5"#, Some("/a")),
    ("a space before the query", br#""GET /a ?b HTTP/1.1" 200 5"#, Some("/a ")),
    ("spaces around", br#"" GET  /a  HTTP/1.1 " 200 5"#, Some("/a")),
    ("a version that is none", br#""GET /a http/1.1" 200 5"#, Some("/a http/1.1")),
    ("a version of its own", br#""GET /a HTTP/" 200 5"#, Some("/a")),
    ("a version in the middle", br#""GET /a HTTP/1.1 b" 200 5"#, Some("/a HTTP/1.1 b")),
    ("HTTP/3", br#""GET /a HTTP/3" 200 5"#, Some("/a")),
    ("no target", br#""GET  HTTP/1.1" 400 5"#, Some("-")),
    ("a hyphen in a method", br#""M-SEARCH * HTTP/1.1" 200 5"#, Some("*")),
    ("a digit in a method", br#""t3 12.1.2" 400 5"#, Some("12.1.2")),
    ("an underscore in a method", br#""RPC_IN_DATA /a HTTP/1.1" 400 5"#, Some("-")),
    ("a host and its port", br#""CONNECT host:443 HTTP/1.1" 200 5"#, Some("host:443")),
    ("an IPv6 host", br#""GET http://u@[2001:db8::1]:80/a?b HTTP/1.1" 200 5"#, Some("/a")),
    ("a host alone", br#""GET http://host#b HTTP/1.1" 200 5"#, Some("/")),
    ("a query alone", br#""GET ?b HTTP/1.1" 200 5"#, Some("/")),
    ("nothing asked", br#""-" 408 -"#, Some("-")),
    ("an empty request", br#""" 408 -"#, Some("-")),
    ("another protocol", br#""\x16\x03\x01" 400 5"#, Some("-")),
    ("spaces and tabs in front of the answer", b"\"GET /a HTTP/1.1\" \t200\t 5\t\"-\"", Some("/a")),
    ("no status", br#""GET /a HTTP/1.1" - 5"#, None),
    ("no size", br#""GET /a HTTP/1.1" 200"#, None),
    ("a size of its own", br#""GET /a HTTP/1.1" 200 5k"#, None),
    ("no space in front of the status", br#""GET /a HTTP/1.1"200 5"#, None),
];

/// All of them.
pub fn real_lines() -> Vec<Real> {
    let clients = CLIENTS.iter().map(|&(what, front, client)| Real {
        what,
        line: [front, br#" [d] "GET /a HTTP/1.1" 200 5"#].concat(),
        says: client.map(|client| (client, "/a")),
    });
    let users = USERS.iter().map(|&(what, behind, is_hit)| Real {
        what,
        line: [b"8.8.8.8 ", behind].concat(),
        says: is_hit.then_some(("8.8.8.8", "/a")),
    });
    let requests = REQUESTS.iter().map(|&(what, request, route)| Real {
        what,
        line: [b"8.8.8.8 - - [d] ", request].concat(),
        says: route.map(|route| ("8.8.8.8", route)),
    });
    let hole = Real {
        what: "a hole of a page",
        line: [
            &[0; 4096],
            &br#"8.8.8.8 - - [d] "GET /a HTTP/1.1" 200 5"#[..],
        ]
        .concat(),
        says: Some(("8.8.8.8", "/a")),
    };
    let malformed = [
        ("an empty line", &b""[..]),
        ("a hole and nothing behind it", &[0; 4096]),
        ("a word", b"8.8.8.8"),
        ("two words", b"8.8.8.8 -"),
    ];
    let malformed = malformed.into_iter().map(|(what, line)| Real {
        what,
        line: line.into(),
        says: None,
    });
    clients
        .chain(users)
        .chain(requests)
        .chain([hole])
        .chain(malformed)
        .collect()
}
