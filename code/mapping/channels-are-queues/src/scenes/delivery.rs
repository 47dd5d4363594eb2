//! A send is not an acknowledgement.

use std::io::{self, Write};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};

/// Items in the channel, and how many of them the receiver lives for.
const ITEMS: usize = 5;
const LIFE: usize = 2;

// ANCHOR: delivery
/// An item that can be answered.
pub struct Request {
    item: usize,
    done: Sender<usize>,
}

/// Works for a while, and goes without having emptied its mailbox.
fn worker(requests: Receiver<Request>) {
    for request in requests.iter().take(LIFE) {
        // The asker may be gone.
        let _ = request.done.send(request.item);
    }
}

/// How many sends were fine, how many items were answered, and whether one more send is.
pub fn run() -> (usize, usize, bool) {
    let (requests_in, requests) = bounded(2 * ITEMS);
    let (done, answers) = bounded(ITEMS);
    let send = |item| {
        let done = done.clone();
        requests_in.send(Request { item, done })
    };
    let sent = (0..ITEMS).filter(|&item| send(item).is_ok()).count();
    let worker = thread::spawn(move || worker(requests));
    worker.join().expect("a worker does not panic");
    (sent, answers.try_iter().count(), send(ITEMS).is_ok())
}
// ANCHOR_END: delivery

/// Says what became of them.
pub fn report(out: &mut impl Write) -> io::Result<()> {
    let (sent, answered, next) = run();
    let next = if next { "accepted" } else { "refused" };
    writeln!(out, "\na receiver goes with items in its queue")?;
    writeln!(out, "  sent without an error {sent:>8}")?;
    writeln!(out, "  answered              {answered:>8}")?;
    writeln!(out, "  lost                  {:>8}", sent - answered)?;
    writeln!(out, "  the next send is      {next:>8}")
}
