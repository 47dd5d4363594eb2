//! A node: an address to send to, a mailbox, a state that no other part can touch, a life and a death.
//!
//! It follows the actors of Hewitt, Bishop and Steiger (1973), and Erlang's processes in that a death is a
//! message to another node. What it lives as, a thread or a task, is decided when it is started, and
//! nothing that is said to it shows the difference.

use std::any::Any;
use std::io;
use std::thread;

use tokio::runtime::{Handle, Runtime};
use tokio::sync::mpsc;
use tokio::task;

use crate::mailbox::{Address, Mailbox};
use crate::message::Message;

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
    address: Address,
    life: Life,
}

/// What can be joined.
#[derive(Debug)]
enum Life {
    Thread(thread::JoinHandle<u64>),
    /// With the runtime that it is joined on.
    Task(task::JoinHandle<u64>, Handle),
}

/// Tells the watcher that this node is dead: whatever it dies of, this is dropped.
#[derive(Debug)]
struct Obituary {
    number: usize,
    reader: mpsc::UnboundedSender<usize>,
}

// ANCHOR: live
/// A life as a thread: one message after the other, until its last address is gone.
pub(crate) fn live(mut mailbox: Mailbox) -> u64 {
    let mut total = 0;
    while let Some(message) = mailbox.wait() {
        handle(message, &mut total);
    }
    total
}

/// A life as a task: it says where it waits, and there another task may have its thread.
pub(crate) async fn live_as_task(mut mailbox: Mailbox) -> u64 {
    let mut total = 0;
    while let Some(message) = mailbox.next().await {
        handle(message, &mut total);
    }
    total
}

/// One message. The state is an ordinary variable: no other task can reach it.
fn handle(message: Message, total: &mut u64) {
    match message {
        Message::Add(amount) => *total += amount,
        Message::Read(answer) => {
            // The asker may be gone.
            let _ = answer.send(*total);
        }
        Message::Nonsense => panic!("cannot handle this message"),
    }
}
// ANCHOR_END: live

// ANCHOR: start
impl Drop for Obituary {
    fn drop(&mut self) {
        // The supervisor may be gone.
        let _ = self.reader.send(self.number);
    }
}

impl Node {
    /// Starts a node, whose death will be reported to this reader.
    ///
    /// # Errors
    ///
    /// If the system has no thread for it.
    pub fn start(
        host: &Host,
        number: usize,
        reader: &mpsc::UnboundedSender<usize>,
    ) -> io::Result<Node> {
        let (address, mailbox) = Mailbox::new();
        let reader = reader.clone();
        let obituary = Obituary { number, reader };
        let life = match host {
            Host::Threads => {
                let thread = thread::Builder::new().name(format!("node-{number}"));
                let life = thread.spawn(move || {
                    let _obituary = obituary;
                    live(mailbox)
                });
                Life::Thread(life.map_err(no_thread)?)
            }
            Host::Tasks(runtime) => {
                let task = runtime.spawn(async move {
                    let _obituary = obituary;
                    live_as_task(mailbox).await
                });
                Life::Task(task, runtime.handle().clone())
            }
        };
        Ok(Node { address, life })
    }
}
// ANCHOR_END: start

impl Node {
    /// Where messages to it are sent.
    pub fn address(&self) -> &Address {
        &self.address
    }

    // ANCHOR: join
    /// Gives the address back, and waits for the end.
    ///
    /// # Errors
    ///
    /// If it did not end but die: its last words.
    pub fn join(self) -> Result<u64, String> {
        drop(self.address);
        match self.life {
            Life::Thread(life) => life.join().map_err(|panic| last_words(&*panic)),
            // A `JoinError` is a panic or a cancellation, and no node is cancelled.
            Life::Task(life, runtime) => runtime
                .block_on(life)
                .map_err(|error| last_words(&*error.into_panic())),
        }
    }
    // ANCHOR_END: join
}

/// What the system says by itself does not tell what it was about.
pub(crate) fn no_thread(error: io::Error) -> io::Error {
    io::Error::new(
        error.kind(),
        format!("cannot start another thread: {error}"),
    )
}

/// What a panic says, which may be anything, and mostly is text.
fn last_words(panic: &(dyn Any + Send)) -> String {
    if let Some(text) = panic.downcast_ref::<&str>() {
        return (*text).to_owned();
    }
    let text = panic.downcast_ref::<String>().cloned();
    text.unwrap_or_else(|| "something that is not text".to_owned())
}
