use std::cell::Cell;
use std::thread;

fn main() {
    let visits = Cell::new(0);
    thread::scope(|scope| {
        scope.spawn(|| visits.set(visits.get() + 1)); // refused
        visits.set(visits.get() + 1);
    });
}
