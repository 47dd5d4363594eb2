//! A pool that shrinks, and keeps one worker: what its controller and its workers do, without the rest of `s05-elastic`.

use crate::played::{LOOKS, WORKERS};
use crate::sync::{AtomicUsize, Receiver, Relaxed, Sender};

// ANCHOR: control
pub fn control(idle: &AtomicUsize, requests_in: &Sender<()>, over: &Receiver<()>) {
    let mut workers = WORKERS;
    for _ in 0..LOOKS {
        if idle.load(Relaxed) > 0 && workers > 1 {
            workers -= 1;
            requests_in.send(()).unwrap();
        }
    }
    over.recv().unwrap();
}
// ANCHOR_END: control

// ANCHOR: work
pub fn work(
    items: &Receiver<u32>,
    requests: &Receiver<()>,
    over_in: &Sender<()>,
    idle: &AtomicUsize,
) {
    loop {
        idle.fetch_add(1, Relaxed);
        let item = items.recv();
        idle.fetch_sub(1, Relaxed);
        if item.is_err() {
            break;
        }
        if requests.try_recv().is_ok() {
            return; // as it was asked to
        }
    }
    let _ = over_in.send(());
}
// ANCHOR_END: work
