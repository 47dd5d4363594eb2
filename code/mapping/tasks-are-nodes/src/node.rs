//! A node: an address to send to, a mailbox, a state that nobody else can touch, a life and a death.
//!
//! It follows the actors of Hewitt, Bishop and Steiger (1973), and Erlang's processes in that a death is a
//! message to somebody else. What it lives as, a thread or a task, is decided when it is started, and
//! nothing that is said to it shows the difference.

use std::any::Any;
use std::thread;

use tokio::runtime::Runtime;
use tokio::sync::{mpsc, oneshot};
use tokio::task;

/// Messages that wait in a mailbox at most: whoever sends more waits with them.
const MAILBOX: usize = 16;

// ANCHOR: message
/// What can be said to a node.
#[derive(Debug)]
pub enum Message {
    /// Count this.
    Add(u64),
    /// Say what you have counted, to whoever asks.
    Read(oneshot::Sender<u64>),
    /// Something that it was not made for.
    Nonsense,
}
// ANCHOR_END: message

/// What nodes live on.
#[derive(Debug)]
pub enum Host {
    /// A thread each: the kernel decides who runs.
    Threads,
    /// A task each, on the threads of a runtime, which decides who runs.
    Tasks(Runtime),
}

/// The only way to a node is its address.
#[derive(Debug)]
pub struct Node {
    mailbox: mpsc::Sender<Message>,
    life: Life,
}

#[derive(Debug)]
enum Life {
    Thread(thread::JoinHandle<u64>),
    Task(task::JoinHandle<u64>),
}

/// Tells somebody that this node is dead: whatever it dies of, it is dropped.
#[derive(Debug)]
struct Obituary {
    number: usize,
    reader: mpsc::UnboundedSender<usize>,
}

// ANCHOR: live
/// A life as a thread: one message after the other, until nobody has the address any more.
fn live(mut mailbox: mpsc::Receiver<Message>) -> u64 {
    let mut total = 0;
    while let Some(message) = mailbox.blocking_recv() {
        handle(message, &mut total);
    }
    total
}

/// A life as a task: it says where it waits, and then somebody else has the thread.
async fn live_as_task(mut mailbox: mpsc::Receiver<Message>) -> u64 {
    let mut total = 0;
    while let Some(message) = mailbox.recv().await {
        handle(message, &mut total);
    }
    total
}

/// One message. The state is an ordinary variable: nobody else can reach it.
fn handle(message: Message, total: &mut u64) {
    match message {
        Message::Add(amount) => *total += amount,
        Message::Read(answer) => {
            // Whoever asked may be gone.
            let _ = answer.send(*total);
        }
        Message::Nonsense => panic!("cannot handle this message"),
    }
}
// ANCHOR_END: live

// ANCHOR: start
impl Drop for Obituary {
    fn drop(&mut self) {
        // Nobody may want to know any more.
        let _ = self.reader.send(self.number);
    }
}

impl Node {
    /// Starts a node, whose death will be reported to this reader.
    pub fn start(host: &Host, number: usize, reader: &mpsc::UnboundedSender<usize>) -> Node {
        let (address, mailbox) = mpsc::channel(MAILBOX);
        let reader = reader.clone();
        let obituary = Obituary { number, reader };
        let life = match host {
            Host::Threads => {
                let thread = thread::Builder::new().name(format!("node-{number}"));
                let life = thread.spawn(move || {
                    let _obituary = obituary;
                    live(mailbox)
                });
                Life::Thread(life.expect("the system has a thread for us"))
            }
            Host::Tasks(runtime) => Life::Task(runtime.spawn(async move {
                let _obituary = obituary;
                live_as_task(mailbox).await
            })),
        };
        Node {
            mailbox: address,
            life,
        }
    }
}
// ANCHOR_END: start

impl Node {
    /// Puts a message into the mailbox, and waits for room; false if nobody reads it any more.
    pub fn send(&self, message: Message) -> bool {
        self.mailbox.blocking_send(message).is_ok()
    }

    /// Asks what it has counted; nothing if it dies before it has answered.
    pub fn read(&self) -> Option<u64> {
        let (answer, answered) = oneshot::channel();
        self.send(Message::Read(answer));
        answered.blocking_recv().ok()
    }

    // ANCHOR: join
    /// Gives the address back, and waits for the end.
    ///
    /// # Errors
    ///
    /// If it did not end but die: its last words.
    pub fn join(self, host: &Host) -> Result<u64, String> {
        drop(self.mailbox);
        match (self.life, host) {
            (Life::Thread(life), _) => life.join().map_err(|payload| last_words(&*payload)),
            (Life::Task(life), Host::Tasks(runtime)) => {
                let end = runtime.block_on(life);
                end.map_err(|error| last_words(&*error.into_panic()))
            }
            (Life::Task(_), Host::Threads) => unreachable!("a task was started by a runtime"),
        }
    }
    // ANCHOR_END: join
}

/// What a panic says, which may be anything, and mostly is text.
fn last_words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    text.unwrap_or("something that is not text").to_owned()
}
