//! A pipeline of three stages: a reader hands lines to workers, which hand routes to a counter.

use std::collections::BTreeMap;

use drill::channel::{Receiver, Sender, bounded};
use drill::thread::{named, scope};

/// How many lines or routes wait between two stages.
const CAPACITY: usize = 2;

/// How often each route was asked for, in the first `at_most` requests that are counted.
pub fn report(lines: &[&str], workers: usize, at_most: u64) -> BTreeMap<String, u64> {
    let (lines_in, lines_out) = bounded(CAPACITY);
    let (routes_in, routes_out) = bounded(CAPACITY);
    scope(|scope| {
        scope.spawn(named("reader", move || read(lines, &lines_in)));
        for number in 1..=workers {
            let (lines_out, routes_in) = (lines_out.clone(), routes_in.clone());
            let work = move || parse(&lines_out, &routes_in);
            scope.spawn(named(format!("worker {number}"), work));
        }
        drop(routes_in);
        drop(lines_out);
        count(&routes_out, at_most)
    })
}

fn read<'a>(lines: &[&'a str], lines_in: &Sender<&'a str>) {
    for line in lines {
        if lines_in.send(line).is_err() {
            break; // no worker is left
        }
    }
}

fn parse(lines_out: &Receiver<&str>, routes_in: &Sender<String>) {
    for line in lines_out {
        // A line without a route is malformed, and not counted.
        let Some(route) = line.split(' ').nth(1) else {
            continue;
        };
        if routes_in.send(route.to_owned()).is_err() {
            break; // the counter has enough
        }
    }
}

fn count(routes_out: &Receiver<String>, at_most: u64) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    let mut counted = 0;
    for route in routes_out {
        *counts.entry(route).or_insert(0) += 1;
        counted += 1;
        if counted == at_most {
            break;
        }
    }
    counts
}
