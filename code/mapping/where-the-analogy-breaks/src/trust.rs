//! "The network is secure": two friends and a stranger want to be served.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use crossbeam_channel::unbounded;

/// Who comes: the stranger is the last, and does not know the secret.
const VISITORS: [(&str, &str); 3] = [
    ("ann", "open sesame"),
    ("bob", "open sesame"),
    ("mallory", ""),
];

// ANCHOR: trust-channel
/// Each task that has a sender is served. There is no other way in, and nothing that one
/// could try.
pub fn channel() -> usize {
    let (door, visitors) = unbounded();
    let friends = VISITORS.iter().filter(|(_, secret)| !secret.is_empty());
    for (name, _) in friends {
        // To be trusted is to be given this.
        let theirs = door.clone();
        thread::spawn(move || theirs.send(*name));
    }
    drop(door);
    visitors.iter().count()
}
// ANCHOR_END: trust-channel

// ANCHOR: trust-tcp
/// Each visitor that finds the port is served, unless a secret is asked for. All come from
/// the same address.
pub fn tcp(secret: Option<&str>) -> usize {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
    let address = listener.local_addr().expect("it is bound");
    let visiting = thread::spawn(move || VISITORS.map(|(_, secret)| visit(address, secret)));
    for _ in VISITORS {
        let (mut visitor, _) = listener.accept().expect("somebody comes");
        let mut said = String::new();
        BufReader::new(&visitor)
            .read_line(&mut said)
            .expect("they speak");
        let is_welcome = secret.is_none_or(|secret| secret == said.trim_end());
        let answer: &[u8] = if is_welcome { b"served\n" } else { b"no\n" };
        visitor.write_all(answer).expect("they listen");
    }
    let answers = visiting.join().expect("a visitor does not panic");
    answers
        .iter()
        .filter(|answer| **answer == "served\n")
        .count()
}
// ANCHOR_END: trust-tcp

fn visit(address: SocketAddr, secret: &str) -> String {
    let mut door = TcpStream::connect(address).expect("it listens");
    writeln!(door, "{secret}").expect("it is read");
    let mut answer = String::new();
    BufReader::new(door)
        .read_line(&mut answer)
        .expect("it is answered");
    answer
}
