//! Random logs, and random changes of logs.

use proptest::collection::vec;
use proptest::prelude::*;

/// One to three files of lines that are valid, nearly valid, or anything at all.
pub fn any_log() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let line = prop_oneof![6 => plausible_line(), 1 => vec(any::<u8>(), 0..60)];
    let ending = prop_oneof![8 => Just(&b"\n"[..]), 1 => Just(&b"\r\n"[..]), 1 => Just(&b""[..])];
    let file = vec((line, ending), 0..40).prop_map(|lines| {
        lines
            .into_iter()
            .flat_map(|(line, ending)| [&line[..], ending].concat())
            .collect()
    });
    vec(file, 1..4)
}

/// A line put together from parts, each of which may be odd.
fn plausible_line() -> impl Strategy<Value = Vec<u8>> {
    let client = prop_oneof![
        4 => any::<[u8; 4]>().prop_map(|ip| std::net::Ipv4Addr::from(ip).to_string().into_bytes()),
        1 => any::<[u8; 16]>().prop_map(|ip| std::net::Ipv6Addr::from(ip).to_string().into_bytes()),
        1 => "(\0{1,3}|\u{feff})?\\[?(203[.]0[.]113[.][0-9]{1,3}|2001:db8::[0-9a-f]{0,3})\\]?(%[a-z]|:[0-9]{1,6})?(, ?10[.]0[.]0[.]1)?"
            .prop_map(String::into_bytes),
        1 => "[a-z-]{1,3}(:80)? (203[.]0[.]113[.][0-9]{1,2}|\\[::1\\])( -)?".prop_map(String::into_bytes),
        1 => "[a-z.-]{0,12}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..8),
    ];
    const USERS: &[&[u8]] = &[
        b" - - [d] ",
        b" - - [d] ",
        b" - \"\" [d] ",
        b" ",
        b" fo\"o ",
        br#" - "a [b] \"c" [d] "#,
        b" - [x y] \"z\" ",
        b"\t-\t[d]\t",
    ];
    let user = proptest::sample::select(USERS);
    let target = prop_oneof![
        4 => "/[a-c]{0,2}(\\?[a-z#]{0,3})?".prop_map(String::into_bytes),
        1 => "(http|[a-z+]{0,3})://[a-z?#/:]{0,6}".prop_map(String::into_bytes),
        1 => vec(prop_oneof![Just(b'/'), Just(b'\\'), Just(b'"'), Just(b'?'), Just(b' '), Just(b':'), any::<u8>()], 0..8),
    ];
    let request = prop_oneof![
        6 => target.prop_map(|target| [&b"\"GET "[..], &target, b" HTTP/1.1\" "].concat()),
        1 => "\"[A-Z1 ]{0,4}[/a-z ]{0,6}\" ?".prop_map(String::into_bytes),
    ];
    let status = prop_oneof![6 => "[0-9]{3} ", 1 => "[0-9 -]{0,5}"];
    let size =
        prop_oneof![4 => "[0-9]{1,6}", 1 => "-", 1 => "[0-9]{18,22}", 1 => "[0-9a-z -]{0,6}"];
    (client, user, request, status, size).prop_map(|(client, user, request, status, size)| {
        [
            &client[..],
            user,
            &request,
            status.as_bytes(),
            size.as_bytes(),
        ]
        .concat()
    })
}

/// The bytes that mean something in a line.
const SPECIAL: &[u8] = b" \t\"\\\r\n-[]0/.,:%\0";

/// Changes a few bytes of a log, by position and value taken from `random`: for mass mutation.
pub fn mutated(log: &mut Vec<u8>, mut random: impl FnMut() -> u64) {
    for _ in 0..=random() % 4 {
        if log.is_empty() {
            return;
        }
        let at = (random() % log.len() as u64) as usize;
        let byte = if random().is_multiple_of(2) {
            SPECIAL[(random() % SPECIAL.len() as u64) as usize]
        } else {
            random() as u8
        };
        match random() % 3 {
            0 => log[at] = byte,
            1 => log.insert(at, byte),
            _ => {
                log.remove(at);
            }
        }
    }
}
