//! Steps that are wrong in one place, by which the judges are judged: each must be found out.

use std::collections::HashMap;
use std::net::IpAddr;

use crate::directory::address;
use crate::harness::Run;
use crate::{Answer, Directory, Error, Hit, Holder, Input, Report};

/// What is wrong, and the step that is so.
pub const PLANTED: [(&str, Run); 11] = [
    ("keys without their last byte", |input, directory, _, _| {
        let key = |client: &[u8]| client[..client.len() - 1].to_vec();
        run(input, directory, &Step { key, ..RIGHT })
    }),
    ("keys without their first byte", |input, directory, _, _| {
        let key = |client: &[u8]| client[1..].to_vec();
        run(input, directory, &Step { key, ..RIGHT })
    }),
    ("keys of at most twelve bytes", |input, directory, _, _| {
        let key = |client: &[u8]| first(client, 12).to_vec();
        run(input, directory, &Step { key, ..RIGHT })
    }),
    ("keys of 32 bits", |input, directory, _, _| {
        let key = |client: &[u8]| match address(client) {
            Some(IpAddr::V4(v4)) => v4.octets().to_vec(),
            Some(IpAddr::V6(v6)) => v6.octets()[12..].to_vec(),
            None => client.to_vec(),
        };
        run(input, directory, &Step { key, ..RIGHT })
    }),
    ("keys of 64 bits", |input, directory, _, _| {
        let key = |client: &[u8]| match address(client) {
            Some(IpAddr::V6(v6)) => v6.octets()[..8].to_vec(),
            _ => client.to_vec(),
        };
        run(input, directory, &Step { key, ..RIGHT })
    }),
    ("keys of two addresses", |input, directory, _, _| {
        let key = |client: &[u8]| match address(client) {
            Some(IpAddr::V4(v4)) => (v4.to_bits() | 1).to_be_bytes().to_vec(),
            _ => client.to_vec(),
        };
        run(input, directory, &Step { key, ..RIGHT })
    }),
    (
        "routes without their last byte",
        |input, directory, _, _| {
            let route = |route: &[u8]| route[..route.len() - 1].to_vec();
            run(input, directory, &Step { route, ..RIGHT })
        },
    ),
    ("routes of at most 255 bytes", |input, directory, _, _| {
        let route = |route: &[u8]| first(route, 255).to_vec();
        run(input, directory, &Step { route, ..RIGHT })
    }),
    ("routes with the case folded", |input, directory, _, _| {
        let route = |route: &[u8]| route.to_ascii_lowercase();
        run(input, directory, &Step { route, ..RIGHT })
    }),
    (
        "holders without their last letter",
        |input, directory, _, _| {
            let holder = |name: &str| name[..name.len() - 1].to_owned();
            run(input, directory, &Step { holder, ..RIGHT })
        },
    ),
    (
        "holders of at most 255 letters",
        |input, directory, _, _| {
            let holder = |name: &str| name.chars().take(255).collect();
            run(input, directory, &Step { holder, ..RIGHT })
        },
    ),
];

/// The same step with nothing wrong: the judges must find it right.
pub fn right() -> Run {
    |input, directory, _, _| run(input, directory, &RIGHT)
}

/// What the step makes of a client to remember its answer by, of a route, and of a holder.
struct Step {
    key: fn(&[u8]) -> Vec<u8>,
    route: fn(&[u8]) -> Vec<u8>,
    holder: fn(&str) -> String,
}

const RIGHT: Step = Step {
    key: <[u8]>::to_vec,
    route: <[u8]>::to_vec,
    holder: str::to_owned,
};

fn first(text: &[u8], len: usize) -> &[u8] {
    &text[..len.min(text.len())]
}

/// The cache of the second step.
fn run(input: &Input, directory: &Directory, step: &Step) -> Result<Report, Error> {
    let mut connection = directory.connect();
    let mut cache: HashMap<Vec<u8>, Answer> = HashMap::new();
    let mut report = Report::new();
    for line in input.lines() {
        let line = line?;
        match Hit::parse(&line.bytes) {
            Ok(hit) => {
                let ask = || connection.lookup(hit.client);
                let answer = cache.entry((step.key)(hit.client)).or_insert_with(ask);
                let answer = answer
                    .clone()
                    .map(|holder| Holder::new(&(step.holder)(holder.as_str())));
                let route = (step.route)(hit.route);
                report.count(
                    &answer,
                    &Hit {
                        route: &route,
                        ..hit
                    },
                );
            }
            Err(why) => report.malformed(&line, why),
        }
    }
    Ok(report)
}
