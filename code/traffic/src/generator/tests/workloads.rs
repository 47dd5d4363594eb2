//! What each workload promises, read off its lines with nothing but a split.

use std::collections::{BTreeMap, BTreeSet};

use super::super::*;
use super::log;

/// What a line of a workload without oddities says.
struct Seen<'a> {
    client: &'a str,
    time: &'a str,
    route: &'a str,
    status: &'a str,
}

fn see(line: &str) -> Seen<'_> {
    let (client, rest) = line.split_once(' ').unwrap();
    let (_, rest) = rest.split_once('[').unwrap();
    let (time, rest) = rest.split_once(']').unwrap();
    let target = rest.split(' ').nth(2).unwrap();
    let route = target.split('?').next().unwrap();
    // No escaped quote is followed by a space and a digit.
    let (_, answer) = rest.split_once(" HTTP/").unwrap();
    let status = answer.split(' ').nth(1).unwrap();
    Seen {
        client,
        time,
        route,
        status,
    }
}

fn text(workload: Workload, lines: u64) -> String {
    String::from_utf8(log(workload, 1, lines)).unwrap()
}

/// How many lines have each key, most frequent first.
fn counts<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<(u32, &'a str)> {
    let mut counts = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_insert(0) += 1;
    }
    let mut counts: Vec<(u32, &str)> = counts.into_iter().map(|(key, n)| (n, key)).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    counts
}

#[test]
fn steady_is_steady() {
    let log = text(Workload::Steady, 60_000);
    let clients = counts(log.lines().map(|line| see(line).client));
    // Zipf: of 100,000 clients the first has 1/12.09 of the lines, the second half of that.
    assert!((4_700..5_250).contains(&clients[0].0), "{:?}", clients[0]);
    assert!((2_300..2_700).contains(&clients[1].0), "{:?}", clients[1]);
    assert!(clients.len() > 15_000);
    // Of 200 routes the first has 1/5.88.
    let routes = counts(log.lines().map(|line| see(line).route));
    assert_eq!(routes.len(), 200);
    assert!((9_900..10_500).contains(&routes[0].0), "{:?}", routes[0]);
    let errors = log.lines().filter(|line| see(line).status >= "500").count();
    assert!((500..800).contains(&errors), "{errors}");
    let mean = log.len() / 60_000;
    assert!((180..240).contains(&mean), "{mean} bytes a line");
}

#[test]
fn steady_has_under_five_thousand_pairs() {
    // Twenty holders (a test beside the blocks) and at most 200 routes, whatever the length.
    let site = Site::new(Workload::Steady, 1);
    assert!(site.routes.len() * clients::EVEN.len() < 5_000);
}

#[test]
fn wide_has_a_hundred_thousand_pairs() {
    // One block a holder: pairs of first octet and route are pairs of holder and route.
    let mut site = Site::new(Workload::Wide, 1);
    assert_eq!(site.routes.len() * clients::EVEN.len(), 100_000);
    let mut pairs = BTreeSet::new();
    for _ in 0..300_000 {
        let Visit { client, route } = site.visit();
        pairs.insert((site.clients.address(client) >> 24, route));
    }
    // Were all pairs equally likely, 95,000 would have been seen by now.
    assert!(pairs.len() > 80_000, "{}", pairs.len());
}

#[test]
fn cold_never_repeats_a_client() {
    let log = text(Workload::Cold, 200_000);
    let clients: BTreeSet<&str> = log.lines().map(|line| see(line).client).collect();
    assert_eq!(clients.len(), 200_000);
}

#[test]
fn time_goes_forward_through_day_and_night() {
    let log = text(Workload::Steady, 120_000);
    let mut last = "";
    let mut lines_an_hour = [0; 24];
    for line in log.lines() {
        // All of one month, so the text is in the order of time.
        let time = see(line).time;
        assert!(time >= last);
        last = time;
        lines_an_hour[time[12..14].parse::<usize>().unwrap()] += 1;
    }
    assert!(
        lines_an_hour[10] > 4 * lines_an_hour[4],
        "{lines_an_hour:?}"
    );
}

#[test]
fn flash_has_crowds_of_few_new_clients_for_one_route() {
    let log = text(Workload::Flash, 40_000);
    let lines: Vec<Seen> = log.lines().map(see).collect();
    for period in lines.chunks(8_000) {
        let crowded = period.chunks(100).filter(|&hundred| {
            let routes = counts(hundred.iter().map(|seen| seen.route));
            let clients = counts(hundred.iter().map(|seen| seen.client));
            let of_eight: u32 = clients.iter().take(8).map(|client| client.0).sum();
            routes[0].0 > 75 && of_eight > 75
        });
        assert!((6..=20).contains(&crowded.count()));
    }
}

#[test]
fn skew_has_one_client_and_one_stretch_that_outweigh_the_rest() {
    for lines in [10_000, 20_000] {
        let log = text(Workload::Skew, lines);
        let clients = counts(log.lines().map(|line| see(line).client));
        assert!(u64::from(clients[0].0) > lines / 2, "{:?}", clients[0]);
        let slow: usize = (0..)
            .zip(log.lines())
            .map(|(n, line)| {
                assert_eq!(skew::is_slow(n), line.len() > 1_000, "line {n}");
                if skew::is_slow(n) { line.len() } else { 0 }
            })
            .sum();
        assert!(slow > log.len() / 2, "{slow} of {}", log.len());
    }
}

#[test]
fn messy_has_its_oddities() {
    let log = log(Workload::Messy, 1, 20_000);
    let has = |part: &[u8]| memchr::memmem::find(&log, part).is_some();
    let parts: [&[u8]; 26] = [
        b"\n\n",
        b"\n\r\n",
        b"\n::ffff:",
        b"\n\0\0",
        b"\n\xef\xbb\xbf",
        b"\nwww.rivermarket.example:443 ",
        b":51234 ",
        b", 10.0.0.7 ",
        b"\nfe80::1%eth0 ",
        b"\"GET /my file.pdf\" ",
        b" \"-\" \"Alice Liddell\" [",
        b"M-SEARCH * ",
        b"\t-\t-\t",
        b"\nlocalhost ",
        b"CONNECT mail.example:443 ",
        b"OPTIONS * ",
        b"\"GET /\" ",
        b"GET http://www.rivermarket.example HTTP",
        b"\"-\" 304 -",
        b"\x16\x03\x01\x00\xee",
        b"/caf\xe9 ",
        b"/caf\xe8 ",
        b"/caf\xef\xbf\xbd ",
        b" - \"\" [",
        br#"\"hello\""#,
        b" 18446744073709551616",
    ];
    for part in parts {
        assert!(has(part), "{}", part.escape_ascii());
    }
    let longest = log.split(|&byte| byte == b'\n').map(<[u8]>::len).max();
    assert!(longest > Some(1 << 20));
}
