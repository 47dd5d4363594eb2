use std::collections::HashMap;
use std::thread;

fn main() {
    let mut visits = HashMap::new();
    thread::scope(|scope| {
        scope.spawn(|| visits.insert("one leader", 1));
        scope.spawn(|| visits.insert("another", 1)); // refused
    });
}
