//! What the parts of a valid line may be. Each entry is something that servers do write.

use super::super::decimal;
use super::super::site::Site;

/// Clients that are no plain IPv4 address: host names (with `HostnameLookups` on), IPv6 in all its
/// spellings, a proxy's `-` and `unknown`, a socket's path, bytes that are no text.
const CLIENTS: [&[u8]; 24] = [
    b"localhost",
    b"crawl-66-249-66-1.crawler.example",
    b"dyn.host-7.EXAMPLE.net.",
    b"::1",
    b"::",
    b"2001:db8::1",
    b"2001:DB8:0:0:0:0:0:1",
    b"2001:0db8:0000:0000:0000:0000:0000:0001",
    b"fe80::1%eth0",
    b"[2001:db8::2]",
    b"-",
    b"unknown",
    b"unix:",
    b"caf\xe9.example",
    // With a port, a zone, or both.
    b"[2001:db8::2]:51234",
    b"[fe80::1%eth0]:80",
    b"[::ffff:192.0.2.1]:443",
    b"localhost:8080",
    // Lists, as proxies forward them.
    b"2001:db8::3, 192.0.2.1",
    b"[2001:db8::4], [2001:db8::5]:80",
    b"unknown, 192.0.2.1",
    b"one.example,two.example",
    // A virtual host in front.
    b"www.rivermarket.example:443 2001:db8::6",
    b"www.rivermarket.example crawler.example",
];

/// What may stand in front of an IPv4 address: what it is as an IPv6 socket reports it, a virtual host, nothing
/// forwarded, the hole that a rotation leaves, a byte order mark.
const FRONTS: [&[u8]; 6] = [
    b"::ffff:",
    b"www.rivermarket.example:443 ",
    b"www.rivermarket.example ",
    b"- ",
    &[0; 4096],
    b"\xef\xbb\xbf",
];

/// What may stand behind one: a port, other proxies.
const BACKS: [&[u8]; 5] = [
    b":51234",
    b", 10.0.0.7",
    b", 10.0.0.7, 2001:db8::7 172.16.0.1",
    b",10.0.0.7",
    b",",
];

/// What stands between the quotes of the request.
pub const REQUESTS: [&[u8]; 68] = [
    // Nothing was asked before the connection ended.
    b"-",
    b"",
    b" ",
    // TLS and other protocols spoken to a plain port: as Apache escapes it, and raw.
    br"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    br"\x16\x03\x01",
    b"\x16\x03\x01\x00\xee\x01\x00\x00\xea\x03\x03\x8f\x1c",
    b"\x03\x00\x00\x13\x0e\xe0\x00\x00\x00\x00\x00\x01\x00\x08\x00\x03",
    b"\x00\x00\x00\x00",
    b"SSH-2.0-Go",
    b"PRI * HTTP/2.0",
    b"t3 12.1.2",
    // HTTP/0.9: no version.
    b"GET /",
    b"GET /robots.txt",
    b"GET /?q=0.9",
    b"GET",
    b"GET ",
    b"GET  /two-spaces HTTP/1.1",
    b"GET / HTTP/1.1 ",
    // Absolute form, as proxies ask.
    b"GET http://www.rivermarket.example/products?page=2#top HTTP/1.1",
    b"GET https://www.rivermarket.example/cart HTTP/1.1",
    b"GET http://www.rivermarket.example HTTP/1.1",
    b"GET http://www.rivermarket.example?page=2 HTTP/1.1",
    b"GET http://www.rivermarket.example/?url=http://other.example/ HTTP/1.1",
    b"GET http://user@[2001:db8::1]:8080/cart HTTP/1.1",
    b"GET HTTP://WWW.RIVERMARKET.EXAMPLE/CART HTTP/1.1",
    b"GET http:// HTTP/1.1",
    b"GET //double//slash HTTP/1.1",
    b"GET /redirect?to=https://other.example/path HTTP/1.1",
    b"GET /proxy/http://other.example/path HTTP/1.1",
    // Authority form and asterisk form.
    b"CONNECT mail.example:443 HTTP/1.1",
    b"CONNECT [2001:db8::1]:443 HTTP/1.1",
    b"OPTIONS * HTTP/1.0",
    // Query strings and fragments at the edges.
    b"GET /? HTTP/1.1",
    b"GET ?page=2 HTTP/1.1",
    b"GET #top HTTP/1.1",
    b"GET /about/#team HTTP/1.1",
    b"GET /about/#team?page=2 HTTP/1.1",
    b"GET /about/?page=2#team HTTP/1.1",
    // Neither decoded nor unescaped nor case-folded.
    b"GET /caf%C3%A9 HTTP/1.1",
    b"GET /CART HTTP/1.1",
    b"GET /%63art HTTP/1.1",
    b"GET /../../etc/passwd HTTP/1.1",
    br#"GET /say/\"hello\"?to=\"you\" HTTP/1.1"#,
    br"GET /c:\\windows\\ HTTP/1.1",
    br"GET /ends-in-a-backslash\\",
    br#"\"GET / HTTP/1.1\""#,
    // Not UTF-8; and three different routes that print alike.
    b"GET /caf\xe9 HTTP/1.1",
    b"GET /caf\xe8 HTTP/1.1",
    "GET /caf\u{fffd} HTTP/1.1".as_bytes(),
    b"GET /\xc3 HTTP/1.1",
    b"GET /\xf0\x9f\x92 HTTP/1.1",
    "GET /抹茶/🍵 HTTP/1.1".as_bytes(),
    // Methods: letters, digits and hyphens, and what is none.
    b"propfind /cart HTTP/1.1",
    b"M-SEARCH * HTTP/1.1",
    b"VERSION-CONTROL /cart HTTP/1.1",
    b"T3 /cart HTTP/1.1",
    b"RPC_IN_DATA /rpc/rpcproxy.dll HTTP/1.1",
    b"G\xcbT / HTTP/1.1",
    // Spaces in a target, in its query, and around it; a version that is none, or alone.
    b"GET /a target with spaces HTTP/1.1",
    b"GET /my file.pdf",
    b"GET /cart?note=two words HTTP/1.1",
    b"GET /cart ?page=2 HTTP/1.1",
    b"GET http://www.rivermarket.example/my cart#top HTTP/1.1",
    b" GET  /cart  HTTP/1.1 ",
    b"GET /cart HTTP/3",
    b"GET /cart http/1.1",
    b"GET /cart HTTP/1.1 again",
    b"GET  HTTP/1.1",
];

