//! A pipeline with a way back: what the checker does not trust is asked for once more.

use drill::channel::{Receiver, Sender, bounded};
use drill::thread::{named, scope};

/// A line, and how often it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number.
    pub number: u32,
    /// How often it was asked for.
    pub asked: u32,
}

/// Asks twice for each of so many lines, in a pipeline whose channels hold `capacity` of them, and returns all lines.
pub fn run(lines: u32, capacity: usize) -> Vec<Line> {
    let (to_asker, for_asker) = bounded(capacity);
    let (to_checker, for_checker) = bounded(capacity);
    // As many lines as the ring has places: one in each hand and `capacity` in each channel.
    let places = 2 * capacity + 2;
    let (permit_back, permits) = bounded(places);
    for _ in 0..places {
        permit_back.send(()).expect("there is room");
    }
    scope(|scope| {
        let back_to_asker = to_asker.clone();
        scope.spawn(named("reader", move || read(lines, &permits, &to_asker)));
        scope.spawn(named("asker", move || ask(&for_asker, &to_checker)));
        let checker = move || check(lines, &for_checker, &back_to_asker, &permit_back);
        let checker = scope.spawn(named("checker", checker));
        checker.join().expect("the checker ends")
    })
}

fn read(lines: u32, permits: &Receiver<()>, to_asker: &Sender<Line>) {
    for number in 0..lines {
        permits.recv().expect("the checker is there");
        let line = Line { number, asked: 0 };
        to_asker.send(line).expect("the asker is there");
    }
}

fn ask(for_asker: &Receiver<Line>, to_checker: &Sender<Line>) {
    for mut line in for_asker {
        line.asked += 1;
        to_checker.send(line).expect("the checker is there");
    }
}

fn check(
    lines: u32,
    for_checker: &Receiver<Line>,
    back_to_asker: &Sender<Line>,
    permit_back: &Sender<()>,
) -> Vec<Line> {
    let mut done = Vec::new();
    while done.len() < lines as usize {
        let line = for_checker.recv().expect("the asker is there");
        if line.asked < 2 {
            back_to_asker.send(line).expect("the asker is there");
        } else {
            done.push(line);
            // The reader may be done, and want no more of them.
            let _ = permit_back.send(());
        }
    }
    done
}
