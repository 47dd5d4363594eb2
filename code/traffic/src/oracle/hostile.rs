//! Logs that were made to break things.

/// Logs with a name each; a log is one or more files.
pub fn hostile_logs() -> Vec<(&'static str, Vec<Vec<u8>>)> {
    let good = br#"8.8.8.8 - - [10/Oct/2000:13:55:36 -0700] "GET /a HTTP/1.0" 200 2326"#.to_vec();
    let with = |end: &[u8]| [&good[..], end].concat();
    let long_route = [
        b"9.9.9.9 - - [d] \"GET /",
        "x".repeat(1 << 20).as_bytes(),
        b" HTTP/1.1\" 200 1\n",
    ]
    .concat();
    vec![
        ("no file", vec![]),
        ("an empty file", vec![vec![]]),
        ("one newline", vec![b"\n".to_vec()]),
        (
            "files without a last newline",
            vec![good.clone(), good.clone(), with(b"\r")],
        ),
        (
            "carriage returns",
            vec![[with(b"\r\n"), b"\r\n\r\r\n".to_vec(), with(b"\r\r\n")].concat()],
        ),
        (
            "a line of a megabyte",
            vec![[long_route, with(b"\n")].concat()],
        ),
        (
            "a megabyte without a newline",
            vec![
                vec![b' '; 1 << 20],
                vec![b'"'; 1 << 20],
                vec![b'\\'; 1 << 20],
            ],
        ),
        (
            "every byte",
            vec![(0..=255).collect(), with(&(0..=255).collect::<Vec<u8>>())],
        ),
        (
            "only malformed lines",
            vec![b"a\nb\nc\n\n \n\"\n\\\n".repeat(100)],
        ),
        ("one client", vec![with(b"\n").repeat(2_000)]),
        (
            "names that mean something to the directory",
            vec![protocol_words()],
        ),
        ("routes that print alike", vec![alike_routes()]),
        ("the largest sizes", vec![largest_sizes()]),
    ]
}

fn protocol_words() -> Vec<u8> {
    let clients: [&[u8]; 14] = [
        b"table",
        b"get",
        b"bulk",
        b"-ERR",
        b"unknown",
        b"unresolved",
        b"-",
        b"::1",
        b"::ffff:8.8.8.8",
        b"1.2.3",
        b"256.1.1.1",
        b"caf\xc3\xa9",
        b"\xff\xfe",
        b"tab\tbed",
    ];
    let line = |client: &&[u8]| [client, &b" - - [d] \"GET /p HTTP/1.1\" 200 1\n"[..]].concat();
    let mut log: Vec<u8> = clients.iter().flat_map(line).collect();
    log.extend(line(&"x".repeat(5_000).as_bytes()));
    log
}

fn alike_routes() -> Vec<u8> {
    let routes: [&[u8]; 4] = [b"/\xff", b"/\xfe", "/\u{fffd}".as_bytes(), b"/\xc3"];
    routes
        .iter()
        .flat_map(|route| [b"8.8.8.8 - - [d] \"GET ", *route, b" HTTP/1.1\" 500 -\n"].concat())
        .collect()
}

fn largest_sizes() -> Vec<u8> {
    [
        &u64::MAX.to_string(),
        "18446744073709551616",
        "99999999999999999999999",
        "0",
        "000",
        "-",
    ]
    .iter()
    .flat_map(|size| format!("8.8.8.8 - - [d] \"GET / HTTP/1.1\" 599 {size}\n").into_bytes())
    .collect::<Vec<u8>>()
    .repeat(3)
}