/// The most that fits 64 bits; a sum of two does not.
const ANSWER_MAX: &[u8] = b"206 18446744073709551615";

/// Statuses and bytes.
const ANSWERS: [&[u8]; 11] = [
    b"304 -",
    b"200 -",
    b"408 -",
    b"204 0",
    b"000 0",
    b"499 0",
    b"500 -",
    b"599 17",
    b"999 12",
    b"200 00042",
    b"200 4294967296",
];

/// What follows the bytes, up to the line's end.
pub const TRAILERS: [&[u8]; 16] = [
    // The Common Log Format ends here.
    b"",
    b"",
    b"",
    b" ",
    br#" "-" "-""#,
    br#" "" """#,
    // Further fields: times, upstreams, hosts, cookies.
    br#" "-" "curl/8.5.0" 0.004 127.0.0.1:8080 pid=1871"#,
    br#" "-" "curl/8.5.0" "10.0.0.7, 172.16.0.1" "sid=9f8e; theme=dark""#,
    b" 1482",
    b" \"-\"\t\"-\"",
    // Escaped quotes, and a backslash before the closing one.
    br#" "https://forum.example/\"tea\"" "Mozilla/5.0 (\"quoted\"; \\)""#,
    br#" "-" "ends in a backslash \\""#,
    // Bytes that are not UTF-8, a byte of zero, escapes for a terminal.
    b" \"https://caf\xe9.example/\" \"Agent\xff\xfe\x80\"",
    b" \"-\" \"zero\0byte\"",
    b" \"-\" \"\x1b[2J\x1b[31m\"",
    // The rest of the line was lost, after all that counts.
    br#" "https://www.rivermarket.exam"#,
];

/// Appends a client that is no plain IPv4 address, or not that alone.
pub fn client(site: &mut Site, out: &mut Vec<u8>) {
    let random = site.dice.u32();
    match site.dice.below(8) {
        0 | 1 => {
            out.extend_from_slice(site.dice.pick(&FRONTS));
            site.clients.push(random % 1_000, out);
        }
        2 => {
            site.clients.push(random % 1_000, out);
            out.extend_from_slice(site.dice.pick(&BACKS));
        }
        3 => {
            out.extend_from_slice(b"2001:db8:");
            decimal::push(u64::from(random % 100), out);
            out.extend_from_slice(b"::");
            decimal::push(u64::from(random >> 16 & 15), out);
        }
        _ => out.extend_from_slice(site.dice.pick(&CLIENTS)),
    }
}

/// Appends a status and bytes that are valid and odd.
pub fn answer(site: &mut Site, out: &mut Vec<u8>) {
    out.extend_from_slice(match site.dice.once_in(64) {
        true => ANSWER_MAX,
        false => site.dice.pick(&ANSWERS),
    });
}

/// Appends identity, user and time of which one is odd.
pub fn identity(site: &mut Site, out: &mut Vec<u8>) {
    let users: [&[u8]; 12] = [
        b" ident alice ",
        b" - alice@example.com ",
        b" - Alice Liddell ",
        b" - J\xfcrgen ",
        // Apache writes an empty user like this: the first quoted field of the line.
        b" - \"\" ",
        // Others quote each.
        b" - \"alice\" ",
        b" \"-\" \"Alice Liddell\" ",
        br#" - "Alice \"the [first]\" Liddell" "#,
        // As Apache writes a name that has quotes.
        br#" - \"alice\" "#,
        b" - al\"ice ",
        b" - [alice] ",
        b"\t-\t-\t",
    ];
    out.extend_from_slice(site.dice.pick(&users));
    match site.dice.below(8) {
        // Not all logs have a date.
        0 => _ = out.pop(),
        1 => {
            out.extend_from_slice(site.clock.text());
            out.extend_from_slice(b" 0.004 [pid 1871]");
        }
        _ => out.extend_from_slice(site.clock.text()),
    }
}
