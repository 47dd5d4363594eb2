use std::sync::{Arc, Mutex};

async fn look_up(known: Arc<Mutex<Vec<u64>>>) {
    let mut known = known.lock().unwrap();
    let answer = ask().await;
    known.push(answer);
}

async fn ask() -> u64 {
    7
}

/// What every runtime with several threads demands of a task.
fn start(_task: impl Future<Output = ()> + Send + 'static) {}

fn main() {
    start(look_up(Arc::default())); // refused
}
